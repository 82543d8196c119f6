// Levels by name and examples to start from. Each level says on what it rests; what a model has no figures for is left out.

/** Named levels of levers: a factor, a scenario of the model whose mean factor is taken, or an end of the figures' ranges. */
const LEVELS = {
  "fund.*.amount": [
    { name: "as delivered", scenario: "half_the_money", factor: 0.5, why: "Half: near the share of pledges that came in time so far (scenario “Half the money”)" },
    { name: "as pledged", factor: 1, why: "The model: what is voted, announced and carried on" },
    { name: "all out", end: "high", why: "Each sum at the high end of its range, on the mean" },
  ],
  "line.*.expansion.*.lead_time": [
    { name: "as slow as some", end: "high", why: "The high ends of the ranges, on the mean" },
    { name: "as planned", factor: 1, why: "The model: what makers say or comparable plants took" },
    { name: "as fast as any", end: "low", why: "The low ends of the ranges, on the mean" },
  ],
  "supplier.us-*.rate": [
    { name: "none", scenario: "us_supplies_cut", factor: 0, why: "Nothing from American suppliers; the scenario “US supplies cut” also takes away consents and aid" },
    { name: "as in 2026", scenario: "drawn_out_talks", factor: 0.75, why: "A quarter smaller, as deliveries of 2026 were (scenario “Drawn-out talks”)" },
    { name: "as offered", factor: 1, why: "The model: what they can spare" },
    { name: "all out", scenario: "us_backstop", factor: 1.5, why: "Half as much again (scenario “US backstop”)" },
  ],
  "requirement.ua-*.quantity": [
    { name: "low", scenario: "needs_low", why: "The low ends, on the mean (scenario “Needs: low”)" },
    { name: "as armed neutrality needs", factor: 1, why: "The model" },
    { name: "as asked for", scenario: "needs_high", why: "The high ends, near what war asks for, on the mean (scenario “Needs: high”)" },
  ],
};

/** The named levels of a pattern as factors, the smallest first. */
function stepsOf(pattern, figures) {
  const sum = (of) => figures.reduce((all, figure) => all + of(figure), 0);
  const ends = { low: sum((f) => f.range?.[0] ?? f.value) / sum((f) => f.value), high: sum((f) => f.range?.[1] ?? f.value) / sum((f) => f.value) };
  const known = (key) => state.model.opened.scenarios.some((scenario) => scenario.key === key);
  const steps = (LEVELS[pattern] ?? []).map(({ name, why, factor, scenario, end }) => {
    if (scenario && !known(scenario)) return null;
    const found = end ? ends[end] : factor ?? levelOf(scenario, figures);
    return { name, why, factor: Number(found.toPrecision(3)) };
  });
  return steps.filter((step) => step && Number.isFinite(step.factor)).sort((a, b) => a.factor - b.factor);
}

/** What a scenario makes of figures, by their size. */
function levelOf(scenario, figures) {
  const moved = state.model.levels?.[scenario] ?? {};
  const total = figures.reduce((sum, figure) => sum + Math.abs(figure.value), 0);
  return figures.reduce((sum, figure) => sum + Math.abs(figure.value) * (moved[figure.place] ?? 1), 0) / total;
}

/** Paths to start from: changes that make one story. */
const EXAMPLES = [
  { name: "What is likely", words: "The same plan, with the friction of the past on it.", changes: { scenario: "likely" } },
  { name: "Money alone", words: "Every fund half as large again, nothing else.", changes: { money: 1.5 } },
  { name: "Faster, not dearer", words: "New plants open in three quarters of the time.", changes: { scale: { "line.*.expansion.*.lead_time": 0.75 } } },
  { name: "Half a year lost", words: "Nothing is signed for half a year.", changes: { wait: 2 } },
  { name: "Europe alone", words: "America ends its supplies, Europe pays a quarter more.", changes: { scenario: "us_supplies_cut", money: 1.25 } },
  { name: "War goes on, all out", words: "War needs; half as much money again, plants in three quarters of the time. It takes minutes to work out.", changes: { scenario: "war_goes_on", money: 1.5, scale: { "line.*.expansion.*.lead_time": 0.75 } } },
];

/** Those that the open model can make. */
function examples() {
  const { scenarios } = state.model.opened;
  return EXAMPLES.filter(({ changes }) => (!changes.scenario || scenarios.some(({ key }) => key === changes.scenario)) && (!changes.money || state.model.base.funds.length) && Object.keys(changes.scale ?? {}).every((pattern) => figuresOf(pattern).length));
}
