// The page: what happens when. It starts from the plan of record, and the engine loads behind it.

let running = null;
let sayStep = () => {};

/** Show how it stands. Who listens hears beginnings and ends, not every second. */
function say(words, kind = "", heard = words) {
  if (heard) byId("live").textContent = heard;
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
  let step = "";
  sayStep = (done, of) => { step = ` ${done} of ${of} done,`; };
  const show = () => say(`${words}:${step} ${last || "starting"} (${Math.round((performance.now() - began) / 1000)} s) `, "busy", "");
  engine.onProgress = (progress) => { last = progress; show(); };
  show();
  byId("live").textContent = words;
  const timer = setInterval(show, 1000);
  let end = ["", "", `${words}: done`];
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

/** The plan of changes, worked out if it is not there yet: a try, or nothing where there is none. In a piece of work, see `busy`. */
async function planOf(changes) {
  const { model } = state;
  const key = keyOf(changes);
  const known = state.plans.get(key);
  if (known) return known;
  const began = performance.now();
  const found = await engine.ask(model, { ask: "solve", changes: tidy(changes) });
  if (state.model !== model) return null;
  if (!found.ok) return { changes: tidy(changes), label: labelOf(changes), fault: found };
  const attempt = { changes: tidy(changes), answer: found.ok, label: labelOf(changes), seconds: (performance.now() - began) / 1000 };
  state.inEngine = attempt;
  state.plans.set(key, attempt);
  const spare = [...state.plans].find(([, plan]) => !state.tries.includes(plan) && plan !== attempt);
  if (state.plans.size > PLANS && spare) state.plans.delete(spare[0]);
  return attempt;
}

/** So many plans are kept at most. */
const PLANS = 200;

/** Put a plan among the tries. */
function keep(attempt) {
  if (state.tries.includes(attempt)) return;
  state.tries.push(attempt);
  if (state.tries.length > 30) state.tries.splice(1, 1);
}

const ALONE = "The same assumptions without your actions";

async function solve() {
  // What runs behind an answer gives way to the next question.
  if (running === ALONE) engine.cancel();
  while (running === ALONE) await new Promise((resolve) => { setTimeout(resolve); });
  if (running) return;
  const changes = tidy(state.changes);
  const attempt = await busy("Working out the plan", () => planOf(changes));
  if (!attempt) return;
  if (attempt.fault) return noPlan(attempt);
  keep(attempt);
  state.shown = attempt;
  drawAnswer();
  drawLevers();
  await solveWorld(attempt);
}

/** The plan under the same assumptions without any action, for the line between the plan of record and this one. */
async function solveWorld(attempt) {
  const world = worldOf(attempt.changes);
  if (!changesIn(world) || same(world, attempt.changes)) return;
  const found = await busy(ALONE, () => planOf(world));
  if (found && !found.fault && state.shown === attempt) drawLines();
}

/** Why there is no plan, with a way back for each change. */
function noPlan({ changes, fault }) {
  if (fault.faults) return showFaults(fault);
  say(`No plan: ${fault.error}`, "fault");
  const rows = changeList(state.changes);
  if (!changesIn(changes)) return;
  byId("status").append(el("span", { class: "bar" }, ...rows.slice(0, 6).map(({ words, undo }) => el("button", { type: "button", on: { click() { undo(); changed(); drawLevers(); solve(); } } }, `Take back: ${words}`))));
}

function goTo(attempt) {
  keep(attempt);
  state.shown = attempt;
  state.changes = structuredClone(attempt.changes);
  changed();
  drawLevers();
  drawAnswer();
}

/** Ask about the plan that is shown: the engine keeps the plan it found last; another is found again first. */
async function askOfShown(words, request) {
  const { model, shown } = state;
  return busy(words, async () => {
    if (state.inEngine !== shown || engine.opened !== model) {
      const solved = await engine.ask(model, { ask: "solve", changes: shown.changes });
      if (!solved.ok) return solved;
      state.inEngine = shown;
    }
    return engine.ask(model, request);
  });
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
      wait: Number.isInteger(read.wait) && read.wait >= 0 ? read.wait : 0, money: Number.isFinite(read.money) && read.money >= 0 ? read.money : null,
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
  const first = { changes: nothing(), answer: model.base, label: "The plan of record", whole: model.whole };
  Object.assign(state, { shown: first, before: first, tries: [first], inEngine: null, plans: new Map([[keyOf(nothing()), first]]) });
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

/** The tries of a page that was saved with them. */
function restore({ all, shown, before }) {
  const tries = all.map((one) => ({ ...one, changes: tidy({ ...nothing(), ...one.changes }) }));
  for (const one of tries) state.plans.set(keyOf(one.changes), one);
  Object.assign(state, { tries, shown: tries[shown], before: tries[before], changes: structuredClone(tries[shown].changes) });
  changed();
  drawLevers();
  drawAnswer();
}

async function start() {
  dress();
  const link = location.hash.length > 1 ? fromLink() : null;
  const record = await unpacked("record").json();
  state.record = record;
  const { texts, main, opened, figures, levels, answer, version } = record;
  begin({ texts, main, opened, figures, levels, base: answer, whole: true });
  if (record.tries) restore(record.tries);
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

// What the page was before anything was drawn, to be saved anew.
const blank = `<!doctype html>\n${root.outerHTML}`;

start().catch((fault) => {
  say(`This page cannot start: ${fault.message}. It needs a browser of 2023 or later.`, "fault");
  root.dataset.ready = "no";
});
