// The page itself: contents, controls, the plan that is shown, and what happens on events.
// In come the data and the parts before. Out goes nothing: it is the last part, and starts.

const main = document.getElementById("report");
const chosen = el("div", { id: "plan" });

function contents(sections) {
  const links = sections.map(([id, title]) => el("li", {}, el("a", { href: `#${id}` }, title)));
  return el("nav", { "aria-label": "Contents" }, el("ul", {}, ...links));
}

function showCase(n) {
  const plan = data.cases[n];
  for (const old of figures.splice(0).filter((one) => chosen.contains(one.host) || !one.host.isConnected)) old.instance?.dispose();
  const heading = data.compared ? [el("h2", { class: "case" }, plan.name)] : [];
  chosen.replaceChildren(...heading, ...(plan.brief.length ? [brief(plan.brief)] : []), ...(plan.findings.length ? [findings(plan.findings)] : []), ...plan.sections.map((one) => section(one, "")));
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
    const select = el("select", { id: "scenario", on: { change: () => { showCase(Number(select.value)); figures.push(...fixed); } } }, ...options);
    main.append(el("p", { class: "scenario" }, el("label", {}, "Scenario shown below: ", select)));
  }
  main.append(chosen);
  if (data.cases.length) showCase(0);
  figures.push(...fixed);
  const foot = document.getElementById("foot");
  const terms = data.foot.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  if (terms.length) foot.append(el("dl", {}, ...terms));
  foot.append(el("p", {}, "Made by sinews. Charts by Apache ECharts (Apache License 2.0)."));
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
