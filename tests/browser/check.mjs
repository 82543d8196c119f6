// Opens each page given in a real browser, at desktop and phone width, and fails on any error on the
// console, any request, any chart that is not drawn, any control that does nothing.
//
//     node check.mjs FOLDER PAGE.html …     screenshots go to FOLDER
//
// Each is checked by axe-core as well: names of all controls, contrast, order of headings, in light and in dark. The page
// of a plan must explain its numbers, switch between holders and print on four pages.
// A page of an analysis of the European model must have its picture: a tree, a curve, a tornado.
import { chromium } from "playwright-core";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

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

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** What axe-core finds fault with. */
async function barriers(page) {
  await page.evaluate(`${axe}; undefined`);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
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

/** What the page of a plan with a brief must do: explain its numbers, and show holders by themselves. */
async function briefed(page, name) {
  const links = await page.$$(".brief a.why");
  check(links.length > 0, `${name}: numbers of the brief are links`);
  const shown = () => page.$eval("#explained", (dialog) => dialog.open && dialog.textContent.length > 40);
  for (const hash of new Set(await page.$$eval(".brief a.why, table a.why", (all) => all.map((link) => link.hash)))) {
    if (!hash.startsWith("#explain/")) {
      check(await page.evaluate((id) => Boolean(document.getElementById(id)), decodeURIComponent(hash.slice(1))), `${name}: ${hash} leads somewhere`);
      continue;
    }
    await page.evaluate((to) => { window.location.hash = to; }, hash);
    check(await page.waitForFunction(() => document.getElementById("explained").open).then(shown), `${name}: ${hash} is explained`);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.getElementById("explained").open);
  }
  const first = await page.$('.brief a.why[href^="#explain/"]');
  if (first) {
    await first.focus();
    await page.keyboard.press("Enter");
    check(await page.waitForFunction(() => document.getElementById("explained").open).then(shown), `${name}: the keyboard opens an explanation`);
    for (const fault of await barriers(page)) check(false, `${name}, an explanation: ${fault}`);
    await page.screenshot({ path: join(folder, `${name}-explained.png`) });
    await page.click("#explained button");
    check(await page.evaluate(() => document.activeElement.classList.contains("why")), `${name}: the focus comes back`);
  }
  const buttons = await page.$$(".whose button");
  if (buttons.length) {
    const text = () => page.$eval("#what-falls-short > p", (words) => words.textContent);
    const all = await text();
    await page.click(".whose button");
    check((await text()) !== all, `${name}: a group of holders by itself`);
    await drawAll(page);
    for (const fault of await page.evaluate(faults)) check(false, `${name}, some holders: ${fault}`);
    await page.screenshot({ path: join(folder, `${name}-some.png`) });
    await page.click('.whose button[data-group="null"]');
    check((await text()) === all, `${name}: and all of them again`);
    await drawAll(page);
  }
}

/** How many pages a printed file has. */
const leaves = (pdf) => (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

/** What pages of analyses must show, by the start of their names. */
const wanted = {
  "europe-bottleneck": ["tree", "bars"],
  "europe-frontier": ["curve"],
  "europe-sensitivity": ["tornado", "bars"],
  "europe-compare": ["heat", "bars", "lines"],
  "europe-monte_carlo": ["lines", "bars"],
};

const sizes = [
  { label: "desktop", viewport: { width: 1400, height: 900 } },
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
      for (const fault of await barriers(page)) check(false, `${name}: ${fault}`);
      if (await page.$(".brief")) await briefed(page, name);
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
  for (const fault of await barriers(dark.page)) check(false, `${name}, dark: ${fault}`);
  const pdf = await dark.page.pdf({ path: join(folder, `${name}.pdf`), format: "A4", preferCSSPageSize: true });
  if (await dark.page.$(".brief")) check(leaves(pdf) <= 4, `${name}: printed on four pages, not ${leaves(pdf)}`);
  for (const line of dark.told) check(false, `${name}, dark: ${line}`);
  await dark.context.close();
}

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
