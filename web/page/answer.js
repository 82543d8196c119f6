// The answer: by tier, coverage, who pays, what binds, past tries, the frontier. Now stands beside before.

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

function triesPart() {
  const one = (attempt, n) => el("li", {},
    el("button", { type: "button", class: attempt === state.shown ? "try shown" : "try", "aria-pressed": attempt === state.shown, on: { click: () => goTo(attempt) } },
      el("b", {}, `${n + 1}. ${attempt.label}`),
      el("span", {}, `${attempt.answer.tiers.map((tier) => `${tier.in_full}/${tier.requirements}`).join(" · ")} in full, ${percent(attempt.answer.coverage)} by value`)),
    attempt === state.before
      ? el("span", { class: "beside" }, "stands beside as “before”")
      : el("button", { type: "button", class: "beside", on: { click() { state.before = attempt; drawAnswer(); } } }, "set beside"));
  return el("section", { class: "card", id: "tries" }, el("h2", {}, "Tries"), el("ol", { class: "tries" }, ...state.tries.map(one)));
}

function frontierPart() {
  const result = el("div", { id: "frontier-result" });
  const shown = state.shown.frontier;
  if (shown) result.append(...frontierPicture(shown));
  const solves = el("select", { id: "frontier-solves", "aria-label": "How closely" }, el("option", { value: 8 }, "roughly (8 plans)"), el("option", { value: 20 }, "closely (20 plans)"), el("option", { value: 60 }, "very closely (60 plans)"));
  return el("section", { class: "card", id: "frontier" }, el("h2", {}, "What the next euro buys"),
    el("p", { class: "note" }, "The least shortfall against the money of all funds, from half of it to half as much again, for the plan that is shown. It solves many plans: that takes a minute or more."),
    el("div", { class: "bar" }, solves, el("button", { type: "button", id: "frontier-start", on: { click: () => askFrontier(Number(solves.value)) } }, "Work it out")), result);
}

function frontierPicture(found) {
  const scale = 1e9;
  const high = found.in_money ? 1e9 : 1;
  const points = found.points.map((point) => ({ x: point.money / scale, y: point.shortfall / high }));
  const upward = found.in_money ? `shortfall, bn ${found.currency} as the objective weighs it` : `shortfall, ${found.measure}`;
  const rows = found.points.map((point, n) => el("tr", {}, el("td", {}, `${Math.round(100 * point.factor)} %`), el("td", {}, number(point.money / scale)), el("td", {}, number(point.shortfall / high)),
    el("td", {}, point.cheapest ? percent(point.cheapest.coverage) : "–"), el("td", {}, found.pieces[n] ? number(found.pieces[n].price) : "–"), el("td", { class: "words" }, found.pieces[n]?.begins.join("; ") ?? "")));
  return [
    curve({ points, across: `money of all funds, bn ${found.currency}`, upward, label: "Shortfall against money; the table below holds the numbers", mark: found.money / scale }),
    found.gap > 0 ? el("p", { class: "note" }, `The curve lies within ${number(found.gap / high)}${found.in_money ? ` bn ${found.currency}` : ""} of these points: ask more closely for less.`) : null,
    table("Ends of the pieces of the curve; the dashed line is the money of the plan that is shown.", ["money", "bn", found.in_money ? "shortfall, bn" : "shortfall", "coverage", `one more ${found.currency} avoids`, "what then begins to bind"], rows, "pieces"),
  ].filter(Boolean);
}

function drawAnswer() {
  const { answer } = state.shown;
  const before = state.before === state.shown ? null : state.before?.answer;
  byId("answer").replaceChildren(
    el("p", { class: "shown" }, el("b", {}, state.shown.label), before ? ` beside ${state.before.label}` : "", state.shown.seconds ? `; worked out in ${number(state.shown.seconds)} s` : "; as worked out when this page was made",
      "."),
    tiersPart(answer, before), triesPart(), coveragePart(answer, before), moneyPart(answer, before), limitsPart(answer), frontierPart(), filesPart());
  root.dataset.shown = String(state.tries.indexOf(state.shown));
  drawChanges();
}

function filesPart() {
  return el("section", { class: "card", id: "files" }, el("h2", {}, "Take it along"),
    el("div", { class: "bar" },
      el("button", { type: "button", on: { click: saveModel } }, "Model with the changes, TOML"),
      el("button", { type: "button", id: "tables-start", on: { click: showTables } }, "Tables of the answer, CSV"),
      el("button", { type: "button", on: { click: copyLink } }, "Link that holds the changes"),
      el("button", { type: "button", on: { click: () => window.print() } }, "Print")),
    el("div", { id: "tables" }),
    el("p", { class: "note" }, `The plan is certified: no rule is missed by more than ${state.shown.answer.violation.toExponential(1)} of its size, and no plan is better by more than ${state.shown.answer.gap.toExponential(1)} of its value. Found by ${state.shown.answer.solver} in ${state.shown.answer.iterations} steps.`));
}
