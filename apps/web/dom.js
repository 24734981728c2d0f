// dom.js - small words for making elements, and the texts of the page by language.

let texts = {};

export function speak(all) {
  texts = all;
}

/** A text of knowledge/texts.tsv with its {values} filled in. */
export function say(id, values = {}) {
  const text = texts[id] ?? "";
  return text
    .replace(/\[\[(.*?)\]\]/g, (_, part) =>
      /\{(\w+)\}/g.test(part) && [...part.matchAll(/\{(\w+)\}/g)].some(([, n]) => !values[n])
        ? "" : part)
    .replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "")
    .replaceAll("**", "");
}

export const has = (id) => id in texts;

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !(element instanceof SVGElement) && name !== "list"
      && name !== "form") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** h("p", {className: "note"}, "words", element ...) */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Elements of HTML that the engine wrote; it escapes what came from the case. */
export function fromEngine(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

export function button(text, onclick, className = "") {
  return h("button", { type: "button", className, onclick }, text);
}

export function fold(summary, content, className = "more") {
  return h("details", { className }, h("summary", {}, summary), content);
}

/** Told to those who hear the page. */
export function announce(text) {
  document.getElementById("said").textContent = text;
}

/** Says again all fixed words, after the language changed. */
export function sayFixed(root = document) {
  for (const element of root.querySelectorAll("[data-say]"))
    element.textContent = say(element.dataset.say);
  for (const element of root.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", say(element.dataset.label));
}
