// What a person can change. Actions stand apart from assumptions about the world; a changed figure is marked, and one click undoes it.
// In come the state and `changed`, which is called after every change. Out goes `drawLevers`.

const state = {
  model: null, // { texts, main, opened, figures, levels }
  changes: null,
  shown: null, // the try whose answer is shown: { changes, answer, label }
  before: null, // the try that stands beside it
  tries: [],
};

const nothing = () => ({ scenario: "", scale: {}, shift: {}, set: [] });
const same = (a, b) => JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));

/** Changes in one order, so that equal ones are written alike. */
function tidy(changes) {
  const sorted = (table) => Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { scenario: changes.scenario, scale: sorted(changes.scale), shift: sorted(changes.shift), set: [...changes.set].sort((a, b) => (a.keys.join() < b.keys.join() ? -1 : 1)) };
}

const changesIn = (changes) => Object.keys(changes.scale).length + Object.keys(changes.shift).length + changes.set.length + (changes.scenario ? 1 : 0);

const figuresOf = (pattern) => state.model.figures.figures.filter((figure) => names(pattern, figure));

/** What a thing of the model is called: the name of its table, and the field. */
function nameOf(figure) {
  const [kind, key, ...rest] = figure.keys;
  const table = figure.place.split(".").length > 1 && state.model.figures.names[joined([kind, key])];
  const words = rest.map((word) => (/^\d{4}(-\d\d)?$/.test(word) ? `from ${word}` : word.replaceAll("_", " ")));
  return table ? `${table}: ${words.join(", ")}` : figure.keys.map((word) => word.replaceAll("_", " ")).join(", ");
}

const joined = (keys) => keys.map((key) => (/^[\w*-]+$/.test(key) ? key : JSON.stringify(key))).join(".");

/** The mean of a figure over the years that can still be decided, and the ends of its range. */
function meanOf(figures) {
  const { years, decides } = state.model.base;
  const open = years.filter((year) => year >= decides);
  const steps = figures.map((figure) => ({ from: isStep(figure.keys.at(-1)) ? figure.keys.at(-1) : "", figure })).sort((a, b) => (a.from < b.from ? -1 : 1));
  const at = (year) => steps.filter(({ from }) => from <= `${year}-01`).at(-1)?.figure;
  const mean = (of) => open.map(at).reduce((sum, figure) => sum + (figure ? of(figure) : 0), 0) / open.length;
  return { value: mean((f) => f.value), low: mean((f) => f.range?.[0] ?? f.value), high: mean((f) => f.range?.[1] ?? f.value), unit: figures[0]?.unit };
}

/** What scenarios make of the figures of a pattern: a factor each. */
function levelsOf(pattern) {
  const figures = figuresOf(pattern).filter((figure) => figure.value !== 0);
  const all = [];
  for (const [key, moved] of Object.entries(state.model.levels ?? {})) {
    const total = figures.reduce((sum, figure) => sum + Math.abs(figure.value), 0);
    const factor = figures.reduce((sum, figure) => sum + Math.abs(figure.value) * (moved[figure.place] ?? 1), 0) / total;
    const name = state.model.opened.scenarios.find((scenario) => scenario.key === key)?.name ?? key;
    if (Number.isFinite(factor) && Math.abs(factor - 1) > 0.004) all.push({ name, factor });
  }
  return all;
}

function sourceOf(figures) {
  const seen = new Set();
  return figures.filter(({ fact, note }) => !seen.has(fact ?? note) && seen.add(fact ?? note)).slice(0, 6).map((figure) => {
    const fact = state.model.figures.facts[figure.fact];
    const words = fact
      ? `${fact.source.publisher}, ${fact.source.title}, ${fact.source.date}${figure.class === "derived" ? " (derived from it)" : ""}. ${fact.subject}: ${number(fact.value)} ${fact.unit}. ${fact.note}`
      : `Assumed: ${figure.note ?? ""}`;
    return el("p", { class: "source" }, words, fact?.source.url ? el("span", { class: "url" }, ` ${fact.source.url}`) : null, figure.at ? el("span", { class: "where" }, ` ${figure.at}`) : null);
  });
}

/** What is unfolded. On a narrow screen levers begin folded, so that the answer is near. */
const openDetails = new Set(["tier-1", "tier-2", ...(window.matchMedia("(max-width: 980px)").matches ? [] : ["do", "world", "any"])]);
function fold(id, summary, ...children) {
  const box = el("details", { open: openDetails.has(id) }, el("summary", {}, summary), ...children);
  box.addEventListener("toggle", () => (box.open ? openDetails.add(id) : openDetails.delete(id)));
  return box;
}

/** The source of figures, made when it is opened: there are thousands of figures. */
function sourceFold(id, figures) {
  const box = el("details", { class: "why" }, el("summary", {}, "Source"));
  box.addEventListener("toggle", () => box.open && box.childElementCount === 1 && box.append(...sourceOf(figures)));
  return box;
}

/** A slider with the exact number beside it. */
function lever({ id, label, value, base, min, max, step, unit, put, undo, levels = [], figures = [] }) {
  const changed = value !== base;
  const hint = `${label}${unit ? `, ${unit}` : ""}`;
  const slider = el("input", { type: "range", min, max, step, value, "aria-label": hint });
  const exact = el("input", { type: "number", step: "any", value: typed(value), "aria-label": `${hint}, exact` });
  const back = el("button", { type: "button", class: "undo", "aria-label": `Undo ${label}`, title: `Back to ${typed(base)}`, disabled: !changed }, "↺");
  const box = el("div", { class: `lever${changed ? " changed" : ""}`, "data-lever": id });
  const show = (to) => {
    box.classList.toggle("changed", to !== base);
    back.disabled = to === base;
  };
  const set = (to) => {
    if (!Number.isFinite(to)) return;
    if (Math.abs(to - base) < 1e-9 * Math.max(1, Math.abs(base))) {
      undo();
      show(base);
    } else {
      put(to);
      show(to);
    }
  };
  slider.addEventListener("input", () => {
    exact.value = typed(Number(slider.value));
    set(Number(slider.value));
  });
  exact.addEventListener("change", () => {
    const to = exact.value === "" ? base : Math.max(0, Number(exact.value));
    slider.value = to;
    exact.value = typed(to);
    set(to);
  });
  const jump = (to) => {
    slider.value = to;
    exact.value = typed(to);
    set(to);
  };
  back.addEventListener("click", () => jump(base));
  const pick = levels.length
    ? el("select", { "aria-label": `${label}: levels by name`, on: { change: (event) => event.target.value !== "" && jump(Number(event.target.value)) } },
        el("option", { value: "" }, "Level…"), el("option", { value: base }, `the model: ${number(base)}`),
        ...levels.map((level) => el("option", { value: level.value }, `${level.name}: ${number(level.value)}`)))
    : null;
  box.append(
    el("div", { class: "line" }, el("span", { class: "name" }, label), back),
    el("div", { class: "line" }, slider, exact, unit ? el("span", { class: unit.length > 14 ? "unit long" : "unit" }, unit) : null),
    el("div", { class: "line small" }, pick, figures.length ? sourceFold(id, figures) : null),
  );
  return box;
}

function scaled(pattern, label, { min = 0, max = 2, amount = false } = {}) {
  const figures = figuresOf(pattern);
  if (!figures.length) return null;
  const { scale } = state.changes;
  const mean = amount ? meanOf(figures) : null;
  if (amount && !(mean.value > 0)) return null;
  const size = amount ? 1e6 : 0.01;
  const base = amount ? mean.value / size : 100;
  const top = amount ? Math.max(mean.high, mean.value * 1.5) / size : max * 100;
  const bottom = amount ? Math.min(mean.low, mean.value * 0.5) / size : min * 100;
  const exact = Number(base.toPrecision(7));
  return lever({
    id: pattern, label, figures, base: exact,
    value: scale[pattern] === undefined ? exact : exact * scale[pattern],
    min: Number(bottom.toPrecision(3)), max: Number(top.toPrecision(3)), step: amount ? Number(((top - bottom) / 200).toPrecision(1)) : 1,
    unit: amount ? `M ${mean.unit} on average${mean.low < mean.value || mean.high > mean.value ? `, range ${number(mean.low / size)} to ${number(mean.high / size)}` : ""}` : "%",
    levels: levelsOf(pattern).map(({ name, factor }) => ({ name, value: Number((exact * factor).toPrecision(6)) })),
    put(to) { scale[pattern] = to / exact; changed(); },
    undo() { delete scale[pattern]; changed(); },
  });
}

function shifted(pattern, label) {
  if (!figuresOf(pattern).length) return null;
  const { shift } = state.changes;
  return lever({
    id: `shift ${pattern}`, label, base: 0, value: shift[pattern] ?? 0, min: -12, max: 24, step: 1, unit: "months later",
    put(to) { shift[pattern] = Math.round(to); changed(); },
    undo() { delete shift[pattern]; changed(); },
  });
}

/** One figure by its exact value: times a factor where it is something, set where it is nothing. */
function single(figure) {
  const { scale, set } = state.changes;
  const own = set.findIndex((one) => joined(one.keys) === figure.place);
  const share = figure.unit === "" || figure.unit === "%";
  const base = figure.value;
  const value = own >= 0 ? Number.parseFloat(set[own].value) : scale[figure.place] === undefined ? base : base * scale[figure.place];
  const [low, high] = figure.range ?? [base * 0.5, base * 2];
  const drop = () => {
    delete scale[figure.place];
    const n = set.findIndex((one) => joined(one.keys) === figure.place);
    if (n >= 0) set.splice(n, 1);
  };
  const fixed = base === 0 && figure.keys.some(isStep);
  if (fixed) return el("div", { class: "lever" }, el("span", { class: "name" }, nameOf(figure)), el("p", { class: "source" }, "Nothing, in a step of a figure over time: change it in the text below."));
  return lever({
    id: figure.place, label: nameOf(figure), base, value, unit: share ? "share" : figure.unit, figures: [figure],
    min: Math.min(low, base * 0.5), max: Math.max(high, base * 1.5, base === 0 ? 1 : 0), step: "any",
    levels: levelsOf(figure.place).map(({ name, factor }) => ({ name, value: Number((base * factor).toPrecision(7)) })),
    put(to) {
      drop();
      if (base === 0) set.push({ keys: figure.keys, value: `${to} ${figure.unit}`.trim() });
      else scale[figure.place] = to / base;
      changed();
    },
    undo() { drop(); changed(); },
  });
}

let query = "";
function search() {
  const results = el("div", { class: "results", "aria-live": "polite" });
  const find = () => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return results.replaceChildren();
    const hits = state.model.figures.figures.filter((figure) => {
      const text = `${figure.place} ${nameOf(figure)}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const shown = hits.slice(0, 12).map(single);
    const more = hits.length > 12 ? `The first 12 of ${hits.length} figures: go on typing.` : hits.length ? count(hits.length, "figure", "figures") : "No figure has these words.";
    results.replaceChildren(el("p", { class: "note" }, more), ...shown);
  };
  const box = el("input", { type: "search", id: "search", value: query, placeholder: "for example: pac-3 rate", "aria-label": "Search any figure of the model", on: { input() { query = box.value; find(); } } });
  find();
  return [el("p", { class: "note" }, `All ${plain.format(state.model.figures.figures.length)} figures of the model, with unit, note and source.`), box, results];
}

function chooseScenario() {
  const { scenarios } = state.model.opened;
  if (!scenarios.length) return null;
  const now = scenarios.find(({ key }) => key === state.changes.scenario);
  const select = el("select", { id: "scenario", on: { change() { state.changes.scenario = select.value; changed(); drawLevers(); } } },
    el("option", { value: "" }, "The model as it stands"),
    ...scenarios.filter(({ key }) => key !== "what_if" || state.model.whatIf).map(({ key, name }) => el("option", { value: key, selected: key === state.changes.scenario }, name)));
  select.value = state.changes.scenario;
  return el("div", { class: `lever${state.changes.scenario ? " changed" : ""}` },
    el("div", { class: "line" }, el("label", { class: "name", for: "scenario" }, "Scenario"),
      el("button", { type: "button", class: "undo", "aria-label": "Undo the scenario", disabled: !state.changes.scenario, on: { click() { state.changes.scenario = ""; changed(); drawLevers(); } } }, "↺")),
    select, now ? el("p", { class: "source" }, now.note) : null);
}

/** What is changed, in words, each with a way back. */
function changeList(changes) {
  const rows = [];
  const row = (words, undo) => rows.push({ words, undo });
  if (changes.scenario) row(`Scenario: ${state.model.opened.scenarios.find(({ key }) => key === changes.scenario)?.name ?? changes.scenario}`, () => { changes.scenario = ""; });
  for (const [pattern, factor] of Object.entries(changes.scale)) row(`${wordsOf(pattern)}: ${number(factor * 100)} %`, () => delete changes.scale[pattern]);
  for (const [pattern, months] of Object.entries(changes.shift)) row(`${wordsOf(pattern)}: ${months} months later`, () => delete changes.shift[pattern]);
  for (const one of [...changes.set]) row(`${wordsOf(joined(one.keys))}: ${one.value}`, () => changes.set.splice(changes.set.indexOf(one), 1));
  return rows;
}

function wordsOf(pattern) {
  if (pattern.includes("*")) return { "fund.*.amount": "Money of all funds", "supplier.us-*.rate": "American supplies", "requirement.ua-*.quantity": "Ukraine's needs", "line.*.expansion.*.lead_time": "Lead time of new plants" }[pattern] ?? pattern;
  const figure = figuresOf(pattern)[0];
  return figure ? nameOf({ ...figure, keys: keysOf(pattern), place: pattern }) : pattern;
}

function binding() {
  const limits = (state.shown?.answer ?? state.model.base).limits.filter((limit) => limit.figure && !limit.figure.startsWith("fund.")).slice(0, 8);
  return limits.flatMap((limit) => {
    const name = state.model.figures.names[joined(keysOf(limit.figure).slice(0, 2))] ?? limit.words;
    const supplier = limit.figure.startsWith("supplier.");
    return [
      scaled(limit.figure, `${name}: ${supplier ? "what it delivers" : "capacity"}`, { max: 3 }),
      limit.lead_time ? scaled(limit.lead_time, `${name}: lead time of new plant`, { min: 0.25 }) : null,
    ];
  });
}

/** Where the focus is inside an element, as a selector. */
function focused(inside) {
  const node = document.activeElement;
  if (!inside.contains(node)) return null;
  if (node.id) return `#${node.id}`;
  const own = node.closest("[data-lever]");
  return own ? `[data-lever=${JSON.stringify(own.dataset.lever)}] ${node.tagName.toLowerCase()}${node.type && node.tagName === "INPUT" ? `[type="${node.type}"]` : ""}` : null;
}

function drawLevers() {
  const funds = [...new Set(state.model.figures.figures.filter(({ keys }) => keys[0] === "fund" && keys[2] === "amount").map(({ keys }) => keys[1]))];
  const fund = (key) => scaled(joined(["fund", key, "amount"]), state.model.figures.names[joined(["fund", key])] ?? key, { amount: true });
  const list = el("ul", { class: "changes", id: "changes" });
  const side = byId("levers");
  const scroll = side.scrollTop;
  const focus = focused(side);
  const part = (id, title, ...children) => {
    const box = fold(id, el("h2", {}, title), ...children);
    box.classList.add("card");
    return box;
  };
  side.replaceChildren(
    el("section", { class: "card" }, el("h2", {}, "Changes"), list,
      el("div", { class: "bar" },
        el("button", { type: "button", id: "solve", class: "main", on: { click: () => solve() } }, "Work out the plan"),
        el("button", { type: "button", id: "reset", on: { click() { state.changes = nothing(); changed(); drawLevers(); } } }, "Undo all"))),
    part("do", "What can be done",
      scaled("fund.*.amount", "Money of all funds"),
      fold("funds", `Each fund (${funds.length})`, ...funds.map(fund)),
      scaled("line.*.expansion.*.lead_time", "Lead time of new plants", { min: 0.25 }),
      fold("binding", "Capacity and lead time of what binds", ...binding())),
    part("world", "What the world does",
      chooseScenario(),
      scaled("supplier.us-*.rate", "American supplies"), shifted("supplier.us-*.rate", "American supplies come"),
      scaled("requirement.ua-*.quantity", "Ukraine's needs"),
      ...["macro.discount", "friction.output", "friction.money", "friction.delay"].flatMap((place) => figuresOf(place).slice(0, 1).map(single)),
      figuresOf("friction.delay").length ? el("p", { class: "note" }, "Friction (output, money, delay) acts on what has been; on what is planned as well in the scenario “What is likely”.") : null),
    part("any", "Any figure", ...search()),
  );
  // What had the focus has it again, and nothing jumps.
  side.scrollTop = scroll;
  if (focus) side.querySelector(focus)?.focus();
  drawChanges();
}

function drawChanges() {
  const rows = changeList(state.changes).map(({ words, undo }) => el("li", {}, words, el("button", { type: "button", class: "undo", "aria-label": `Undo ${words}`, on: { click() { undo(); changed(); drawLevers(); } } }, "↺")));
  byId("changes").replaceChildren(...(rows.length ? rows : [el("li", { class: "note" }, "None: the model as it stands.")]));
  byId("reset").disabled = !rows.length;
  const stale = !state.shown || !same(state.changes, state.shown.changes);
  byId("solve").disabled = !stale;
  byId("solve").textContent = stale ? "Work out the plan" : "The plan is shown";
  root.classList.toggle("stale", stale);
}
