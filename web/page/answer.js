// The answer: by tier, in short, coverage, who pays, what binds, warnings, past tries. Now stands beside before.

function change(now, before, words) {
  if (before === undefined || before === null || now === null || words(now) === words(before)) return el("span", { class: "delta" }, "");
  const up = now > before;
  return el("span", { class: "delta" }, `${up ? "▲" : "▼"} before ${words(before)}`);
}

function tiersPart(now, before) {
  const cards = now.tiers.map((tier) => {
    const old = before?.tiers.find((one) => one.tier === tier.tier);
    return el("div", { class: "tier" },
      el("h3", {}, `Tier ${tier.tier}`, el("span", { class: "who" }, tier.whose)),
      el("p", { class: "big" }, `${tier.in_full} of ${tier.requirements}`, el("small", {}, " met in full"), change(tier.in_full, old?.in_full, String)),
      bar(tier.mean, old?.mean, 1, `mean coverage ${percent(tier.mean)}`),
      el("p", {}, `Mean coverage ${percent(tier.mean)} `, change(tier.mean, old?.mean, percent)),
      tier.lowest ? el("p", {}, `Lowest: ${tier.lowest}, ${percent(tier.lowest_coverage)} `, change(tier.lowest_coverage, old?.lowest_coverage, percent)) : null);
  });
  const sum = (name, value, old, words) => el("div", { class: "sum" }, el("dt", {}, name), el("dd", {}, words(value), change(value, old, words)));
  const cash = (value) => money(value, now.currency);
  return el("section", { class: "card", id: "tiers" }, el("h2", {}, "What is met"),
    el("div", { class: "tiers" }, ...cards),
    el("dl", { class: "sums" },
      sum("All requirements, by value", now.coverage, before?.coverage, percent),
      sum("Missing, at its value", now.missing, before?.missing, cash),
      sum("Cost, money of the day", now.cost, before?.cost, cash),
      sum("Cost, discounted", now.discounted, before?.discounted, cash)));
}

function coveragePart(now, before) {
  const open = now.years.map((year, n) => [year, n]).filter(([year]) => year >= now.decides);
  const head = ["Requirement", ...open.map(([year]) => String(year)), "all", ...(before ? ["before"] : [])];
  const row = (one) => {
    const old = before?.requirements.find((other) => other.key === one.key);
    return el("tr", { "data-requirement": one.key },
      el("th", { scope: "row" }, one.name),
      ...open.map(([, n]) => el("td", { class: `share ${shareClass(one.years[n])}` }, percent(one.years[n]))),
      el("td", { class: `share total ${shareClass(one.coverage)}` }, percent(one.coverage)),
      before ? el("td", { class: `share ${shareClass(old?.coverage)}` }, percent(old?.coverage)) : null);
  };
  const tier = ({ tier: n, whose, requirements }) => {
    const own = now.requirements.filter((one) => one.tier === n);
    return fold(`tier-${n}`, `Tier ${n}: ${whose}, ${count(requirements, "requirement", "requirements")}`, table(`Tier ${n}: share of what is required that is met${before ? "; “before” is the plan set beside it" : ""}.`, head, own.map(row), "heat"));
  };
  return el("section", { class: "card", id: "coverage" }, el("h2", {}, "Coverage by requirement and year"), ...now.tiers.map(tier));
}

const total = (list) => list.reduce((sum, value) => sum + value, 0);

/** So many funds are shown by themselves. */
const FUNDS = 16;

function moneyPart(now, before) {
  const open = now.years.map((year, n) => [year, n]).filter(([year]) => year >= now.decides);
  const sum = (fund) => total(open.map(([, n]) => fund.spent[n]));
  const all = now.funds.map((fund) => ({ fund, spent: sum(fund), old: before?.funds.find((one) => one.key === fund.key) })).map((row) => ({ ...row, was: row.old ? sum(row.old) : null }));
  const used = all.filter((row) => row.spent > 0 || row.was > 0).sort((a, b) => b.spent - a.spent);
  const most = Math.max(...used.map((row) => Math.max(row.spent, row.was ?? 0)), 1);
  const row = (name, spent, was, dear) => el("tr", {}, el("th", { scope: "row" }, name),
    el("td", { class: "picture" }, bar(spent, was, most, `${number(spent / 1e9)} bn`)),
    el("td", {}, number(spent / 1e9)), before ? el("td", {}, was === null ? "–" : number(was / 1e9)) : null, el("td", {}, number(dear)));
  const dear = ({ fund }) => Math.max(...open.map(([, n]) => fund.price[n]));
  const rows = used.slice(0, FUNDS).map((one) => row(one.fund.name, one.spent, one.was, dear(one)));
  const others = used.slice(FUNDS);
  if (others.length) rows.push(row(count(others.length, "other fund", "other funds"), total(others.map((one) => one.spent)), before ? total(others.map((one) => one.was ?? 0)) : null, Math.max(...others.map(dear))));
  const heading = ["Fund", "", "now", ...(before ? ["before"] : []), `one more ${now.currency}`];
  return el("section", { class: "card", id: "money" }, el("h2", {}, "Who pays"),
    table(`Spent from ${now.decides}, bn ${now.currency}, money of the day${before ? "; a mark shows before" : ""}. The last column: shortfall avoided and cost saved by one more ${now.currency} in the year in which it is worth most.`, heading, rows));
}

function limitsPart(now) {
  const open = now.years.map((year, n) => [year, n]).filter(([year]) => year >= now.decides);
  const shown = now.limits.slice(0, 20);
  const most = shown[0]?.weight ?? 1;
  const rows = shown.map((limit) => el("tr", {}, el("th", { scope: "row" }, limit.words, el("span", { class: "unit" }, ` ${limit.unit}`)),
    el("td", { class: "picture" }, bar(limit.weight, null, most, `weight ${number(limit.weight / 1e6)} M`)),
    ...open.map(([, n]) => el("td", {}, short(limit.prices[n])))));
  return el("section", { class: "card", id: "limits" }, el("h2", {}, "What binds"),
    table(`What one more unit in a year would be worth, ${now.currency} of ${now.price_year} per unit; the bar is price times size. The ${shown.length} weightiest of ${now.limits_in_all} limits with a price.`,
      ["Limit", "", ...open.map(([year]) => String(year))], rows, "limits"));
}

const titleOf = (attempt) => attempt.name || attempt.label;

function triesPart() {
  if (state.tries.length < 2) return null;
  const rename = (attempt) => {
    const box = el("input", { type: "text", class: "rename", value: titleOf(attempt), "aria-label": "Name of this try", maxlength: 80 });
    const end = () => { attempt.name = box.value.trim(); drawAnswer(); };
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") box.blur(); });
    box.addEventListener("blur", end);
    return box;
  };
  const one = (attempt, n) => {
    const item = el("li", {},
      el("button", { type: "button", class: attempt === state.shown ? "try shown" : "try", "aria-pressed": String(attempt === state.shown), on: { click: () => goTo(attempt) } },
        el("b", {}, `${n + 1}. ${titleOf(attempt)}`),
        el("span", {}, `${attempt.answer.tiers.map((tier) => `${tier.in_full}/${tier.requirements}`).join(" · ")} in full, ${percent(attempt.answer.coverage)} by value`)),
      el("span", { class: "beside" }, attempt === state.before
        ? "stands beside as “before”"
        : el("button", { type: "button", class: "beside", on: { click() { state.before = attempt; drawAnswer(); } } }, "set beside"),
      el("button", { type: "button", class: "beside", "aria-label": `Name ${titleOf(attempt)}`, on: { click() { const box = rename(attempt); item.replaceChildren(box); box.focus(); box.select(); } } }, "name it")));
    return item;
  };
  return el("section", { class: "card", id: "tries" }, el("h2", {}, "Tries"), el("ol", { class: "tries" }, ...state.tries.map(one)));
}

/** The brief of the library: headings and thoughts. Causes and what helps take further plans. */
function briefPart() {
  const { answer, whole } = state.shown;
  const said = answer.brief.filter(({ heading }) => !["Plan", "Ask"].includes(heading));
  return el("section", { class: "card", id: "brief" }, el("h2", {}, "In short"),
    el("dl", { class: "brief" }, ...said.flatMap(({ heading, lines }) => [el("dt", {}, heading), el("dd", {}, ...lines.map((line) => el("p", {}, line.replaceAll(" %", "\u00a0%"))))])),
    whole ? null : el("div", { class: "bar" }, el("button", { type: "button", id: "brief-start", on: { click: askBrief } }, "Why, and what helps"), el("span", { class: "note" }, "takes four more plans")));
}

async function askBrief() {
  const { shown } = state;
  const found = await askOfShown("Why, and what helps", { ask: "brief", solves: 4 });
  if (!found) return;
  if (!found.ok) return say(found.error ?? found.text, "fault");
  shown.answer.brief = found.ok.brief;
  shown.whole = true;
  if (state.shown === shown) drawAnswer();
}

/** Money that nothing is left to buy with is worth a word from this share on. */
const IDLE = 0.1;

/** What one should know before one quotes the plan, each with what would mend it. */
function warnings(now) {
  const { changes } = state.shown;
  const all = [];
  const act = (words, more) => ({ words, act() { state.changes = withMore(changes, more); changed(); drawLevers(); solve(); } });
  const back = (words, undo) => ({ words, act() { state.changes = structuredClone(changes); undo(state.changes); changed(); drawLevers(); solve(); } });
  for (const [pattern, by] of Object.entries(changes.scale)) {
    const figures = figuresOf(pattern).filter(({ value }) => value !== 0);
    const far = figures.filter(({ value, range }) => range && (value * by > range[1] * (1 + 1e-9) || value * by < range[0] * (1 - 1e-9)));
    if (far.length) all.push({ words: `${wordsOf(pattern)} at ${number(by * 100)} %: ${far.length === figures.length && figures.length === 1 ? "beyond the range of its source" : `${far.length} of ${count(figures.length, "figure", "figures")} beyond the range of their sources`}. Nothing says that this can be had.`, mend: back("Take it back", (own) => delete own.scale[pattern]) });
  }
  if (changes.wait) all.push({ words: `Nothing is signed for ${count(changes.wait * 3, "month", "months")}.`, mend: back("Sign at once", (own) => { own.wait = 0; }) });
  const has = now.available;
  const spends = total(now.funds.map((fund) => total(fund.spent.filter((_, n) => now.years[n] >= now.decides))));
  const lead = "line.*.expansion.*.lead_time";
  if (now.missing > 0 && has - spends > IDLE * has) all.push({ words: `${money(has - spends, now.currency)} of ${money(has, now.currency)} is not spent while things are missing: it is not money alone that is short, but works, time, or the right to spend it so.`, mend: figuresOf(lead).length && !changes.scale[lead] ? act("Try faster plants", { scale: { [lead]: 0.75 } }) : null });
  const worst = now.requirements.filter((one) => one.tier === now.tiers[0]?.tier && one.coverage !== null && one.coverage < 0.5).sort((a, b) => a.coverage - b.coverage);
  if (worst.length) all.push({ words: `Of the first tier less than half is met of: ${worst.slice(0, 3).map((one) => `${one.name} (${percent(one.coverage)})`).join(", ")}${worst.length > 3 ? `, ${worst.length - 3} more` : ""}.`, mend: { words: "Find the lever that helps", act() { byId("next").scrollIntoView(); askNext(); } } });
  if (state.model.opened.scenarios.some(({ key }) => key === "likely") && !changes.scenario) all.push({ words: "This is what could be done. What was done so far was less: friction of the past is not on this plan.", mend: act("Look at what is likely", { scenario: "likely" }) });
  return all;
}

function warningsPart(now) {
  const all = warnings(now);
  if (!all.length) return null;
  return el("section", { class: "card warnings", id: "warnings" }, el("h2", {}, "Before you quote it"),
    el("ul", {}, ...all.map(({ words, mend }) => el("li", {}, el("span", {}, words), mend ? el("button", { type: "button", on: { click: mend.act } }, mend.words) : null))));
}

/** So many moved figures are shown. */
const MOVED = 200;

function movedPart() {
  if (!changesIn({ ...state.shown.changes, wait: 0, money: null })) return null;
  const { shown, model } = state;
  const draw = () => {
    const rows = shown.moved.slice(0, MOVED).map(({ place, unit, before, after }) => {
      const figure = model.figures.figures.find((one) => one.place === place);
      const factor = before ? after / before : null;
      return el("tr", {}, el("th", { scope: "row" }, figure ? nameOf(figure) : place, el("span", { class: "unit" }, ` ${unit ?? ""}`)), el("td", {}, number(before)), el("td", {}, number(after)), el("td", {}, factor === null || after === null ? "–" : `${number(factor * 100)} %`));
    });
    const more = shown.moved.length > MOVED ? ` The first ${MOVED} of them.` : "";
    return table(`${count(shown.moved.length, "figure", "figures")} of the model ${shown.moved.length === 1 ? "is" : "are"} not as in the plan of record.${more}`, ["Figure", "before", "now", ""], rows);
  };
  const into = el("div", { id: "moved-result" }, shown.moved ? draw() : null);
  const ask = async () => {
    const found = await busy("Comparing the models", () => engine.ask(model, { ask: "compare", changes: shown.changes }));
    if (!found?.ok) return;
    shown.moved = found.ok;
    into.replaceChildren(draw());
  };
  return el("section", { class: "card", id: "moved" }, el("h2", {}, "What the changes moved"),
    el("div", { class: "bar" }, el("button", { type: "button", id: "moved-start", on: { click: ask } }, "List every figure, before and now")), into);
}

function drawAnswer() {
  const { shown } = state;
  const { answer } = shown;
  const before = state.before === shown ? null : state.before?.answer;
  const parts = [
    el("p", { class: "shown" }, el("b", {}, titleOf(shown)), before ? ` beside ${titleOf(state.before)}` : "", shown.seconds ? `; worked out in ${number(shown.seconds)} s` : "; as worked out when this page was made", "."),
    tiersPart(answer, before), triesPart(), warningsPart(answer), briefPart(), nextPart(), linesPart(), coveragePart(answer, before), moneyPart(answer, before), limitsPart(answer),
    frontierPart(), sweepPart(), movedPart(), filesPart(),
  ];
  byId("answer").replaceChildren(...parts.filter(Boolean));
  drawLines();
  drawFrontier();
  drawSweep();
  drawNext();
  root.dataset.shown = String(state.tries.indexOf(shown));
  drawChanges();
}
