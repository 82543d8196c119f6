// Take it along: the model with its changes, the tables, a workbook, a link, the page itself.

function filesPart() {
  const button = (words, act, id) => el("button", { type: "button", id, on: { click: act } }, words);
  const { violation, gap, solver, iterations } = state.shown.answer;
  return el("section", { class: "card", id: "files" }, el("h2", {}, "Take it along"),
    el("div", { class: "bar" },
      button("This page with your tries, HTML", savePage, "save-page"),
      button("Model with the changes, TOML", saveModel, "save-model"),
      button("The same as one file", saveJoined, "save-joined"),
      button("Workbook of the answer, XLSX", saveWorkbook, "save-workbook"),
      button("Tables of the answer, CSV", showTables, "tables-start"),
      button("Link that holds the changes", copyLink, "save-link"),
      button("Print", () => window.print(), "print")),
    el("div", { id: "tables" }),
    state.changes.wait ? el("p", { class: "note" }, "A model file cannot say that decisions come later: page and link keep it, the saved model does not.") : null,
    el("p", { class: "note" }, `The plan is certified: no rule is missed by more than ${violation.toExponential(1)} of its size, and no plan is better by more than ${gap.toExponential(1)} of its value. Found by ${solver} in ${iterations} steps.`));
}

const fileName = (ending) => state.model.main.split("/").at(-1).replace(/\.toml$/, "") + ending;

/** Changes as a model file can say them: all money from when decisions are free, fund by fund and step by step. */
async function written(model, changes) {
  const { money, scenario } = changes;
  if (money === null) return changes;
  const found = await engine.ask(model, { ask: "figures", changes: { scenario } });
  if (!found.ok) return changes;
  const { years, decides } = model.base;
  const byFund = new Map();
  for (const figure of found.ok.figures.filter(({ keys }) => keys[0] === "fund" && keys[2] === "amount" && keys.length <= 4)) byFund.set(figure.keys[1], [...(byFund.get(figure.keys[1]) ?? []), figure]);
  const sets = [...byFund].flatMap(([fund, figures]) => {
    const steps = figures.map(({ keys, value, unit }) => ({ key: keys[3], from: (keys[3] ?? "").padEnd(7, "-01"), value, unit })).sort((a, b) => (a.from < b.from ? -1 : 1));
    const set = (key, value, unit) => ({ keys: ["fund", fund, "amount", key], value: `${value} ${unit}` });
    const [only] = steps;
    if (only.key === undefined) return [set(String(years[0]), only.value, only.unit), set(String(decides), only.value * money, only.unit)];
    const first = `${decides}-01`;
    const holds = steps.filter(({ from }) => from < first).at(-1);
    const later = steps.filter(({ from }) => from >= first);
    return [...(holds && later[0]?.from !== first ? [set(String(decides), holds.value * money, holds.unit)] : []), ...later.map(({ key, value, unit }) => set(key, value * money, unit))];
  });
  return { ...changes, money: null, set: [...sets, ...changes.set] };
}

async function saveModel() {
  const { model, changes } = state;
  const found = await busy("Writing", async () => engine.ask(model, { ask: "change", changes: await written(model, changes) }));
  if (!found) return;
  if (!found.ok) return showFaults(found);
  const figures = changesIn({ ...changes, wait: 0, scenario: "" });
  save(fileName(".toml"), "application/toml", model.texts[model.main] + (figures ? found.ok.toml : ""));
  for (const [part, text] of Object.entries(model.texts)) if (part !== model.main && state.record.texts[part] !== text) save(part.split("/").at(-1), "application/toml", text);
}

async function saveJoined() {
  const { model, changes } = state;
  const found = await busy("Joining the parts", async () => engine.ask(model, { ask: "joined", changes: await written(model, changes) }));
  if (!found) return;
  if (!found.ok) return found.faults ? showFaults(found) : say(found.error, "fault");
  save(fileName("-whole.toml"), "application/toml", found.ok.toml);
}

async function showTables() {
  const found = await askOfShown("Writing tables", { ask: "tables" });
  if (!found?.ok) return;
  byId("tables").replaceChildren(el("ul", { class: "tables" }, ...found.ok.map(({ name, text }) => el("li", {}, el("button", { type: "button", on: { click: () => save(name, "text/csv", text) } }, name)))));
}

async function saveWorkbook() {
  const found = await askOfShown("Writing the workbook", { ask: "sheets" });
  if (found?.ok) save(fileName(".xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook(found.ok));
}

/** This page with the model that is open and its tries, as a file. */
async function savePage() {
  const { record, model, tries, shown, before } = state;
  const { texts, main, opened, figures, levels, base } = model;
  const all = tries.map(({ changes, answer, label, name, seconds, whole }) => ({ changes, answer, label, name, seconds, whole }));
  const own = { ...record, texts, main, opened, figures, levels, answer: base, tries: { all, shown: tries.indexOf(shown), before: tries.indexOf(before) } };
  const packed = new Blob([JSON.stringify(own)]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  const page = blank.replace(/(<script type="text\/plain" id="record">)[^<]*/, (_, tag) => tag + btoa(letters));
  save(`what-if-${fileName(".html")}`, "text/html", page);
}
