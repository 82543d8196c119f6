// The page itself: contents, controls, the plan that is shown, and what happens on events.
// In come the data and the parts before. Out goes nothing: it is the last part, and starts.

const main = document.getElementById("report");
const chosen = el("div", { id: "plan" });

function contents(sections) {
  const links = sections.map(([id, title]) => el("li", {}, el("a", { href: `#${id}` }, title)));
  return el("nav", { "aria-label": "Contents" }, el("ul", {}, ...links));
}

/** Which plan is shown, and which group of its holders; none: all. */
const now = { plan: 0, group: null };

/** What is said of a plan, or of a group of its holders where that differs. */
function ofGroup(plan) {
  const group = now.group === null ? null : plan.groups[now.group];
  if (!group) return { ...plan, holder: null };
  const own = new Map(group.brief.map((part) => [part.heading, part]));
  return {
    brief: plan.brief.map((part) => own.get(part.heading) ?? part),
    findings: [group.finding, ...plan.findings.slice(1)],
    sections: [group.section, ...plan.sections.slice(1)],
    holder: group.single ? group.name : null,
  };
}

/** The switch between groups of holders. */
function whose(plan) {
  if (!plan.groups.length) return null;
  const first = plan.groups.filter((group, n) => n < 2);
  const choose = (group) => () => {
    now.group = group;
    showCase(now.plan);
    chosen.querySelector(`[data-group="${group}"], .whose select`)?.focus();
  };
  const button = (name, group) => el("button", { type: "button", "data-group": String(group), "aria-pressed": String(now.group === group), on: { click: choose(group) } }, name);
  const others = plan.groups.map((group, n) => [group.name, n]).slice(first.length);
  const select = el("select", { "aria-label": "One holder", on: { change: () => choose(select.value === "" ? null : Number(select.value))() } },
    el("option", { value: "" }, "One holder …"), ...others.map(([name, n]) => el("option", { value: n }, name)));
  select.value = now.group !== null && now.group >= first.length ? now.group : "";
  return el("div", { class: "whose", role: "group", "aria-label": "Whose requirements" },
    ...first.map((group, n) => button(group.name, n)), button("All", null), others.length ? select : null);
}

function showCase(n) {
  now.plan = n;
  const whole = data.cases[n];
  const plan = ofGroup(whole);
  for (const old of figures.splice(0).filter((one) => chosen.contains(one.host) || !one.host.isConnected)) old.instance?.dispose();
  const heading = data.compared ? [el("h2", { class: "case" }, whole.name)] : [];
  const parts = [whose(whole), plan.brief.length ? brief(plan.brief) : null, plan.findings.length ? findings(plan.findings) : null];
  chosen.replaceChildren(...heading, ...parts.filter(Boolean), ...plan.sections.map((one) => section(one, "", plan.holder)));
}

function start() {
  const controls = document.getElementById("controls");
  const words = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };
  const button = el("button", {
    type: "button", id: "theme",
    on: {
      click() {
        choice = { system: "dark", dark: "light", light: "system" }[choice];
        button.textContent = words[choice];
        retheme();
      },
    },
  }, words[choice]);
  controls.append(button, el("button", { type: "button", on: { click: () => window.print() } }, "Print"));
  const comparison = data.comparison.map((one) => section(one, "all-"));
  const fixed = [...figures];
  const list = [...(data.cases[0]?.brief.length ? [["in-one-screen", "In one screen"]] : []), ...data.comparison.map((one) => [`all-${slug(one.title)}`, one.title]), ...(data.cases[0]?.sections ?? []).map((one) => [slug(one.title), one.title])];
  main.append(contents(list));
  main.append(...comparison);
  if (data.compared) {
    const options = data.cases.map((plan, n) => el("option", { value: n }, plan.name));
    const select = el("select", { id: "scenario", on: { change: () => { now.group = null; showCase(Number(select.value)); figures.push(...fixed); } } }, ...options);
    main.append(el("p", { class: "scenario" }, el("label", {}, "Scenario shown below: ", select)));
  }
  main.append(chosen);
  // A plan is printed in short; analyses and comparisons as they are.
  if (!data.compared && data.cases[0]?.sections.some((one) => one.printed)) main.dataset.short = "yes";
  if (data.cases.length) showCase(0);
  figures.push(...fixed);
  const foot = document.getElementById("foot");
  const terms = data.foot.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  if (terms.length) foot.append(el("dl", {}, ...terms));
  foot.append(el("p", {}, "Made by sinews. Charts by Apache ECharts (Apache License 2.0)."));
  explainAddress();
  root.dataset.ready = "yes";
}

function retheme() {
  dress();
  redraw();
}

system.addEventListener("change", retheme);
let waiting = 0;
window.addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => figures.filter((one) => one.instance && one.host.clientWidth !== one.width).forEach(draw), 120);
});
window.addEventListener("beforeprint", () => {
  printing = true;
  dress();
  figures.forEach(draw);
});
window.addEventListener("afterprint", () => {
  printing = false;
  retheme();
});

start();
