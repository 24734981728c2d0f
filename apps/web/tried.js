// tried.js - the model's trial by fire: what it foretold of trials that it had not seen,
// beside what was published, in words, as a picture and as a table. The rows are written
// by the build from docs/validation.md.
import { fold, fromEngine, h, say } from "./dom.js";
import { how } from "./state.js";
import { held, rows } from "./validation.js";

const DRAWN = "pfs_median"; // one unit, one picture: months until growth
const DIGITS = 2; // of what was foretold: its range says how little more would mean
const PERCENT = new Set(["orr", "pfs_9mo", "pfs_12mo"]);

export async function tried({ engine, tables }) {
  const [figures, arms, trials] = await Promise.all(["endpoints", "arms", "trials"]
    .map((name) => tables.by(name, "id")));
  const figure = (row) => figures.get(row.id)[0];
  const trial = (row) => trials.get(figure(row).trial)[0].name;
  const arm = (row) => {
    const { name } = arms.get(figure(row).arm)[0];
    return figure(row).line > 1 ? say("web.validation.step", { arm: name, number: figure(row).line }) : name;
  };
  const unit = (row) => (PERCENT.has(row.what) ? "%" : "");
  const digits = (x) => (x === null ? null : Number(x.toPrecision(DIGITS)));
  const band = ([mid, lo, hi], row) => (lo === null && hi === null ? `${mid}${unit(row)}`
    : say("course.band", { mid: `${mid}${unit(row)}`, lo: lo ?? "?", hi: hi ?? say("web.not_reached") }));
  const foretold = (row) => band(row.foretold.map(digits), row);
  const word = (row) => say(row.inside ? "web.validation.in" : "web.validation.out");

  const cells = (row) => [trial(row), arm(row), `${word(row)} ${row.published[0]}`,
    row.published[0], row.published[1] ?? row.published[0], row.published[2] ?? row.published[0],
    ...row.foretold, row.inside ? 1 : 0];
  const picture = await engine.ask("validation", rows.filter((row) => row.what === DRAWN).map(cells), how());

  const miss = (row) => h("li", {}, say("web.validation.miss", { trial: trial(row),
    arm: arm(row), what: say(`web.what.${row.what}`), published: band(row.published, row),
    foretold: foretold(row) }), row.recalled ? ` ${say("facts.unverified")}` : "");

  const heads = ["web.validation.result", "web.validation.published", "web.validation.foretold", "web.validation.held"];
  const table = h("div", { className: "wide", tabIndex: 0, role: "region", ariaLabel: say("web.validation.all") },
    h("table", {}, h("thead", {}, h("tr", {}, heads.map((id) => h("th", { scope: "col" }, say(id))))),
      h("tbody", {}, rows.map((row) => h("tr", { className: row.inside ? "" : "out" },
        h("th", { scope: "row" }, `${trial(row)}, ${arm(row)}: ${say(`web.what.${row.what}`)}`),
        h("td", {}, band(row.published, row) + (row.recalled ? "*" : "")), h("td", {}, foretold(row)),
        h("td", {}, word(row)))))));

  return [h("h2", {}, say("web.validation.tried")),
    h("p", { className: "held" }, say("web.validation.lead",
      { total: rows.length, held, missed: rows.length - held })),
    h("div", { className: "plot" }, fromEngine(picture)),
    h("h3", {}, say("web.validation.misses")),
    h("ul", {}, rows.filter((row) => !row.inside).map(miss)),
    fold(say("web.validation.all"), h("div", {}, table,
      rows.some((row) => row.recalled) ? h("p", { className: "hint" }, `* ${say("facts.unverified")}`) : ""))];
}
