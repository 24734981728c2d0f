// browser.mjs - Debian's Chromium on a served page, and what its tests share.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const PHONE = { width: 390, height: 844 };
export const SMALL = { width: 320, height: 640 };
export const DESKTOP = { width: 1280, height: 900 };

/** Serves a folder; resolves to its address and a way to stop. */
export async function serve(folder) {
  const server = spawn("python3", ["apps/web/serve.py", folder, "0"],
    { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(server.stdout, "data");
  return { url: String(line).trim(), stop: () => server.kill() };
}

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
}

/** A new visitor: nothing kept from the one before. */
export async function visit(browser, url, { size = DESKTOP, ...options } = {}) {
  const context = await browser.newContext({ viewport: size, locale: "en-US", ...options });
  const requests = [];
  context.on("request", (request) => requests.push(request.url()));
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(url);
  await page.waitForSelector("html[data-ready]", { timeout: 20000 });
  return { context, page, requests, problems };
}

/** Violations of WCAG 2.2 AA as axe sees them, each with its first element. */
export async function violations(page) {
  await page.evaluate(`${axe};0`);
  const found = await page.evaluate(async () => (await window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  })).violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)} (${v.nodes.length})`));
  return found;
}
