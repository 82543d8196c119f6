// Pictures of pages for docs/gallery.md: node gallery.mjs PAGES FOLDER
import { chromium } from "playwright-core";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pages, folder] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

async function open(page, options) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(resolve(pages, page)).href);
  await tab.waitForSelector('html[data-ready="yes"]');
  // The contents stay at the top of the window, over what is pictured.
  await tab.addStyleTag({ content: "nav { position: static !important; }" });
  for (const host of await tab.$$(".host")) await host.scrollIntoViewIfNeeded();
  await tab.evaluate(() => window.scrollTo(0, 0));
  return tab;
}

const wide = { viewport: { width: 1160, height: 760 } };
const narrow = { viewport: { width: 390, height: 760 } };

/** A figure of a page, by its heading. */
async function figure(tab, title, name) {
  const found = await tab.$(`figure:has(h3:text-is("${title}"))`);
  await found.screenshot({ path: join(folder, `${name}.png`) });
}

const desk = await open("europe.html", wide);
await desk.screenshot({ path: join(folder, "page.png") });
await figure(desk, "Deliveries and gifts", "deliveries");
await figure(desk, "From materials to goods", "materials");
await figure(desk, "What the money buys", "money");
const dark = await open("europe.html", { ...wide, colorScheme: "dark" });
await dark.screenshot({ path: join(folder, "dark.png") });
const phone = await open("europe.html", narrow);
await phone.screenshot({ path: join(folder, "phone.png") });

const causes = await open("europe-bottleneck.html", wide);
await figure(causes, "From the missing units to what binds", "causes");
const frontier = await open("europe-frontier.html", wide);
await figure(frontier, "What money buys", "frontier");
const comparison = await open("europe-compare.html", wide);
await figure(comparison, "Coverage by requirement and scenario", "comparison");
const draws = await open("europe-monte_carlo.html", wide);
await figure(draws, "Coverage by year over the samples", "bands");
const small = await open("europe-frontier.html", narrow);
await small.screenshot({ path: join(folder, "frontier-phone.png") });
await browser.close();
