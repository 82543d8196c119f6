// Three lines in every chart: the plan of record, the same under your assumptions, yours with your actions.

/** The three plans of what is shown; the middle one is missing until it is worked out. */
function threePlans() {
  const record = state.plans.get(keyOf(nothing()));
  const world = worldOf(state.shown.changes);
  const all = [{ name: "The plan of record", kind: "record", answer: record.answer }];
  const under = state.plans.get(keyOf(world));
  if (changesIn(world) && under) all.push({ name: "The same under your assumptions", kind: "world", answer: under.answer });
  if (!same(world, state.shown.changes)) all.push({ name: "Yours, with your actions", kind: "yours", answer: state.shown.answer });
  return all;
}

const meanOfAll = (list) => (list.length ? list.reduce((sum, value) => sum + value, 0) / list.length : null);

/** What the charts show: by year, from when decisions are free. */
function measures(answer) {
  const tiers = answer.tiers.map(({ tier, whose }) => ({
    id: `tier-${tier}`, name: `Tier ${tier}, ${whose}: mean coverage`, share: true,
    of: (now, n) => meanOfAll(now.requirements.filter((one) => one.tier === tier).map((one) => one.years[n]).filter((value) => value !== null)),
  }));
  const spent = { id: "spent", name: `Spent by all funds, bn ${answer.currency}`, share: false, of: (now, n) => now.funds.reduce((sum, fund) => sum + fund.spent[n], 0) / 1e9 };
  return [...tiers, ...(answer.funds.length ? [spent] : [])];
}

/** The requirement that has a chart of its own: the one that is met least, until one is chosen. */
function chosenRequirement(answer) {
  const wanted = answer.requirements.filter(({ coverage }) => coverage !== null);
  return wanted.find(({ key }) => key === state.chosen) ?? [...wanted].sort((a, b) => a.tier - b.tier || a.coverage - b.coverage)[0];
}

function lineChart({ name, share, of }, plans) {
  const now = state.shown.answer;
  const years = now.years.filter((year) => year >= now.decides);
  const rows = plans.map((plan) => ({ ...plan, values: years.map((year) => { const n = plan.answer.years.indexOf(year); return n < 0 ? null : of(plan.answer, n); }) }));
  const [width, height, left, right, top, bottom] = [380, 190, 44, 14, 12, 26];
  const most = share ? 1 : Math.max(...rows.flatMap(({ values }) => values), 1e-9) * 1.08;
  const x = (n) => left + (n / Math.max(1, years.length - 1)) * (width - left - right);
  const y = (v) => height - bottom - (v / most) * (height - bottom - top);
  const words = (value) => (value === null ? "–" : share ? percent(value) : number(value));
  const mark = (row) => row.values.map((value, n) => value === null ? null : el("circle", { class: row.kind, cx: x(n), cy: y(value), r: row.kind === "record" ? 2.5 : 3.5 }, el("title", {}, `${row.name}, ${years[n]}: ${words(value)}`)));
  const path = (row) => row.values.map((value, n) => (value === null ? "" : `${n && row.values[n - 1] !== null ? "L" : "M"}${x(n).toFixed(1)},${y(value).toFixed(1)}`)).join("");
  return el("figure", { class: "chart" }, el("figcaption", {}, name),
    el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${name}. ${rows.map((row) => `${row.name}: ${row.values.map((value, n) => `${years[n]} ${words(value)}`).join(", ")}`).join(". ")}` },
      ticks(0, most, 4).map((v) => el("g", { class: "grid" }, el("line", { x1: left, x2: width - right, y1: y(v), y2: y(v) }), el("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end" }, share ? `${Math.round(v * 100)} %` : number(v)))),
      years.map((year, n) => el("text", { x: x(n), y: height - 8, "text-anchor": "middle" }, String(year))),
      rows.map((row) => el("path", { class: `series ${row.kind}`, d: path(row) })), rows.map(mark)),
    el("details", { class: "why" }, el("summary", {}, "Numbers"), table(name, ["Plan", ...years.map(String)], rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.name), ...row.values.map((value) => el("td", {}, words(value))))))));
}

function linesPart() {
  return el("section", { class: "card", id: "lines" });
}

function drawLines() {
  const now = state.shown.answer;
  const plans = threePlans();
  const one = chosenRequirement(now);
  const own = one && { name: "", share: true, of: (answer, n) => answer.requirements.find(({ key }) => key === one.key)?.years[n] ?? null };
  const pick = one && el("select", { id: "chosen", "aria-label": "Requirement in the chart", on: { change() { state.chosen = pick.value; drawLines(); byId("chosen").focus(); } } },
    ...now.requirements.filter(({ coverage }) => coverage !== null).map(({ key, name, holder }) => el("option", { value: key, selected: key === one.key }, name.includes(holder) ? name : `${holder}: ${name}`)));
  byId("lines").replaceChildren(el("h2", {}, "By year"),
    el("ul", { class: "legend" }, ...plans.map(({ name, kind }) => el("li", {}, el("svg", { viewBox: "0 0 26 8", "aria-hidden": "true" }, el("path", { class: `series ${kind}`, d: "M1,4L25,4" })), name))),
    plans.length === 1 ? el("p", { class: "note" }, "Change a figure and work out the plan: what the world does and what you do become lines of their own beside it.") : "",
    el("div", { class: "charts" }, ...measures(now).map((measure) => lineChart(measure, plans)),
      one ? el("div", {}, pick, lineChart({ ...own, name: `${one.name}: share met` }, plans)) : ""));
}
