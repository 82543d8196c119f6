// What is behind a number: links from numbers to their explanation, and the window that shows it.
// In comes `explained` of the data. Out go `linked`, a text whose numbers are links; `leads`, the address of what
// something is about; and `explains`, which makes a node lead there. The address of the page says what is shown, so that
// it can be sent on and the way back works.

const { numbers, figures: bases } = data.explained;

/** Sections that explain what a brief counts. */
const places = { money: "who-pays", decisions: "what-has-to-be-decided", samples: "how-sure-it-is", evidence: "what-this-rests-on" };
const known = new Set(data.cases.flatMap((one) => one.sections.map((own) => slug(own.title))));

/** Where what something is about is explained; null if it is not. */
function leads(about) {
  if (!about) return null;
  if (Object.hasOwn(numbers, about)) return `#explain/${encodeURIComponent(about)}`;
  const section = Object.hasOwn(places, about) ? places[about] : null;
  return section && known.has(section) ? `#${section}` : null;
}

const digits = /[<−-]?\d(?:[\d.,]*\d)?(?: %| (?:M |bn )?[A-Z]{3}(?![\p{L}\p{N}]))?(?![\p{L}\p{N}])/gu;

/** A text as nodes; its numbers lead to what they are about. */
function linked(text, about) {
  const address = leads(about);
  if (!address) return [text];
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(digits)) {
    // Within a word, a date or a name in quotation marks they are a part of it; a calibre, a tier and a year are names, too.
    const before = text.slice(0, match.index);
    if (/[\p{L}\p{N}-]$/u.test(before) || before.lastIndexOf("“") > before.lastIndexOf("”")) continue;
    if (/\b[Tt]ier $/.test(before) || /^ mm\b/.test(text.slice(match.index + match[0].length)) || /^(19|20)\d\d$/.test(match[0])) continue;
    nodes.push(text.slice(last, match.index), el("a", { class: "why", href: address, title: "Where this number comes from" }, match[0]));
    last = match.index + match[0].length;
  }
  nodes.push(text.slice(last));
  return nodes.filter((node) => node !== "");
}

/** A node that leads to what it is about, if that is explained. */
function explains(words, about) {
  const address = leads(about);
  return address ? el("a", { class: "why", href: address, title: "Where this number comes from" }, words) : words;
}

/** What a figure rests on: its source is a link. */
function basisOf(text) {
  const found = /^(.*?)(https?:\/\/\S+)$/s.exec(text);
  if (!found || !web(found[2])) return [text];
  return [found[1], el("a", { href: found[2], rel: "noopener noreferrer nofollow", target: "_blank" }, found[2])];
}

function rowsOf(title, head, rows) {
  if (!rows.length) return null;
  const line = (cells) => el("tr", {}, ...cells.map((cell, n) => el(n === 0 ? "th" : "td", n === 0 ? { scope: "row" } : {}, ...[cell].flat())));
  return el("div", { class: "rows" }, el("h3", {}, title),
    el("table", {}, el("thead", {}, el("tr", {}, ...head.map((word) => el("th", { scope: "col" }, word)))), el("tbody", {}, ...rows.map(line))));
}

const shownFigures = (list) => list.map((n) => bases[n]).map((own) => [own.place, own.value, basisOf(own.basis), own.position]);

/** All that is known of a number. */
function explanation(about) {
  const own = numbers[about];
  const heads = ["figure", "value", "what it rests on", "where"];
  const waits = own.waits.map(([words, share, list]) => [words, share, list.map((n) => `${bases[n].place} = ${bases[n].value}`).join("; ")]);
  const behind = [...new Set(own.waits.flatMap(([, , list]) => list))];
  return [
    el("h2", { id: "explained-title" }, own.words),
    el("p", { class: "figure" }, `${own.value} ${own.unit}`.trim()),
    rowsOf("By year", ["year", own.unit || "value"], own.years.map(([year, value]) => [String(year), value])),
    rowsOf("In detail", ["what", "value"], own.list.map(([name, words, id]) => [[explains(name, id)], words])),
    rowsOf("What it waits for", ["waits for", "share", "figures that would ease it"], waits),
    rowsOf("What holds it where it is", ["limit", "price of one more", "weight, in millions"], own.limits),
    own.equation.length ? el("p", {}, `${own.about}: the price of each row times what one unit takes of it.`) : null,
    rowsOf("Its equation", ["term", "price", "factor", "price × factor"], own.equation),
    rowsOf("What it rests on", heads, shownFigures(own.figures)),
    rowsOf("What the figures of what it waits for rest on", heads, shownFigures(behind)),
  ].filter(Boolean);
}

const explainer = el("dialog", { id: "explained", "aria-labelledby": "explained-title" });
let asked = null;

/** Show what the address of the page asks for. */
function explainAddress() {
  const found = /^#explain\/(.+)$/.exec(window.location.hash);
  let about = null;
  try {
    about = found && decodeURIComponent(found[1]);
  } catch {
    about = null;
  }
  if (!about || !Object.hasOwn(numbers, about)) {
    if (explainer.open) explainer.close();
    return;
  }
  const close = el("button", { type: "button", on: { click: () => explainer.close() } }, "Close");
  explainer.replaceChildren(el("div", { class: "close" }, close), ...explanation(about));
  if (!explainer.open) {
    asked = document.activeElement;
    explainer.showModal();
  }
  explainer.scrollTop = 0;
}

explainer.addEventListener("close", () => {
  if (window.location.hash.startsWith("#explain/")) window.history.replaceState(null, "", window.location.pathname + window.location.search);
  if (asked?.isConnected) asked.focus();
});
explainer.addEventListener("click", (event) => {
  if (event.target === explainer) explainer.close();
});
window.addEventListener("hashchange", explainAddress);
document.body.append(explainer);
