// Opens each page given in a real browser, at desktop and phone width, and fails on any error on the
// console, any request, any chart that is not drawn, any control that does nothing.
//
//     node check.mjs FOLDER PAGE.html …     screenshots go to FOLDER
//
// A page of an analysis of the European model must have its picture: a tree, a curve, a tornado.
import { chromium } from "playwright-core";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...pages] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

let failed = 0;
let passed = 0;
function check(holds, what) {
  if (holds) passed += 1;
  else {
    failed += 1;
    console.error(`FAILED: ${what}`);
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

/** A page that tells of errors and of every request that is not for the file itself. */
async function open(file, options) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const told = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) told.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => told.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    told.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith("file:") && !address.startsWith("blob:") && !address.startsWith("data:")) told.push(`request: ${address}`);
    if (address.startsWith("file:") && address !== pathToFileURL(file).href) told.push(`request: ${address}`);
  });
  const before = Date.now();
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('html[data-ready="yes"]');
  return { page, told, context, ready: Date.now() - before };
}

/** Scroll past every chart, so that each is drawn. */
async function drawAll(page) {
  const hosts = await page.$$(".host");
  for (const host of hosts) await host.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => [...document.querySelectorAll(".host")].every((host) => host.dataset.drawn));
  return hosts.length;
}

/** What is wrong with the charts as they stand. */
const faults = () => {
  const found = [];
  for (const host of document.querySelectorAll(".host")) {
    const name = host.closest("figure").querySelector("h3").textContent;
    const svg = host.querySelector("svg");
    if (!svg) found.push(`${name}: no picture`);
    else if (svg.querySelectorAll("path, rect, text").length < 4) found.push(`${name}: an empty picture`);
    if (/NaN|undefined|Infinity/.test(host.innerHTML)) found.push(`${name}: a number that is none`);
    if (!host.getAttribute("aria-label")) found.push(`${name}: no words for it`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`two nodes called ${id}`);
  for (const link of document.querySelectorAll("nav a")) {
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) found.push(`${link.textContent} leads nowhere`);
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`the page is ${wide} pixels wider than the window`);
  return found;
};

async function controls(page, name) {
  for (const figure of await page.$$("figure")) {
    const title = await figure.$eval("h3", (h) => h.textContent);
    const select = await figure.$(".bar select");
    if (select) {
      const before = await figure.$eval(".host", (host) => host.innerHTML);
      const last = await select.$$eval("option", (options) => options[options.length - 1].value);
      await select.selectOption(last);
      const after = await figure.$eval(".host", (host) => host.innerHTML);
      check(before !== after, `${name}: ${title}: another view is drawn`);
    }
    await figure.$eval("details", (details) => { details.open = true; });
    await figure.waitForSelector("details table");
    const rows = await figure.$$eval("details tbody tr", (lines) => lines.length);
    check(rows > 0, `${name}: ${title}: a table with numbers`);
  }
  for (const [label, start] of [["SVG", "<svg"], ["CSV", "\ufeff"]]) {
    const button = await page.$(`figure button[aria-label$="as ${label}"]`);
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const text = readFileSync(await download.path(), "utf8");
    check(text.startsWith(start) && text.length > 30, `${name}: download as ${label}`);
    check(download.suggestedFilename().endsWith(`.${label.toLowerCase()}`), `${name}: name of the ${label}`);
  }
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  const first = await theme();
  await page.click("#theme");
  if ((await theme()) === first) await page.click("#theme");
  check((await theme()) !== first, `${name}: the theme changes`);
  for (const slider of await page.$$(".slider")) {
    const said = () => slider.$eval("output", (output) => output.textContent);
    const before = await said();
    await slider.$eval("input", (input) => {
      input.value = (Number(input.min) + Number(input.max)) / 2.1;
      input.dispatchEvent(new Event("input"));
    });
    check((await said()) !== before, `${name}: the marker moves`);
  }
  const scenario = await page.$("#scenario");
  if (scenario) {
    const options = await scenario.$$eval("option", (all) => all.map((one) => one.value));
    const heading = () => page.$eval("#plan h2", (h) => h.textContent);
    const before = await heading();
    await scenario.selectOption(options[options.length - 1]);
    check((await heading()) !== before, `${name}: the scenario changes`);
    await drawAll(page);
  }
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement !== document.body), `${name}: the keyboard moves the focus`);
}

/** What pages of analyses must show, by the start of their names. */
const wanted = {
  "europe-bottleneck": ["tree", "bars"],
  "europe-frontier": ["curve"],
  "europe-sensitivity": ["tornado", "bars"],
  "europe-compare": ["heat", "bars", "lines"],
  "europe-monte_carlo": ["lines", "bars"],
};

const sizes = [
  { label: "desktop", viewport: { width: 1280, height: 900 } },
  { label: "phone", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
];

for (const path of pages) {
  const file = resolve(path);
  const name = basename(file, ".html");
  check(statSync(file).size <= 3e6, `${name}: at most 3 MB`);
  for (const { label, ...options } of sizes) {
    const { page, told, context, ready } = await open(file, options);
    console.log(`${name}, ${label}: ready after ${ready} ms`);
    const charts = await drawAll(page);
    check(charts > 0, `${name}, ${label}: there are charts`);
    check(ready <= 2000, `${name}, ${label}: ready within two seconds, not ${ready} ms`);
    const kinds = await page.$$eval(".host", (hosts) => hosts.map((host) => host.dataset.drawn));
    const start = Object.keys(wanted).find((key) => name.startsWith(key));
    for (const kind of wanted[start] ?? []) check(kinds.includes(kind), `${name}, ${label}: a ${kind}`);
    for (const fault of await page.evaluate(faults)) check(false, `${name}, ${label}: ${fault}`);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `${name}-${label}.png`), fullPage: true });
    if (label === "desktop") {
      await controls(page, name);
      await drawAll(page);
      for (const fault of await page.evaluate(faults)) check(false, `${name}, other views: ${fault}`);
    }
    for (const line of told) check(false, `${name}, ${label}: ${line}`);
    await context.close();
  }
  const dark = await open(file, { ...sizes[0], colorScheme: "dark" });
  await drawAll(dark.page);
  check((await dark.page.evaluate(() => document.documentElement.dataset.theme)) === "dark", `${name}: dark where the system is dark`);
  await dark.page.evaluate(() => window.scrollTo(0, 0));
  await dark.page.screenshot({ path: join(folder, `${name}-dark.png`), fullPage: true });
  await dark.page.pdf({ path: join(folder, `${name}.pdf`), format: "A4" });
  for (const line of dark.told) check(false, `${name}, dark: ${line}`);
  await dark.context.close();
}

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
