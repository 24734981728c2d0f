// about.js - what the page is, who it is for, how it is kept up; what decision aids owe.
import { h, say } from "./dom.js";

const PARTS = ["condition", "decision", "not", "private", "numbers", "unsure", "update",
  "funding", "sources", "licenses"];

export async function about(view, { tables }) {
  const sources = await tables.rows("sources");
  view.replaceChildren(...PARTS.map((part) => h("section", { className: "about" },
    h("h2", {}, say(`web.about.${part}.title`)),
    h("p", {}, say(`web.about.${part}`, { count: sources.length })))));
}
