// The page: what happens when. It starts from the plan of record, and the engine loads behind it.

let running = null;

function say(words, kind = "") {
  const status = byId("status");
  status.className = `status ${kind}`;
  status.replaceChildren(words, running ? el("button", { type: "button", id: "cancel", on: { click: () => engine.cancel() } }, "Cancel") : "");
}

/** Do something on the engine, with progress and a way to cancel. Nothing comes back where it was cancelled or broke off. */
async function busy(words, work) {
  if (running) return null;
  running = words;
  root.dataset.busy = "yes";
  const began = performance.now();
  let last = "";
  const show = () => say(`${words}: ${last || "starting"} (${Math.round((performance.now() - began) / 1000)} s) `, "busy");
  engine.onProgress = (progress) => { last = progress; show(); };
  show();
  const timer = setInterval(show, 1000);
  let end = ["", ""];
  try {
    return await work();
  } catch (fault) {
    end = fault instanceof Cancelled ? ["Cancelled.", ""] : [`The engine broke off and is started anew: ${fault.message}`, "fault"];
    return null;
  } finally {
    clearInterval(timer);
    running = null;
    delete root.dataset.busy;
    say(...end);
  }
}

function labelOf(changes) {
  const words = changeList(changes).map(({ words }) => words.replace(/^Scenario: /, ""));
  if (words.length > 3) words.splice(2, words.length, `${words.length - 2} more changes`);
  return words.join("; ") || "The plan of record";
}

function changed() {
  drawChanges();
  const hash = changesIn(state.changes) && state.model.texts === state.record.texts ? `#${encodeURIComponent(JSON.stringify(tidy(state.changes)))}` : " ";
  history.replaceState(null, "", hash === " " ? location.pathname + location.search : hash);
}

async function solve() {
  if (running) return;
  const { model } = state;
  const changes = tidy(state.changes);
  const known = state.tries.find((attempt) => same(attempt.changes, changes));
  if (known) return goTo(known);
  const began = performance.now();
  const found = await busy("Working out the plan", () => engine.ask(model, { ask: "solve", changes }));
  if (!found || state.model !== model) return;
  if (!found.ok) return found.faults ? showFaults(found) : say(`No plan: ${found.error}`, "fault");
  const attempt = { changes, answer: found.ok, label: labelOf(changes), seconds: (performance.now() - began) / 1000 };
  state.inEngine = attempt;
  state.tries.push(attempt);
  if (state.tries.length > 30) state.tries.splice(1, 1);
  state.shown = attempt;
  drawAnswer();
  drawLevers();
}

function goTo(attempt) {
  state.shown = attempt;
  state.changes = structuredClone(attempt.changes);
  changed();
  drawLevers();
  drawAnswer();
}

async function askFrontier(solves) {
  const { model, shown } = state;
  const found = await busy("The frontier", () => engine.ask(model, { ask: "frontier", changes: shown.changes, from: 0.5, to: 1.5, solves }));
  if (!found) return;
  if (!found.ok) return say(found.error ?? found.text, "fault");
  shown.frontier = found.ok;
  if (state.shown === shown) drawAnswer();
}

async function showTables() {
  const { model, shown } = state;
  const found = await busy("Writing tables", async () => {
    // The engine keeps the plan it found last; another is found again.
    if (state.inEngine !== shown || engine.opened !== model) {
      const solved = await engine.ask(model, { ask: "solve", changes: shown.changes });
      if (!solved.ok) return solved;
      state.inEngine = shown;
    }
    return engine.ask(model, { ask: "tables" });
  });
  if (!found?.ok) return;
  byId("tables").replaceChildren(el("ul", { class: "tables" }, ...found.ok.map(({ name, text }) => el("li", {}, el("button", { type: "button", on: { click: () => save(name, "text/csv", text) } }, name)))));
}

async function copyLink() {
  changed();
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied: it opens this page with these changes.");
  } catch {
    say("The address of this page holds the changes: copy it from there.");
  }
}

/** A link's changes, if they are some. */
function fromLink() {
  try {
    const read = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    const table = (value, fits) => Object.fromEntries(Object.entries(value ?? {}).filter(([, one]) => fits(one)));
    return tidy({
      scenario: typeof read.scenario === "string" ? read.scenario : "",
      scale: table(read.scale, (one) => Number.isFinite(one) && one >= 0), shift: table(read.shift, Number.isInteger),
      set: (read.set ?? []).filter((one) => Array.isArray(one.keys) && typeof one.value === "string").map(({ keys, value }) => ({ keys: keys.map(String), value })),
    });
  } catch {
    return null;
  }
}

/** Show a model and its plan without changes. */
function begin(model) {
  state.model = model;
  model.whatIf = model.opened.scenarios.some(({ key }) => key === "what_if");
  state.changes = nothing();
  const first = { changes: nothing(), answer: model.base, label: "The plan of record" };
  Object.assign(state, { shown: first, before: first, tries: [first], inEngine: null });
  byId("title").textContent = model.opened.name;
  byId("subtitle").textContent = "What if money, capacity, needs or supplies were other than they are? Change a figure, and the whole plan is worked out anew, here in your browser.";
  drawLevers();
  drawAnswer();
  drawText();
  changed();
}

function dress() {
  const words = { system: "Theme: as the system", dark: "Theme: dark", light: "Theme: light" };
  let choice = "system";
  const button = el("button", { type: "button", id: "theme", on: { click() {
    choice = { system: "dark", dark: "light", light: "system" }[choice];
    if (choice === "system") delete root.dataset.theme;
    else root.dataset.theme = choice;
    button.textContent = words[choice];
  } } }, words[choice]);
  byId("tools").append(button);
}

function listen() {
  window.addEventListener("hashchange", () => {
    const link = fromLink();
    if (!link || same(link, state.changes)) return;
    state.changes = link;
    drawLevers();
    solve();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) solve();
    if (event.key === "Escape" && running) engine.cancel();
  });
  for (const kind of ["dragover", "dragenter"]) document.addEventListener(kind, (event) => { event.preventDefault(); root.classList.add("dropping"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) root.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    root.classList.remove("dropping");
    openFiles([...event.dataTransfer.files]);
  });
}

async function start() {
  dress();
  const link = location.hash.length > 1 ? fromLink() : null;
  const record = await unpacked("record").json();
  state.record = record;
  const { texts, main, opened, figures, levels, answer, version } = record;
  begin({ texts, main, opened, figures, levels, base: answer });
  byId("foot").append(el("p", {}, `Model ${version.model}, code ${version.code}, engine ${version.engine}. Public, aggregate figures only, each with its source or named an assumption. A plan is what could be done at best under these figures, no forecast.`));
  listen();
  root.dataset.ready = "yes";
  const ready = await busy("Loading the solver", () => engine.ask(state.model, null));
  root.dataset.engine = ready?.ok ? "yes" : "no";
  // For those who check or embed the page: what is shown, and the engine.
  window.sinews = { state, engine };
  if (link && changesIn(link)) {
    state.changes = link;
    changed();
    drawLevers();
    await solve();
  }
}

start().catch((fault) => {
  say(`This page cannot start: ${fault.message}. It needs a browser of 2023 or later.`, "fault");
  root.dataset.ready = "no";
});
