// Pictures of a page for docs/gallery.md: node gallery.mjs PAGE.html FOLDER
import { chromium } from "playwright-core";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [page, folder] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

async function open(options) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(resolve(page)).href);
  await tab.waitForSelector('html[data-ready="yes"]');
  // The contents stay at the top of the window, over what is pictured.
  await tab.addStyleTag({ content: "nav { position: static !important; }" });
  for (const host of await tab.$$(".host")) await host.scrollIntoViewIfNeeded();
  await tab.evaluate(() => window.scrollTo(0, 0));
  return tab;
}

const desk = await open({ viewport: { width: 1160, height: 760 } });
await desk.screenshot({ path: join(folder, "page.png") });
for (const [title, name] of [["Deliveries and gifts", "deliveries"], ["From materials to goods", "materials"], ["What the money buys", "money"]]) {
  const figure = await desk.$(`figure:has(h3:text-is("${title}"))`);
  await figure.screenshot({ path: join(folder, `${name}.png`) });
}
const dark = await open({ viewport: { width: 1160, height: 760 }, colorScheme: "dark" });
await dark.screenshot({ path: join(folder, "dark.png") });
const phone = await open({ viewport: { width: 390, height: 760 } });
await phone.screenshot({ path: join(folder, "phone.png") });
await browser.close();
