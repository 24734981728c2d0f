// lighthouse.mjs - the page as Lighthouse sees it, on a phone as it imagines one:
// accessibility and best practices as tests, performance as a figure of `make bench`.
// usage: node tests/lighthouse/lighthouse.mjs FOLDER [--speed]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";

const [folder, wish] = process.argv.slice(2);
const LEAST = 95; // of 100
const coded = Buffer.from(readFileSync("examples/midgut-liver.json")).toString("base64url");
const VIEWS = { start: "", "a case": `#case=${coded}`, trials: "#library/trials", model: "#library/model", about: "#about" };
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--remote-debugging-port=0"];

/** What a program says, up to a match; it may go on speaking. */
function said(stream, pattern) {
  let all = "";
  return new Promise((done, fail) => {
    stream.on("data", (part) => {
      all += part;
      const match = pattern.exec(all);
      if (match) done(match[1]);
    });
    stream.on("end", () => fail(new Error(`ended without ${pattern}: ${all.slice(-300)}`)));
  });
}

/** What costs a category its points. */
function lost(lhr, category) {
  return category.auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null
    && lhr.audits[id].score < 1).map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim());
}

/** What it found; once more when a busy machine gave it nothing to see. */
async function look(address) {
  const wanted = { port, logLevel: "silent", output: "json",
    onlyCategories: speed ? ["performance"] : ["accessibility", "best-practices"] };
  const { lhr } = await lighthouse(address, wanted);
  const blind = Object.values(lhr.categories).some(({ score }) => score === null);
  return blind ? (await lighthouse(address, wanted)).lhr : lhr;
}

const speed = wish === "--speed";
const server = spawn("python3", ["apps/web/serve.py", folder, "0"], { stdio: ["ignore", "pipe", "inherit"] });
const url = await said(server.stdout, /(http:\S+)\n/);
const profile = mkdtempSync(join(tmpdir(), "nen-lighthouse-"));
const browser = spawn("/usr/bin/chromium", [...FLAGS, `--user-data-dir=${profile}`], { stdio: ["ignore", "ignore", "pipe"] });
const port = Number(await said(browser.stderr, /ws:\/\/127\.0\.0\.1:(\d+)\D/));

let passed = 0, failed = 0;
for (const [name, fragment] of Object.entries(speed ? { start: "" } : VIEWS)) {
  const lhr = await look(url + fragment);
  for (const category of Object.values(lhr.categories)) {
    const score = Math.round(100 * category.score);
    const good = score >= LEAST && !lhr.runtimeError;
    if (good) passed++;
    else failed++;
    if (speed) console.log(`Lighthouse, performance: ${score} of 100 (aim ${LEAST}) ${lost(lhr, category).join("; ")}`);
    else if (!good) console.log(`FAIL lighthouse: ${name}, ${category.id} ${score}: ${lost(lhr, category).join("; ")} ${lhr.runtimeError?.message ?? ""}`);
  }
}
browser.kill();
server.kill();
await once(browser, "exit");
rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
if (!speed) console.log(`${passed} passed, ${failed} failed`);
process.exit(failed && !speed ? 1 : 0);
