// about.js - what the page is, who it is for, how it is kept up; what decision aids owe.
import { h, say } from "./dom.js";

const PARTS = ["condition", "decision", "not", "private", "numbers", "unsure", "update",
  "funding", "sources", "licenses"];
const FACTS = ["options", "effects", "side_effects", "cautions", "approvals", "positions", "rules",
  "trials", "endpoints", "ongoing_trials", "sequencing", "glossary"]; // what the page lists

/** How many facts there are, and when they were held against their sources. */
async function dates(tables) {
  const all = (await Promise.all(FACTS.map((name) => tables.rows(name)))).flat();
  const checked = all.map((row) => row.checked).filter(Boolean).sort();
  return { facts: all.length, unread: all.filter((row) => row.status === "unverified").length,
    oldest: checked[0], newest: checked.at(-1) };
}

export async function about(view, { tables }) {
  const values = { count: (await tables.rows("sources")).length, ...await dates(tables) };
  view.replaceChildren(...PARTS.map((part) => h("section", { className: "about" },
    h("h2", {}, say(`web.about.${part}.title`)), h("p", {}, say(`web.about.${part}`, values)))));
}
