// What all parts need: elements, numbers as people read them, files, and the packed data of the page.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text nodes, so that no name can become markup. */
function el(tag, attributes = {}, ...children) {
  const svg = ["svg", "rect", "path", "line", "circle", "text", "g", "title"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** A number with its thousands apart, three digits below a hundred. */
function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return Math.abs(value) >= 99.95 ? plain.format(value) : three.format(value);
}

/** A share in percent; what is not quite all is not shown as all. */
function percent(value) {
  if (value === null || value === undefined) return "–";
  const share = value * 100;
  if (share < 0) return `−${percent(-value)}`;
  if (share > 0 && share < 9.95) return `${share < 0.05 ? "0" : share.toFixed(1)}\u00a0%`;
  return `${share < 99.95 ? Math.min(Math.round(share), 99) : 100}\u00a0%`;
}

/** Money: billions with a digit, else millions. */
function money(value, currency) {
  if (value === null || value === undefined) return "–";
  return Math.abs(value) >= 1e9 ? `${number(value / 1e9)} bn ${currency}` : `${number(value / 1e6)} M ${currency}`;
}

/** A large number in millions or billions. */
const short = (value) => (Math.abs(value) >= 1e9 ? `${number(value / 1e9)} bn` : Math.abs(value) >= 1e6 ? `${number(value / 1e6)} M` : number(value));

/** A number as it is typed into a field: no thousands apart, no noise. */
const typed = (value) => String(Number(value.toPrecision(7)));

/** Words with a number in front. */
const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** What is packed in an element of the page, as a stream of bytes. */
function unpacked(id) {
  const letters = atob(byId(id).textContent.trim());
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}

/** The keys of a dotted name; a key with a dot in it stands in quotes. */
function keysOf(dotted) {
  const keys = [];
  for (const part of dotted.matchAll(/"((?:[^"\\]|\\.)*)"|([^."]+)/g)) keys.push(part[1] !== undefined ? part[1].replace(/\\(.)/g, "$1") : part[2]);
  return keys;
}

const isStep = (key) => /^\d+(-\d\d)?$/.test(key);

/** What says whether a pattern names a figure, or one that the figure is a step of. */
function namer(pattern) {
  const wanted = keysOf(pattern).map((want) => {
    if (!want.includes("*")) return (key) => key === want;
    const like = new RegExp(`^${want.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`);
    return (key) => like.test(key);
  });
  return ({ keys }) => keys.length >= wanted.length && wanted.every((fits, n) => fits(keys[n])) && keys.slice(wanted.length).every(isStep);
}
