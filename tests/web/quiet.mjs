// quiet.mjs - after the page has said that it is ready it asks the network for nothing,
// whatever one does; and its policy allows no more than it needs.
import { readFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { once } from "node:events";
import { visit } from "./browser.mjs";

/** Stands between browser and server and counts: what a worker, the service worker or
 *  the browser by itself asks for is seen, too. */
async function counting(target) {
  const paths = [];
  const { port } = new URL(target);
  const between = createServer((from, to) => {
    paths.push(from.url);
    ask({ port, path: from.url, method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode, answer.headers);
      answer.pipe(to);
    }).end();
  }).listen(0, "127.0.0.1");
  await once(between, "listening");
  return { url: `http://127.0.0.1:${between.address().port}/`, paths, stop: () => between.close() };
}

/** All that one can do, by name. */
function deeds(page, text) {
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  const saved = async (name) =>
    Promise.all([page.waitForEvent("download"), press(name)]);
  const paper = async (name, sheet) => {
    await press(name);
    await page.waitForSelector(`.sheet.${sheet}`, { state: "attached" });
    await page.emulateMedia({ media: "print" });
    await page.pdf({ preferCSSPageSize: true, printBackground: true });
    await page.emulateMedia({ media: null });
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  };
  return {
    entering: async () => {
      await page.locator(".place", { hasText: /^Pancreas$/ }).click();
      await press("Next");
      await page.getByLabel("in far parts of the body").check();
      await press("Next");
      await page.getByLabel("grade 2: medium").check();
      await press("Next");
    },
    comparing: async () => {
      await press("Compare");
      await page.waitForSelector(".verdict", { timeout: 60000 });
      for (const view of ["Of 100 people", "Difference", "Table", "Words"]) await press(view);
    },
    saving: async () => {
      for (const name of ["Save as a file", "As a page", "As JSON", "Figures as CSV",
        "Curves as SVG", "All as JSON"]) await saved(name);
    },
    printing: async () => {
      await paper("Sheet for your visit", "visit");
      await paper("Sheet for the board", "board");
    },
    "opening a file": async () => {
      await page.locator("#files input[type=file]").setInputFiles(
        { name: "case.json", mimeType: "application/json", buffer: Buffer.from(text) });
      await page.waitForFunction(() => document.querySelector(".glance").textContent.includes("IV"));
      await press("Copy a link");
    },
    "changing the voice": async () => {
      await press("Tumor board");
      await page.waitForSelector("#answer.board");
      await press("For me");
      await page.waitForSelector("#answer.patient");
    },
    reading: async () => {
      for (const shelf of ["approvals", "treatments", "trials", "glossary", "sources", "model"]) {
        await page.evaluate((name) => { location.hash = `#library/${name}`; }, shelf);
        await page.waitForSelector(`.tab[href$=${shelf}][aria-current]`);
      }
      await page.getByRole("link", { name: "About" }).click();
      await page.waitForSelector(".about");
    },
  };
}

export async function quiet(browser, server, check, text) {
  const between = await counting(server.url);
  const { page, context, requests } = await visit(browser, between.url,
    { permissions: ["clipboard-read", "clipboard-write"] });
  check("the page was fetched through the counter", between.paths.length > 10);
  for (const [name, go] of Object.entries(deeds(page, text))) {
    const [before, seen] = [between.paths.length, requests.length];
    await go();
    await page.waitForTimeout(50);
    check(`nothing is asked of the network while ${name}`, between.paths.length === before,
      between.paths.slice(before).join(" "));
    check(`nor of anyone else while ${name}`, requests.length === seen,
      requests.slice(seen).join(" "));
  }
  await context.close();
  between.stop();
}

const words = (policy) => Object.fromEntries(policy.split(";").map((part) => part.trim().split(/\s+/))
  .map(([name, ...values]) => [name, values.join(" ")]));

export async function policy(browser, server, check) {
  const { page, context } = await visit(browser, server.url);
  const response = await page.request.get(server.url);
  const sent = words(response.headers()["content-security-policy"]);
  const own = words(await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content"));
  const { "frame-ancestors": framed, ...rest } = sent; // a meta element cannot say that one
  check("the policy stands in the page as the server sends it",
    JSON.stringify(rest) === JSON.stringify(own) && framed === "'none'", JSON.stringify(sent));
  check("scripts: its own, and WebAssembly", own["script-src"] === "'self' 'wasm-unsafe-eval'");
  check("all else is refused unless named", own["default-src"] === "'none'");
  check("nothing unsafe is allowed", !/unsafe-inline|'unsafe-eval'|\*|https?:/.test(JSON.stringify(sent)));
  // In a timer: what the driver itself evaluates is excused from the policy.
  const tried = await page.evaluate(() => new Promise((done) => {
    setTimeout(() => {
      const out = {};
      try { out.eval = (0, eval)("1"); } catch (error) { out.eval = error.name; }
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      out.inline = window.ran ?? "refused";
      done(out);
    });
  }));
  check("eval is refused", tried.eval === "EvalError", String(tried.eval));
  check("a script in the page is refused", tried.inline === "refused");
  const blocked = await page.evaluate(() => new Promise((done) => {
    document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
    fetch("http://localhost:9/").catch(() => {});
    setTimeout(() => done("nothing"), 2000);
  }));
  check("a request to another origin is refused by the policy", blocked === "connect-src", blocked);
  await context.close();
}
