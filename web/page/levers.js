// What a person can change. Actions stand apart from assumptions about the world; a changed figure is marked, and one click undoes it.
// In come the state and `changed`, which is called after every change. Out goes `drawLevers`.

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
function lever({ id, label, value, base, min, max, step, unit, put, undo, levels = [], steps = [], figures = [] }) {
  const changed = value !== base;
  const hint = `${label}${unit ? `, ${unit}` : ""}`;
  const slider = el("input", { type: "range", min, max, step, value, "aria-label": hint });
  const exact = el("input", { type: "number", step: "any", value: typed(value), "aria-label": `${hint}, exact` });
  const back = el("button", { type: "button", class: "undo", "aria-label": `Undo ${label}`, title: `Back to ${typed(base)}`, disabled: !changed }, "↺");
  const box = el("div", { class: `lever${changed ? " changed" : ""}`, "data-lever": id });
  const show = (to) => {
    for (const [n, button] of [...(named?.children ?? [])].entries()) button.setAttribute("aria-pressed", String(Math.abs(steps[n].value - to) <= 1e-6 * Math.max(1, Math.abs(to))));
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
    const to = exact.value === "" ? base : Math.max(Math.min(0, min), Number(exact.value));
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
  const named = steps.length
    ? el("div", { class: "steps", role: "group", "aria-label": `${label}: named levels` }, ...steps.map((step) => el("button", { type: "button", class: "step", title: step.why, "aria-label": `${step.name}: ${number(step.value)}${step.why ? `. ${step.why}` : ""}`, on: { click: () => jump(step.value) } }, step.name)))
    : null;
  const pick = levels.length
    ? el("select", { "aria-label": `${label}: levels by name`, on: { change: (event) => event.target.value !== "" && jump(Number(event.target.value)) } },
        el("option", { value: "" }, "As in a scenario…"), el("option", { value: base }, `the model: ${number(base)}`),
        ...levels.map((level) => el("option", { value: level.value }, `${level.name}: ${number(level.value)}`)))
    : null;
  box.append(
    el("div", { class: "line" }, el("span", { class: "name" }, label), back),
    el("div", { class: "line" }, slider, exact, unit ? el("span", { class: unit.length > 14 ? "unit long" : "unit" }, unit) : null),
    named,
    el("div", { class: "line small" }, pick, figures.length ? sourceFold(id, figures) : null),
  );
  show(value);
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
    steps: stepsOf(pattern, figures).map((step) => ({ ...step, value: Number((exact * step.factor).toPrecision(6)) })),
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

/** A lever of its own: what is set, and what that is without it. */
function own(id, label, { base, value, min, max, step = 1, unit, put, undo, steps = [] }) {
  return lever({ id, label, base, value, min, max, step, unit, steps, put(to) { put(to); changed(); }, undo() { undo(); changed(); } });
}

/** What all funds have in years that can still be decided: the past, and what was bought in it, stays as it is. */
function allMoney() {
  const figures = figuresOf("fund.*.amount");
  if (!figures.length) return null;
  const now = state.changes;
  const steps = stepsOf("fund.*.amount", figures).map((step) => ({ ...step, value: Number((100 * step.factor).toPrecision(6)) }));
  return own("money", `${PATTERNS["fund.*.amount"]}, from ${state.model.base.decides} on`, {
    base: 100, value: (now.money ?? 1) * 100, min: 0, max: 200, unit: "%", steps, put(to) { now.money = to / 100; }, undo() { now.money = null; },
  });
}

function waiting() {
  const { years, decides } = state.model.base;
  const most = Math.min(8, 4 * (years.at(-1) + 1 - decides) - 1);
  if (!(most > 0)) return null;
  const now = state.changes;
  return own("wait", "All decisions later", {
    base: 0, value: now.wait, min: 0, max: most, unit: "quarters", put(to) { now.wait = Math.min(most, Math.round(to)); }, undo() { now.wait = 0; },
    steps: [{ name: "at once", value: 0, why: "Everything can be signed from the first day on which decisions are free" }, { name: "half a year", value: 2, why: "Nothing is signed for half a year" }, { name: "a year", value: 4, why: "Nothing is signed for a year" }].filter(({ value }) => value <= most),
  });
}

function weights() {
  const tiers = tiersOf();
  const measure = figuresOf("objective.shortfall_value").slice(0, 1).map(single);
  if (tiers.length < 2) return measure;
  return [...measure, ...tiers.map((tier) => own(`weight ${tier}`, `Weight of tier ${tier}`, {
    base: 1, value: weightOf(state.changes, tier), min: 0, max: 5, step: 0.1, unit: "times", put(to) { weigh(state.changes, tier, to); }, undo() { weigh(state.changes, tier, 1); },
  }))];
}

/** The last step of a figure over time, or the figure. */
const lastOf = (place) => [...figuresOf(place)].sort((a, b) => (a.place < b.place ? -1 : 1)).slice(-1).map(single);

function chooseExample() {
  const all = examples();
  if (!all.length) return null;
  const list = all.map(({ name, words, changes }) => el("li", {}, el("button", { type: "button", class: "example", on: { click() { state.changes = withMore(nothing(), changes); changed(); drawLevers(); solve(); } } }, el("b", {}, name), el("span", {}, words))));
  return fold("examples", "Examples to start from", el("ul", { class: "examples" }, ...list));
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
    el("section", { class: "card", id: "changed" }, el("h2", {}, "Changes"), list,
      el("div", { class: "bar" },
        el("button", { type: "button", id: "solve", class: "main", on: { click: () => solve() } }, "Work out the plan"),
        el("button", { type: "button", id: "reset", on: { click() { state.changes = nothing(); changed(); drawLevers(); } } }, "Undo all")),
      chooseExample()),
    part("do", "What can be done",
      el("p", { class: "note" }, "Actions: what governments and makers decide."),
      allMoney(),
      fold("funds", `Each fund (${funds.length})`, ...funds.map(fund)),
      scaled("line.*.expansion.*.lead_time", PATTERNS["line.*.expansion.*.lead_time"], { min: 0.25 }),
      waiting(),
      fold("binding", "Capacity and lead time of what binds", ...binding())),
    part("world", "What the world does",
      el("p", { class: "note" }, "Assumptions: the plan of record is worked out under them, too, and stands in every chart."),
      chooseScenario(),
      scaled("supplier.us-*.rate", PATTERNS["supplier.us-*.rate"]), shifted("supplier.us-*.rate", "American supplies come"),
      scaled("requirement.ua-*.quantity", PATTERNS["requirement.ua-*.quantity"], { max: 2.5 }), scaled("requirement.*.level", PATTERNS["requirement.*.level"]),
      ...lastOf("macro.inflation"),
      ...["macro.discount", "friction.output", "friction.money", "friction.delay"].flatMap((place) => figuresOf(place).slice(0, 1).map(single)),
      figuresOf("friction.delay").length ? el("p", { class: "note" }, "Friction (output, money, delay) acts on what has been; on what is planned as well in the scenario “What is likely”.") : null,
      fold("weights", "What counts, and how much", el("p", { class: "note" }, "How a shortfall weighs against money, and one tier against another."), ...weights())),
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
