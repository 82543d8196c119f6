// What is on the page: the model, what is changed in it, the plans so far; and how figures are found and named.

const state = {
  model: null, // { texts, main, opened, figures, levels }
  changes: null,
  shown: null, // the try whose answer is shown: { changes, answer, label, name }
  before: null, // the try that stands beside it
  tries: [],
  plans: new Map(), // every plan of this model so far, by its changes
};

const nothing = () => ({ scenario: "", scale: {}, shift: {}, set: [], wait: 0, money: null });
const keyOf = (changes) => JSON.stringify(tidy(changes));
const same = (a, b) => keyOf(a) === keyOf(b);

/** Changes in one order, so that equal ones are written alike. */
function tidy(changes) {
  const sorted = (table) => Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { scenario: changes.scenario, scale: sorted(changes.scale), shift: sorted(changes.shift), set: [...changes.set].sort((a, b) => (a.keys.join() < b.keys.join() ? -1 : 1)), wait: changes.wait ?? 0, money: changes.money ?? null };
}

const changesIn = (changes) => Object.keys(changes.scale).length + Object.keys(changes.shift).length + changes.set.length + (changes.scenario ? 1 : 0) + (changes.wait ? 1 : 0) + (changes.money === null ? 0 : 1);

/** What the world does, or what counts, rather than what anybody decides: needs, prices, friction, what America delivers. A scenario is a future. */
function isWorld(keys) {
  return ["requirement", "macro", "friction", "objective", "country", "region"].includes(keys[0]) || (keys[0] === "supplier" && keys[1].startsWith("us-"));
}

/** The assumptions among changes, without the actions. */
function worldOf(changes) {
  const kept = (table) => Object.fromEntries(Object.entries(table).filter(([pattern]) => isWorld(keysOf(pattern))));
  return { scenario: changes.scenario, scale: kept(changes.scale), shift: kept(changes.shift), set: changes.set.filter(({ keys }) => isWorld(keys)), wait: 0, money: null };
}

/** Changes and more: factors multiply, delays add up. */
function withMore(changes, more) {
  const all = structuredClone({ ...nothing(), ...changes });
  if (more.scenario) all.scenario = more.scenario;
  for (const [pattern, by] of Object.entries(more.scale ?? {})) all.scale[pattern] = Number(((all.scale[pattern] ?? 1) * by).toPrecision(9));
  for (const [pattern, by] of Object.entries(more.shift ?? {})) all.shift[pattern] = (all.shift[pattern] ?? 0) + by;
  all.wait += more.wait ?? 0;
  const times = (all.money ?? 1) * (more.money ?? 1);
  all.money = times === 1 ? null : times;
  return tidy(all);
}

/** The figures that a pattern names, looked up once. */
function figuresOf(pattern) {
  const found = (state.model.found ??= new Map());
  if (!found.has(pattern)) found.set(pattern, state.model.figures.figures.filter(namer(pattern)));
  return found.get(pattern);
}

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
  const named = state.model.opened.scenarios.map(({ key, name }) => ({ name, factor: levelOf(key, figures) }));
  return named.filter(({ factor }) => Number.isFinite(factor) && Math.abs(factor - 1) > 0.004);
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

/** What patterns are called that have a lever. */
const PATTERNS = {
  "fund.*.amount": "Money of all funds", "supplier.us-*.rate": "American supplies", "requirement.ua-*.quantity": "Ukraine's needs", "requirement.*.level": "Stores that donors want",
  "requirement.*.quantity": "All needs", "line.*.expansion.*.lead_time": "Lead time of new plants", "line.*.capacity": "Capacity of all lines",
};

// A tier weighs what its requirements weigh: each is set, as the format has no weight of a tier.
const isWeight = (keys) => keys.length === 3 && keys[0] === "requirement" && keys[2] === "weight";
const tiersOf = () => state.model.base.tiers.map(({ tier }) => tier);
const inTier = (tier) => state.model.base.requirements.filter((one) => one.tier === tier);
const ownWeight = (key) => figuresOf(joined(["requirement", key, "weight"]))[0]?.value ?? 1;
function weightOf(changes, tier) {
  const [first] = inTier(tier);
  const set = first && changes.set.find(({ keys }) => isWeight(keys) && keys[1] === first.key);
  return set ? Number(set.value) / ownWeight(first.key) : 1;
}
function weigh(changes, tier, by) {
  const keys = inTier(tier).map(({ key }) => key);
  changes.set = changes.set.filter(({ keys: own }) => !(isWeight(own) && keys.includes(own[1])));
  if (by !== 1) changes.set.push(...keys.map((key) => ({ keys: ["requirement", key, "weight"], value: typed(by * ownWeight(key)) })));
}

/** What is changed, in words, each with a way back. */
function changeList(changes) {
  const rows = [];
  const row = (words, undo) => rows.push({ words, undo });
  if (changes.scenario) row(`Scenario: ${state.model.opened.scenarios.find(({ key }) => key === changes.scenario)?.name ?? changes.scenario}`, () => { changes.scenario = ""; });
  for (const [pattern, factor] of Object.entries(changes.scale)) row(`${wordsOf(pattern)}: ${number(factor * 100)} %`, () => delete changes.scale[pattern]);
  for (const [pattern, months] of Object.entries(changes.shift)) row(`${wordsOf(pattern)}: ${months} months later`, () => delete changes.shift[pattern]);
  for (const tier of tiersOf()) {
    const weight = weightOf(changes, tier);
    if (weight !== 1) row(`Weight of tier ${tier}: ${number(weight)}`, () => weigh(changes, tier, 1));
  }
  for (const one of [...changes.set].filter(({ keys }) => !isWeight(keys))) row(`${wordsOf(joined(one.keys))}: ${one.value}`, () => changes.set.splice(changes.set.indexOf(one), 1));
  if (changes.money !== null) row(`Money of all funds from ${state.model.base.decides} on: ${number(changes.money * 100)} %`, () => { changes.money = null; });
  if (changes.wait) row(`All decisions ${count(changes.wait * 3, "month", "months")} later`, () => { changes.wait = 0; });
  return rows;
}

function wordsOf(pattern) {
  if (pattern.includes("*")) return PATTERNS[pattern] ?? pattern;
  const figure = figuresOf(pattern)[0];
  return figure ? nameOf({ ...figure, keys: keysOf(pattern), place: pattern }) : pattern;
}
