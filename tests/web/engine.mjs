// engine.mjs - the page's module in Node against the native command: the same report,
// the same courses, bit for bit.   usage: node tests/web/engine.mjs build/web build/nen
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [web, nen] = process.argv.slice(2).map((path) => resolve(path));
const { open, style } = await import(pathToFileURL(`${web}/engine.js`));
const engine = open(new WebAssembly.Module(readFileSync(`${web}/engine.wasm`)));
let passed = 0, failed = 0;

function same(name, got, want) {
  if (got === want) {
    passed++;
    return;
  }
  failed++;
  let at = 0;
  while (got[at] === want[at]) at++;
  console.log(`FAIL module: ${name}, at ${at}: ...${got.slice(at, at + 80)}`);
  console.log(`  the command has: ...${want.slice(at, at + 80)}`);
}

const run = (...args) => execFileSync(nen, args, { encoding: "utf8" });
const cases = ["midgut-liver", "appiah", "bailey-2020", "lucandri-2022", "morishita-2022"];
for (const name of cases) {
  const path = `examples/${name}.json`;
  engine.read(readFileSync(path, "utf8"));
  same(`${name}, report`, engine.write("json", style()), run("report", "--json", "--no-course", path));
  same(`${name}, page`, engine.write("page", style()), run("report", "--html", "-", "--no-course", path));
  same(`${name}, board`, engine.write("text", style({ board: true })),
    run("report", "--for", "board", "--no-course", path));
}

// How it may go: the usual plans, followed until enough people are like the case.
for (const name of cases) {
  const path = `examples/${name}.json`, text = readFileSync(path, "utf8");
  engine.read(text);
  let summed = "";
  for (let patients = 0; summed !== "done" && summed !== "gone"; ) {
    const usual = engine.usual(text, true, patients);
    for (let plan = 0; plan < usual.plans; plan++)
      engine.put(1, plan, 0, engine.count(1, plan, 0, usual.draws));
    summed = engine.sumUsual();
    patients = 2 * usual.patients;
  }
  same(`${name}, report with its course`, engine.write("json", style()), run("report", "--json", path));
  same(`${name}, page with its course`, engine.write("page", style()), run("report", "--html", "-", path));
  same(`${name}, board with its course`, engine.write("text", style({ board: true })),
    run("report", "--for", "board", path));
}
// The module of another language: the same words as the command, the same lives.
const { LANGUAGES } = await import(pathToFileURL(`${web}/client.js`));
same("each complete language has its module", String(LANGUAGES), String(engine.facts("languages")
  .filter((row) => row.complete === "yes").map((row) => row.lang)));
for (const [lang, code] of [...LANGUAGES.entries()].slice(1)) {
  const own = open(new WebAssembly.Module(readFileSync(`${web}/engine.${code}.wasm`)));
  for (const name of cases) {
    const path = `examples/${name}.json`, text = readFileSync(path, "utf8");
    own.read(text);
    for (const board of [false, true])
      same(`${name}, ${code}, ${board ? "board" : "patient"}`, own.write("page", style({ board, lang })),
        run("report", "--html", "-", "--no-course", "--lang", code, ...board ? ["--for", "board"] : [], path));
  }
  const text = readFileSync("examples/midgut-liver.json", "utf8"), plans = ["lanreotide,everolimus"];
  const lives = [engine, own].map((one) => {
    one.read(text);
    one.plans(plans, { patients: 200, draws: 4, months: 120 });
    return String(one.count(0, 0, 0, 4));
  });
  same(`lives, ${code}`, lives[1], lives[0]);
}

const other = readFileSync("examples/appiah.json", "utf8");
engine.read(other);
engine.usual(other, true);
engine.read(readFileSync("examples/midgut-liver.json", "utf8"));
same("a course of another case is not taken over", engine.sumUsual(), "gone");
same("nor begun", String(engine.usual(other, true)), "null");

const path = "examples/midgut-liver.json";
const plans = ["lanreotide,everolimus", "lutetium_dotatate*4,everolimus"];
const flags = plans.flatMap((plan) => ["--plan", plan]);
const setting = { patients: 2000, draws: 256, months: 120 };
engine.read(readFileSync(path, "utf8"));
same("plans are read", String(engine.plans(plans, setting)), "null");
plans.forEach((_, plan) => engine.put(0, plan, 0, engine.count(0, plan, 0, setting.draws)));
same("people are like the case", String(engine.sum()), "true");
same("courses", engine.course("json", style()), run("compare", "--json", ...flags, path));
same("courses as CSV", engine.course("csv", style()), run("compare", "--csv", ...flags, path));
for (const plot of ["survival", "icons", "difference", "swimmer"]) {
  run("compare", ...flags, "--svg", "build/test/plot.svg", "--svg-plot", plot, path);
  same(`plot ${plot}`, engine.course("svg", style(), plot),
    readFileSync("build/test/plot.svg", "utf8"));
}

// The module leaves out tables that no view lists; none may be missing that is read.
const sources = ["core", "format", "apps/web"].flatMap((folder) => readdirSync(folder)
  .filter((name) => name.endsWith(".c") && name !== "facts_topics.c") // of the command alone
  .map((name) => readFileSync(`${folder}/${name}`, "utf8")));
const read = new Set(sources.flatMap((text) =>
  [...text.matchAll(/(?:table_find|table_named|table_of|name_of|table)\("(\w+)"/g)].map(([, name]) => name)));
same("tables that the module reads", String(read.size > 10), "true");
for (const name of read)
  same(`table ${name}`, String(engine.facts(name).length), String(JSON.parse(run("facts", "--json", name)).rows.length));

// What the page shows of the model's trial by fire is what the report says and the tables hold.
const { held, rows } = await import(pathToFileURL(`${web}/validation.js`));
const summary = /(\d+) of (\d+) \(\d+ %\)/.exec(readFileSync("docs/validation.md", "utf8"));
same("intervals that held", `${held} of ${rows.length}`, `${summary[1]} of ${summary[2]}`);
const published = new Map(engine.facts("endpoints").map((row) => [row.id, row]));
const numbers = (x) => x.map((cell) => (Number.isNaN(Number(cell ?? NaN)) ? null : Number(cell)));
for (const row of rows) {
  const { value, lo, hi } = published.get(row.id) ?? {};
  const [mid, ...ends] = row.published;
  const [v, l, h] = numbers([value, lo, hi]).map((x) => (x === null ? x : Number(x.toPrecision(3))));
  same(`${row.id} as published`, String(mid), String(v));
  if (ends[0] !== null || ends[1] !== null) same(`${row.id}, its interval`, String(ends), String([l, h]));
}
const drawn = engine.validation(rows.slice(0, 3).map((row) => ["t", "a", "in", row.published[0],
  row.published[0], row.published[0], ...row.foretold, row.inside ? 1 : 0]), style());
same("its picture", String(/^<svg[^]*<\/svg>\s*$/.test(drawn)), "true");
same("a broken case is refused", engine.read('{"ki67_pct":130}').field, "ki67_pct");
same("a broken plan is refused", engine.plans(["aspirin"], setting).code, "word");
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
