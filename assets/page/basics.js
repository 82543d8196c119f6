// What all parts need: the data of the page, elements, and numbers as people read them.
// In comes what `html.rs` wrote into the element `data`. Out go `data`, `root`, `el` and the words for numbers. Text
// reaches the page through `el`, as text nodes only.

const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;

/** An element with attributes and children; strings become text nodes. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** A number with its thousands apart, three digits below a hundred. */
function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  return Math.abs(value) >= 99.95 ? plain.format(value) : three.format(value);
}

/** A share in percent. */
function percent(value) {
  if (value === null || value === undefined) return "–";
  const share = value * 100;
  if (share < 0) return `−${percent(-value)}`;
  if (share > 0 && share < 9.95) return `${share < 0.05 ? "0" : share.toFixed(1)} %`;
  // What is not quite all is not shown as all.
  return `${share < 99.95 ? Math.min(Math.round(share), 99) : Math.round(share)} %`;
}

const shown = (value, unit) => (unit === "%" ? percent(value) : number(value));
const withUnit = (value, unit) => (unit === "%" || !unit ? shown(value, unit) : `${number(value)} ${unit}`);
const slug = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join("-");
const web = (address) => /^https?:\/\/\S+$/i.test(address);
