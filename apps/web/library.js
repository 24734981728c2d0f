// library.js - the knowledge browser: approvals, treatments, trials, words, sources.
import { h, say } from "./dom.js";

export function librarian() {
  return { async show(view) { view.replaceChildren(h("p", {}, say("web.loading"))); } };
}
