// What many plans say: the frontier of money, a sweep of two levers, the next best lever. Each is drawn as its plans come, can be ended at
// any moment and keeps what it has; every point is a whole plan, a click away.

/** A button that shows a plan. */
const opens = (attempt, words, className = "link") => el("button", { type: "button", class: className, title: "Show this plan", on: { click() { goTo(attempt); window.scrollTo({ top: 0 }); } } }, words);

/** Plans of changes one after another; `came` is called with each. What was there is not worked out again. */
async function several(words, all, came) {
  const { model } = state;
  return busy(words, async () => {
    for (const [n, changes] of all.entries()) {
      const found = await planOf(changes);
      if (!found || state.model !== model) return false;
      came(n, found);
      sayStep(n + 1, all.length);
    }
    return true;
  });
}

// ---- the frontier

/** Factors of all money, in the order in which they are worked out: the ends first, then halves. */
const FACTORS = { 4: [0.5, 1.5, 0.75, 1.25], 12: [0.5, 1.5, 0.75, 1.25, 0.625, 0.875, 1.125, 1.375, 0.9375, 1.0625, 0.5625, 1.4375] };
const FUNDS_ALL = "fund.*.amount";

function frontierPart() {
  const closely = el("select", { id: "frontier-solves", "aria-label": "How closely" }, el("option", { value: 4 }, "4 more plans"), el("option", { value: 12 }, "12 more plans"));
  const part = el("section", { class: "card", id: "frontier" }, el("h2", {}, "What the next euro buys"),
    el("p", { class: "note" }, "What is missing against the money of all funds in the years that can still be decided, from half of it to half as much again, all else as in the plan that is shown. Each point is a plan: choose one to see it."),
    el("div", { class: "bar" }, closely, el("button", { type: "button", id: "frontier-start", on: { click: () => askFrontier(Number(closely.value)) } }, "Work it out")),
    el("div", { id: "frontier-result" }));
  return state.shown.answer.funds.length ? part : null;
}

async function askFrontier(solves) {
  const { shown } = state;
  shown.frontier = (shown.frontier ?? []).length ? shown.frontier : [{ factor: 1, plan: shown }];
  const factors = FACTORS[solves].filter((factor) => !shown.frontier.some((one) => one.factor === factor));
  drawFrontier();
  await several("The frontier", factors.map((factor) => withMore(shown.changes, { money: factor })), (n, plan) => {
    if (plan.fault) return;
    shown.frontier = [...shown.frontier, { factor: factors[n], plan }].sort((a, b) => a.factor - b.factor);
    if (state.shown === shown) drawFrontier();
  });
}

function drawFrontier() {
  const into = byId("frontier-result");
  const found = state.shown.frontier ?? [];
  if (!into || found.length < 2) return into?.replaceChildren();
  const { currency } = state.shown.answer;
  const scale = 1e9;
  const points = found.map(({ plan, factor }) => ({ x: plan.answer.available / scale, y: plan.answer.missing / scale, factor, plan }));
  const keysOfLimits = (plan) => plan.answer.limits.slice(0, 30).map(({ key }) => key);
  const rows = points.map((point, n) => {
    const before = points[n - 1];
    const buys = before ? (before.y - point.y) / (point.x - before.x) : null;
    const begins = before ? point.plan.answer.limits.slice(0, 30).filter(({ key }) => !keysOfLimits(before.plan).includes(key)).slice(0, 2).map(({ words }) => words) : [];
    return el("tr", point.factor === 1 ? { class: "here" } : {}, el("th", { scope: "row" }, opens(point.plan, `${Math.round(1000 * point.factor) / 10} %`)), el("td", {}, number(point.x)), el("td", {}, number(point.y)),
      el("td", {}, percent(point.plan.answer.coverage)), ...point.plan.answer.tiers.slice(0, 1).map((tier) => el("td", {}, percent(tier.mean))), el("td", {}, buys === null ? "–" : number(Math.abs(buys) < 5e-4 ? 0 : buys)), el("td", { class: "words" }, begins.join("; ")));
  });
  const across = `money of all funds, bn ${currency}`;
  into.replaceChildren(
    curve({ points, across, upward: `missing at its value, bn ${currency}`, label: "What is missing against money; the table below holds the numbers", mark: state.shown.answer.available / scale, go: (point) => goTo(point.plan) }),
    table(`Plans along the curve; the dashed line is the plan that is shown. “Buys”: by how much one more ${currency} lessens what is missing, from the row above on.`,
      ["all funds", "bn", "missing, bn", "coverage", "tier 1", "buys", "what then begins to bind"], rows, "pieces"));
}

// ---- two levers at once

/** What can be swept: a lever and its settings, few or many. */
function axes() {
  const scaling = (pattern, name) => ({ id: pattern, name, few: [0.75, 1, 1.25], many: [0.5, 0.75, 1, 1.25, 1.5], words: (by) => `${Math.round(by * 100)} %`, more: (by) => ({ scale: { [pattern]: by } }) });
  const all = ["line.*.expansion.*.lead_time", "supplier.us-*.rate", "requirement.ua-*.quantity", "requirement.*.level", "requirement.*.quantity", "line.*.capacity"];
  const patterns = all.filter((pattern) => figuresOf(pattern).length).map((pattern) => scaling(pattern, PATTERNS[pattern]));
  const wait = { id: "wait", name: "All decisions later", few: [0, 2, 4], many: [0, 1, 2, 3, 4], words: (by) => `${by * 3} months`, more: (by) => ({ wait: by }) };
  const binding = state.shown.answer.limits.filter(({ figure }) => figure && !figure.startsWith("fund.")).slice(0, 6).map(({ figure }) => scaling(figure, wordsOf(figure)));
  const money = { ...scaling("money", PATTERNS[FUNDS_ALL]), more: (by) => ({ money: by }) };
  return [...(state.shown.answer.funds.length ? [money] : []), ...patterns, wait, ...binding];
}

const SEEN = {
  coverage: { name: "Coverage by value, %", of: (answer) => answer.coverage * 100, words: (value) => value.toFixed(1) },
  first: { name: "Mean coverage of tier 1, %", of: (answer) => answer.tiers[0]?.mean * 100, words: (value) => value.toFixed(1) },
  missing: { name: "Missing, bn", of: (answer) => answer.missing / 1e9, words: number },
  cost: { name: "Cost, bn", of: (answer) => answer.cost / 1e9, words: number },
};

function sweepPart() {
  const all = axes();
  if (all.length < 2) return null;
  const choose = (id, name, at) => el("select", { id, "aria-label": name }, ...all.map((axis, n) => el("option", { value: axis.id, selected: n === at }, axis.name)));
  const [down, across] = [choose("sweep-down", "Lever of the rows", 0), choose("sweep-across", "Lever of the columns", 1)];
  const size = el("select", { id: "sweep-size", "aria-label": "How many settings" }, el("option", { value: "few" }, "3 by 3"), el("option", { value: "many" }, "5 by 5"));
  const begin = () => {
    const [a, b] = [down, across].map(({ value }) => all.find(({ id }) => id === value));
    if (a === b) return say("Choose two different levers.", "fault");
    return askSweep(a, b, size.value);
  };
  return el("section", { class: "card", id: "sweep" }, el("h2", {}, "Two levers at once"),
    el("p", { class: "note" }, "Every setting of one with every setting of the other, on top of the plan that is shown. Each cell is a plan: choose one to see it."),
    el("div", { class: "bar" }, down, el("span", {}, "by"), across, size, el("button", { type: "button", id: "sweep-start", on: { click: begin } }, "Work it out")),
    el("div", { id: "sweep-result" }));
}

async function askSweep(a, b, size) {
  const { shown } = state;
  const cells = a[size].flatMap((down) => b[size].map((across) => ({ down, across, changes: [a.more(down), b.more(across)].reduce(withMore, shown.changes), plan: null })));
  shown.sweep = { a, b, size, cells, seen: shown.sweep?.seen ?? "coverage" };
  const tidied = cells.map((cell) => Object.assign(cell, { changes: withoutOnes(cell.changes) }));
  drawSweep();
  await several("The sweep", tidied.map(({ changes }) => changes), (n, plan) => {
    cells[n].plan = plan;
    if (state.shown === shown) drawSweep();
  });
}

/** Factors of one are no change. */
function withoutOnes(changes) {
  return tidy({ ...changes, scale: Object.fromEntries(Object.entries(changes.scale).filter(([, by]) => by !== 1)) });
}

function drawSweep() {
  const { sweep } = state.shown;
  const into = byId("sweep-result");
  if (!sweep || !into) return into?.replaceChildren();
  const { a, b, size, cells } = sweep;
  const seen = SEEN[sweep.seen];
  const values = cells.filter(({ plan }) => plan?.answer).map(({ plan }) => seen.of(plan.answer));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // What costs or is missing is better where it is less.
  const good = (value) => { const at = high > low ? (value - low) / (high - low) : 1; return ["missing", "cost"].includes(sweep.seen) ? 1 - at : at; };
  const cell = ({ plan }) => !plan ? el("td", { class: "share none" }, "…") : plan.fault ? el("td", { class: "share none", title: plan.fault.error }, "no plan")
    : el("td", { class: `share ${shareClass(Math.min(0.999, good(seen.of(plan.answer))))}` }, opens(plan, seen.words(seen.of(plan.answer)), "cell"));
  const pick = el("select", { "aria-label": "What the cells show", id: "sweep-seen", on: { change() { sweep.seen = pick.value; drawSweep(); byId("sweep-seen").focus(); } } }, ...Object.entries(SEEN).map(([key, { name }]) => el("option", { value: key, selected: key === sweep.seen }, name)));
  const rows = a[size].map((down) => el("tr", {}, el("th", { scope: "row" }, a.words(down)), ...cells.filter((one) => one.down === down).map(cell)));
  into.replaceChildren(pick, table(`${seen.name}. Rows: ${a.name}; columns: ${b.name}. Colours go from the worst cell to the best.`, ["", ...b[size].map(b.words)], rows, "heat sweep"));
}

// ---- which lever next

const FASTER = "line.*.expansion.*.lead_time";

/** Steps worth a try: what could be done, and by how much. */
function steps() {
  const exists = (pattern) => figuresOf(pattern).length > 0;
  const { limits, funds } = state.shown.answer;
  // A step of all money leaves the past as it is, as the estimate does.
  const by = (figures, scale, name) => ({ name: `${name}: ${scale > 1 ? "a tenth more" : "a fifth less"}`, figures, scale, more: figures === FUNDS_ALL ? { money: scale } : { scale: { [figures]: scale } } });
  const dear = funds.map((fund) => ({ key: fund.key, name: fund.name, worth: total(fund.price.map((price, n) => price * fund.available[n])) })).filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth).slice(0, 5);
  const binds = limits.filter(({ figure }) => figure && !figure.startsWith("fund.")).slice(0, 8);
  const all = [
    by(FUNDS_ALL, 1.1, PATTERNS[FUNDS_ALL]),
    ...dear.map(({ key, name }) => by(joined(["fund", key, "amount"]), 1.1, name)),
    ...binds.map(({ figure }) => by(figure, 1.1, wordsOf(figure))),
    by(FASTER, 0.8, PATTERNS[FASTER]),
    ...binds.filter(({ lead_time }) => lead_time).slice(0, 4).map(({ figure, lead_time }) => by(lead_time, 0.8, `${wordsOf(figure).split(":")[0]}: lead time of new plant`)),
  ];
  return all.filter(({ figures }, n) => exists(figures) && !isWorld(keysOf(figures)) && all.findIndex((one) => one.figures === figures) === n);
}

/** So many of the best by price are worked out, and faster plants, of which prices say nothing. */
const TRIED = 2;

function nextPart() {
  return el("section", { class: "card", id: "next" }, el("h2", {}, "Which lever next?"),
    el("p", { class: "note" }, `Of what can be done: the prices of the plan that is shown say what a small step of each lever would be worth. The best ${TRIED}, and faster plants, are then worked out, and only what those plans bring is said.`),
    el("div", { class: "bar" }, el("button", { type: "button", id: "next-start", on: { click: askNext } }, "Find out")),
    el("div", { id: "next-result" }));
}

async function askNext() {
  const { shown } = state;
  const all = steps();
  const found = await askOfShown("What each lever would be worth", { ask: "estimate", steps: all.map(({ figures, scale }) => ({ figures, scale })) });
  if (!found) return;
  if (!found.ok) return say(found.error ?? found.text, "fault");
  const rows = all.map((step, n) => ({ ...step, worth: found.ok[n] })).sort((a, b) => (b.worth ?? -Infinity) - (a.worth ?? -Infinity));
  shown.next = rows;
  if (state.shown === shown) drawNext();
  const best = [...rows.filter(({ worth }) => worth > 0).slice(0, TRIED), ...rows.filter(({ figures, worth }) => figures === FASTER && worth === null)];
  await several("The best levers", best.map(({ more }) => withMore(shown.changes, more)), (n, plan) => {
    best[n].plan = plan;
    if (state.shown === shown) drawNext();
  });
}

function drawNext() {
  const into = byId("next-result");
  const rows = state.shown.next;
  if (!rows || !into) return into?.replaceChildren();
  const { answer, changes } = state.shown;
  const most = Math.max(...rows.map(({ worth }) => worth ?? 0), 1);
  const brings = ({ plan }) => {
    if (!plan) return "";
    if (plan.fault) return "no plan";
    const now = plan.answer;
    const parts = now.tiers.map((tier, n) => [`tier ${tier.tier} ${signed((tier.mean - (answer.tiers[n]?.mean ?? 0)) * 100)} points`, tier.mean - (answer.tiers[n]?.mean ?? 0)]).filter(([, by]) => Math.abs(by) >= 5e-4).map(([words]) => words);
    return `${parts.join(", ") || "no tier moves"}; missing ${signed((now.missing - answer.missing) / 1e9)} bn, cost ${signed((now.cost - answer.cost) / 1e9)} bn`;
  };
  const row = (one) => el("tr", {}, el("th", { scope: "row" }, one.name),
    el("td", { class: "picture" }, one.worth === null ? "" : bar(Math.max(0, one.worth), null, most, `estimate ${number(one.worth / 1e6)} M`)),
    el("td", { class: "words" }, brings(one)),
    el("td", {}, one.plan?.answer ? opens(one.plan, "show", "") : el("button", { type: "button", on: { click() { state.changes = withMore(changes, one.more); changed(); drawLevers(); solve(); } } }, "try")));
  into.replaceChildren(table("The bar: the estimate by prices, shortfall and cost as the objective counts them; empty where prices cannot tell. Words: what the plan with it brings.", ["Lever", "estimate", "brings", ""], rows.map(row), "limits levers"));
}

const signed = (value) => `${value > 0 ? "+" : value < 0 ? "−" : "±"}${number(Math.abs(value))}`;
