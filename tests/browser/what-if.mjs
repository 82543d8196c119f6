// Opens the page of scripts/web in a real browser and uses it as a person would; what it answers is compared with the native library.
//
//     node what-if.mjs FOLDER PAGE.html ASK      screenshots go to FOLDER; ASK answers requests natively
import { chromium } from "playwright-core";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, path, native] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const file = resolve(path);

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

/** The page, telling of errors and of every request that is not for the file itself. */
async function open(options, hash = "", path = file) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(180000);
  const told = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) told.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => told.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith("blob:") && !address.startsWith("data:") && address.split("#")[0] !== pathToFileURL(resolve(path)).href) told.push(`request: ${address}`);
  });
  const before = Date.now();
  await page.goto(pathToFileURL(resolve(path)).href + hash);
  await page.waitForSelector('html[data-ready="yes"]');
  return { page, told, context, ready: (Date.now() - before) / 1000, before };
}

const engineReady = (page) => page.waitForFunction(() => document.documentElement.dataset.engine === "yes" && !document.documentElement.dataset.busy);
const idle = (page) => page.waitForFunction(() => !document.documentElement.dataset.busy);
const shown = (page) => page.evaluate(() => window.sinews.state.shown.answer);
const label = (page) => page.evaluate(() => window.sinews.state.shown.label);

/** Set the exact number beside a slider. */
async function put(page, id, value) {
  const box = page.locator(`[data-lever=${JSON.stringify(id)}]`).first();
  await box.evaluate((node) => { for (let at = node.closest("details"); at; at = at.parentElement.closest("details")) at.open = true; });
  await box.locator('input[type="number"]').fill(String(value));
  await box.locator('input[type="number"]').press("Tab");
}

async function work(page) {
  const tries = await page.evaluate(() => window.sinews.state.tries.length);
  const before = Date.now();
  await page.click("#solve");
  await page.waitForFunction((n) => window.sinews.state.tries.length > n, tries);
  const took = (Date.now() - before) / 1000;
  // The same assumptions without the actions may be worked out behind it.
  await page.waitForTimeout(50);
  await idle(page);
  return took;
}

/** What differs in two answers by more than 1e-9 of its size, by where it stands. */
function differences(a, b, at = "") {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)) ? [] : [`${at}: ${a}, not ${b}`];
  if (a && b && typeof a === "object" && typeof b === "object") {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !["gap", "violation"].includes(key));
    return keys.flatMap((key) => differences(a[key], b[key], `${at}.${key}`));
  }
  return a === b ? [] : [`${at}: ${a}, not ${b}`];
}

// ---- opening

const desk = await open({ viewport: { width: 1400, height: 1000 } });
const { page, told } = desk;
console.log(`first plan after ${desk.ready} s, ${(statSync(file).size / 1e6).toFixed(2)} MB`);
check(statSync(file).size < 4e6, "less than 4 MB");
check((await page.$$("#brief dd p")).length > 5 && (await page.textContent("#brief")).includes("would bring"), "the brief says at once what helps");
check((await page.$$("#coverage tbody tr[data-requirement]")).length > 20, "coverage is drawn at once");
check((await page.textContent("#foot")).includes("engine"), "the page says its version");
await engineReady(page);
console.log(`engine ready after ${(Date.now() - desk.before) / 1000} s`);
const record = await page.evaluate(() => { const { texts, main } = window.sinews.state.record; return { texts, main }; });
await page.screenshot({ path: join(folder, "desktop.png") });
await page.screenshot({ path: join(folder, "desktop-whole.png"), fullPage: true });

// ---- changes, solved here and natively

const asked = [];
async function compared(what) {
  const took = await work(page);
  const changes = await page.evaluate(() => window.sinews.state.shown.changes);
  asked.push({ what, changes, answer: await shown(page), took });
  console.log(`${what}: ${took} s`);
}
const first = await shown(page);
await put(page, "money", 60);
check(await page.locator('[data-lever="money"]').evaluate((node) => node.classList.contains("changed")), "a changed figure is marked");
await compared("two fifths less money");
check((await shown(page)).cost < first.cost && (await shown(page)).coverage < first.coverage, "less money buys less");
check((await page.textContent("#tiers")).includes("before"), "before stands beside now");
check(decodeURIComponent(page.url()).includes('"money":0.6'), "the address holds the changes");
const link = new URL(page.url()).hash;
await page.screenshot({ path: join(folder, "changed.png"), fullPage: true });
await page.selectOption("#scenario", "likely");
await put(page, "requirement.ua-*.quantity", 90);
await compared("what is likely, fewer needs");
check((await page.$$("#lines .legend li")).length === 3, "three lines: of record, under the assumptions, with the actions");
await page.locator("#lines").screenshot({ path: join(folder, "lines.png") });
await page.click("#moved-start");
await page.waitForSelector("#moved-result tbody tr");
check((await page.textContent("#moved-result")).includes("figures of the model are not as in the plan of record"), "what the changes moved");
await page.click("#reset");
check((await page.textContent("#changes")).includes("None"), "one click undoes all");
await page.fill("#search", "friction delay");
await page.waitForSelector('.results [data-lever="friction.delay"]');
await page.fill("#search", "discount");
const discount = page.locator('.results [data-lever="macro.discount"]');
await discount.locator('input[type="number"]').fill("0.06");
await discount.locator('input[type="number"]').press("Tab");
await compared("another discount rate");
await page.click("#reset");
await put(page, "wait", 2);
await put(page, "weight 1", 2);
await compared("half a year lost, the first tier twice as weighty");
check((await page.textContent("#changes")).includes("All decisions 6 months later") && (await page.textContent("#changes")).includes("Weight of tier 1: 2"), "changes in words");
check((await page.textContent("#warnings")).includes("Nothing is signed for 6 months"), "a warning with what mends it");

const requests = [{ ask: "open", ...record }, { ask: "solve", changes: {} }, { ask: "brief", solves: 4 }, ...asked.map(({ changes }) => ({ ask: "solve", changes }))];
const began = Date.now();
const run = spawnSync(resolve(native), { input: requests.map((one) => JSON.stringify(one)).join("\n"), maxBuffer: 1 << 28, encoding: "utf8" });
console.log(`natively ${((Date.now() - began) / 1000 / requests.length).toFixed(2)} s a request`);
const [, base, brief, ...answers] = run.stdout.trim().split("\n").map((line) => JSON.parse(line));
const differs = (what, found) => {
  check(found.length === 0, `${what}: the page says what the library says: ${found.slice(0, 5).join("; ")} (${found.length})`);
};
differs("the plan of record", differences(first, { ...base.ok, ...brief.ok }));
asked.forEach(({ what, answer }, n) => differs(what, differences(answer, answers[n].ok)));
check(answers[0].ok.limits.some((limit) => limit.prices.some((price) => price > 0)), "there are prices to compare");

// ---- tries, tables, files

await page.click("#tries .try >> nth=1");
check((await shown(page)).coverage === asked[0].answer.coverage, "a past try comes back");
check((await page.textContent("#changes")).includes("60"), "and its changes with it");
await page.click("#tables-start");
await page.waitForSelector("#tables button");
const [table] = await Promise.all([page.waitForEvent("download"), page.click("#tables button >> nth=0")]);
check(readFileSync(await table.path(), "utf8").split("\n").length > 3, "a table as CSV");
const [saved] = await Promise.all([page.waitForEvent("download"), page.click("#save-model")]);
const text = readFileSync(await saved.path(), "utf8");
const library = (texts, ...requests) => spawnSync(resolve(native), { input: [{ ask: "open", texts, main: record.main }, ...requests].map((one) => JSON.stringify(one)).join("\n"), maxBuffer: 1 << 28, encoding: "utf8" }).stdout.trim().split("\n").map((line) => JSON.parse(line));
const [, kept] = library({ ...record.texts, [record.main]: text }, { ask: "solve", changes: { scenario: "what_if" } });
const apart = Math.abs((kept.ok?.value ?? 0) / asked[0].answer.value - 1);
check(apart < 1e-7, `the saved model is the changed one: ${apart} apart, ${JSON.stringify(kept).slice(0, 300)}`);

const [joined] = await Promise.all([page.waitForEvent("download"), page.click("#save-joined")]);
const whole = readFileSync(await joined.path(), "utf8");
check(!whole.includes("include =") && whole.includes("[scenario.what_if]"), "the model as one file");
check(library({ ...record.texts, [record.main]: whole })[0].ok, "which the library reads");
const [book] = await Promise.all([page.waitForEvent("download"), page.click("#save-workbook")]);
await book.saveAs(join(folder, "answer.xlsx"));
const packed = readFileSync(join(folder, "answer.xlsx"));
check(packed.subarray(0, 2).toString() === "PK" && packed.includes("xl/worksheets/sheet1.xml"), "a workbook");
await page.click("#tries li:nth-child(2) button.beside >> text=name it");
await page.fill(".rename", "Less money");
await page.press(".rename", "Enter");
check((await page.textContent("#tries")).includes("2. Less money"), "a try has a name");
const [copy] = await Promise.all([page.waitForEvent("download"), page.click("#save-page")]);
await copy.saveAs(join(folder, "copy.html"));
const again = await open({ viewport: { width: 1400, height: 1000 } }, "", join(folder, "copy.html"));
check((await again.page.textContent("#tries")).includes("2. Less money"), "a saved page has the tries");
await engineReady(again.page);
differs("a saved page", differences(await shown(again.page), asked[0].answer));
for (const line of again.told) check(false, `saved page: ${line}`);
await again.context.close();

// ---- cancel, and again

await page.click("#frontier-start");
await page.waitForSelector("#cancel");
await page.waitForTimeout(1500);
await page.click("#cancel");
await idle(page);
check((await page.textContent("#status")).includes("Cancelled"), "cancel ends what is going on");
await page.fill("#search", "");
await put(page, "supplier.us-*.rate", 50);
await work(page);
check((await label(page)).includes("American supplies: 50 %"), "and the next plan is found");

// ---- ten plans in a row

const sizes = [];
for (let n = 0; n < 10; n += 1) {
  await put(page, "money", 91 + n);
  await work(page);
  sizes.push(await page.evaluate(() => window.sinews.engine.memory));
}
console.log(`memory of the engine, MB: ${sizes.map((size) => Math.round(size / 2 ** 20)).join(" ")}`);
check(sizes[9] <= 1.1 * sizes[2], "ten plans take no more memory than three");

// ---- the frontier, a sweep, the next lever: each point is a plan

await page.click("#tries .try >> nth=0");
let before = Date.now();
await page.click("#frontier-start");
await page.waitForSelector("#frontier-result svg");
console.log(`frontier: first line after ${(Date.now() - before) / 1000} s`);
await page.waitForFunction(() => document.querySelectorAll("#frontier-result tbody tr").length === 5);
await idle(page);
console.log(`frontier: five plans after ${(Date.now() - before) / 1000} s`);
const points = await page.evaluate(() => window.sinews.state.shown.frontier.map(({ factor, plan }) => ({ factor, value: plan.answer.value })));
const bends = points.slice(1, -1).map((point, n) => points[n].value + points[n + 2].value - 2 * point.value);
check(points.every((point, n) => n === 0 || point.value <= points[n - 1].value * (1 + 1e-6)) && bends.every((bend) => bend >= -1e-5 * points[0].value), `more money is never worse, and buys less and less: ${bends}`);
await page.locator("#frontier").screenshot({ path: join(folder, "frontier.png") });
before = Date.now();
await page.click("#next-start");
await page.waitForFunction(() => window.sinews.state.shown.next?.filter(({ plan }) => plan).length === 3 && !document.documentElement.dataset.busy);
console.log(`next lever: ${(Date.now() - before) / 1000} s`);
const best = await page.evaluate(() => { const { next, answer } = window.sinews.state.shown; return next.filter(({ plan }) => plan).map(({ name, worth, plan }) => ({ name, worth, gain: answer.value - plan.answer.value })); });
check(best.every(({ gain }) => gain > 0), `what prices praise betters the plan: ${JSON.stringify(best)}`);
await page.locator("#next").screenshot({ path: join(folder, "next.png") });
before = Date.now();
await page.click("#sweep-start");
await page.waitForFunction(() => document.querySelectorAll("#sweep-result .cell").length === 9);
await idle(page);
console.log(`sweep, three by three: ${(Date.now() - before) / 1000} s`);
await page.locator("#sweep").screenshot({ path: join(folder, "sweep.png") });
await page.click("#sweep-result .cell >> nth=0");
check((await page.textContent("#changes")).includes("75"), "a cell opens its plan");
await page.click("#tries .try >> nth=0");
await page.click("#frontier-result tbody .link >> nth=4");
check((await page.textContent("#changes")).includes("Money of all funds from 2027 on: 150"), "a point of the frontier opens its plan");

// ---- the text

await page.click("#text summary");
const area = page.locator("#area");
const written = await area.inputValue();
await area.fill(written.replace("kind =", "knid =").replace("shortfall_value = 5", "shortfall_value = -5"));
await page.click("#check");
await page.waitForSelector("#faults pre");
const faults = await page.textContent("#faults");
check(faults.includes("models/europe.toml:") && faults.includes("knid") && (await page.$$("#faults .jump")).length > 1, "a broken model shows its faults at their lines");
await page.locator("#text").screenshot({ path: join(folder, "faults.png") });
await page.click("#faults .jump >> nth=0");
check(await page.evaluate(() => document.activeElement.id === "area" && document.activeElement.selectionEnd > document.activeElement.selectionStart), "a fault leads to its line");
const shells = readFileSync("models/shells.toml", "utf8");
const drop = (name, content) => page.evaluate(([name, content]) => {
  const data = new DataTransfer();
  data.items.add(new File([content], name));
  document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}, [name, content]);
await page.evaluate(() => { window.sinews.state.edits = {}; });
await drop("shells.toml", shells);
await page.waitForFunction(() => document.getElementById("title").textContent === "Shells" && !document.documentElement.dataset.busy);
check((await shown(page)).requirements.length === 2, "a dropped model is opened and solved");
await drop("evil.toml", '[model]\nname = "<img src=x onerror=alert(1)>"\ninclude = ["/etc/passwd"]\n');
await page.waitForSelector("#faults pre");
check((await page.textContent("#faults")).includes("cannot read `/etc/passwd`"), "a dropped model reaches no file");
await drop("markup.toml", shells.replace('name = "Shells"', 'name = "<img src=x onerror=alert(1)>"'));
await page.waitForFunction(() => document.getElementById("title").textContent.startsWith("<img") && !document.documentElement.dataset.busy);
check((await page.$$("img")).length === 0, "a name is no markup");
for (const line of told) check(false, line);
await desk.context.close();

// ---- a link, the phone, the dark, print

const linked = await open({ viewport: { width: 1400, height: 1000 }, colorScheme: "dark" }, link);
await linked.page.waitForFunction(() => window.sinews?.state.tries.length > 1 && !document.documentElement.dataset.busy);
differs("a link", differences(await shown(linked.page), asked[0].answer));
await linked.page.screenshot({ path: join(folder, "dark.png") });
await linked.page.emulateMedia({ media: "print" });
await linked.page.pdf({ path: join(folder, "print.pdf"), format: "A4" });
for (const line of linked.told) check(false, `link: ${line}`);
await linked.context.close();

const phone = await open({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
await engineReady(phone.page);
const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
check(wide <= 0, `on a phone the page is ${wide} pixels wider than the window`);
await phone.page.screenshot({ path: join(folder, "phone.png"), fullPage: true });
const nameless = await phone.page.evaluate(() => [...document.querySelectorAll("input, select, textarea, button")].filter((node) => !(node.getAttribute("aria-label") || node.textContent.trim() || document.querySelector(`label[for="${node.id}"]`))).length);
check(nameless === 0, `${nameless} controls without a name`);
for (const line of phone.told) check(false, `phone: ${line}`);
await phone.context.close();

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
