// The model as text: edited, checked, opened from files, saved. Faults are told at their lines, as the reader says them.

let openText = null;

function drawText() {
  const { model } = state;
  openText = model.texts[openText] === undefined ? model.main : openText;
  const area = el("textarea", { id: "area", spellcheck: "false", "aria-label": "Text of the model", wrap: "off", rows: 24 });
  area.value = model.texts[openText];
  const edits = (state.edits ??= {});
  if (edits[openText] !== undefined) area.value = edits[openText];
  area.addEventListener("input", () => { edits[openText] = area.value; });
  const select = el("select", { id: "which", "aria-label": "Which text", on: { change() { openText = select.value; drawText(); } } }, ...Object.keys(model.texts).map((name) => el("option", { value: name, selected: name === openText }, name)));
  const file = el("input", { type: "file", id: "file", accept: ".toml", multiple: true, class: "hidden", "aria-label": "Open files", on: { change: () => openFiles([...file.files]) } });
  byId("text").replaceChildren(
    fold("text", "The model as text",
      el("p", { class: "note" }, "Edit it, or drop TOML files anywhere on this page: a file of a name that is here takes its place, any other is opened as a model beside it and may cite the facts. Nothing leaves your computer."),
      el("div", { class: "bar" }, select,
        el("button", { type: "button", id: "check", class: "main", on: { click: () => openTexts({ ...model.texts, ...edits }, model.main) } }, "Use this text"),
        el("button", { type: "button", on: { click: () => file.click() } }, "Open files…"), file,
        el("button", { type: "button", on: { click() { state.edits = {}; drawText(); } } }, "Drop the edits"),
        el("button", { type: "button", on: { click: () => openTexts(state.record.texts, state.record.main) } }, "Back to the model of this page")),
      el("div", { id: "faults", role: "alert" }), area));
}

function showFaults({ faults, text, error }) {
  openDetails.add("text");
  byId("text").querySelector("details").open = true;
  const list = (faults ?? []).map((fault) => el("li", {},
    fault.file ? el("button", { type: "button", class: "jump", on: { click: () => jump(fault) } }, `${fault.file}:${fault.line}`) : null, ` ${fault.message}`, fault.help ? el("span", { class: "note" }, ` ${fault.help}`) : null));
  byId("faults").replaceChildren(el("p", { class: "fault" }, list.length ? `${count(list.length, "fault", "faults")}: the model that was open stays in use.` : error), el("ol", {}, ...list), text ? el("pre", {}, text) : "");
  byId("faults").scrollIntoView({ block: "center" });
}

function jump({ file, line }) {
  const text = state.edits?.[file] ?? state.model.texts[file];
  if (text === undefined) return;
  const keep = [...byId("faults").childNodes];
  openText = file;
  drawText();
  byId("faults").append(...keep);
  const area = byId("area");
  const lines = area.value.split("\n");
  const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 6);
}

async function openFiles(files) {
  const texts = { ...state.model.texts, ...state.edits };
  let { main } = state.model;
  for (const file of files) {
    if (file.size > 16 * 2 ** 20) return showFaults({ error: `${file.name} is larger than 16 MiB` });
    const text = await file.text();
    const there = Object.keys(texts).find((name) => name.split("/").at(-1) === file.name);
    if (!there) main = `models/${file.name}`;
    texts[there ?? main] = text;
  }
  return openTexts(texts, main);
}

async function openTexts(texts, main) {
  const model = { texts, main };
  const opened = await busy("Reading", () => engine.ask(model, null));
  if (!opened) return;
  if (!opened.ok) return showFaults(opened);
  model.opened = opened.ok;
  const own = texts === state.record.texts;
  const figures = own ? { ok: state.record.figures } : await busy("Reading figures", () => engine.ask(model, { ask: "figures", changes: nothing() }));
  const answer = own ? { ok: state.record.answer } : await busy("Working out its plan", () => engine.ask(model, { ask: "solve", changes: nothing() }));
  if (!figures?.ok || !answer) return;
  if (!answer.ok) return showFaults(answer);
  Object.assign(model, { figures: figures.ok, base: answer.ok, levels: own ? state.record.levels : {}, whole: own });
  state.edits = {};
  begin(model);
  if (!own) {
    const levels = await busy("Reading scenarios", () => engine.ask(model, { ask: "levels" }));
    if (levels?.ok && state.model === model) { model.levels = levels.ok; drawLevers(); }
  }
}
