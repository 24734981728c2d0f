// answer.js - what the engine says of the case: its own words and pictures, put in the
// order of the page, with what is asked for less often folded away.
import { fold, fromEngine, h, say } from "./dom.js";
import { state } from "./state.js";

const PATIENT = ["where", "stage", "grade", "options", "course", "orders", "visit"];
const PATIENT_FOLDED = ["hormones", "sure", "missing", "words", "sources", "go.life_title"];
const COURSE = ["course", "go.title_board", "go.life_title"];
const EFFECTS = ["hormones", "growth", "size"];
const LEVEL = { yes: 2, some: 1, slows: 2, holds: 1, often: 2, sometimes: 1, rarely: 1, no: 0 };
const STEPS = 2;

/** Sections of the engine's page by what they are about. */
function parts(html) {
  const all = fromEngine(html);
  const by = new Map();
  for (const part of all.querySelectorAll("section[data-about], details[data-about]"))
    if (!by.has(part.dataset.about)) by.set(part.dataset.about, part);
  const places = by.get("sources.places_title");
  return { all, by, places, warnings: [...all.querySelectorAll(":scope > p.warn")] };
}

/** Plots of these sections stand beside those of the comparison: ids of their own. */
function apart(by) {
  for (const node of COURSE.flatMap((about) => [...by.get(about)?.querySelectorAll("svg, svg *") ?? []])) {
    for (const name of ["id", "aria-labelledby", "aria-describedby"])
      if (node.hasAttribute(name)) node.setAttribute(name, `usual-${node.getAttribute(name)}`);
  }
}

/** A table may be wider than a phone: then it is moved, not the page. */
function roomy(all) {
  for (const table of all.querySelectorAll("table")) {
    const box = h("div", { className: "wide", tabIndex: 0, role: "region" });
    box.setAttribute("aria-label", table.closest("section, details")?.querySelector("h2")?.textContent
      ?? say("web.view.table"));
    table.replaceWith(box);
    box.append(table);
  }
}

/** Until it has been worked out: where it will stand. */
function coming() {
  const section = h("section", {}, h("h2", {}, say(state.board ? "go.title_board" : "course.title")),
    h("p", { className: "quiet" }, say("web.going")));
  section.dataset.about = state.board ? "go.title_board" : "course";
  return section;
}

function folded(section) {
  if (section.tagName === "DETAILS") return section;
  const title = section.querySelector("h2");
  const box = h("details", { className: "aside" }, h("summary", {}, title));
  box.dataset.about = section.dataset.about;
  box.append(...section.childNodes);
  return box;
}

// ---- an option ----

function effectWord(option, row, effect) {
  if (effect === "hormones") return option.effect.hormones;
  return (effect === "growth" ? row.growth : row.shrink) ?? "unknown";
}

/** Hormones, growth and size at a glance: three short bars with a word each. */
function strip(option, row) {
  const words = EFFECTS.map((effect) => effectWord(option, row, effect));
  if (words.every((word) => word === "unknown" || word === "no")) return null;
  return h("ul", { className: "effects" }, EFFECTS.map((effect, i) => {
    const level = LEVEL[words[i]] ?? -1;
    const steps = Array.from({ length: STEPS }, (_, k) =>
      h("i", { className: k < level ? "on" : "" }));
    return h("li", { className: `effect ${effect}${level < 0 ? " open" : ""}` },
      h("span", { className: "meter", ariaHidden: "true" }, steps),
      h("span", { className: "what" }, say(`effect.${effect}`)),
      h("b", {}, say(`web.effect.${effect}.${words[i]}`)));
  }));
}

function unchecked(row) {
  return row.status === "unverified" ? ` ${say("facts.unverified")}` : "";
}

function sideEffects(tag, rows) {
  if (!rows?.length) return null;
  return h("div", {}, ["common", "serious"].map((tier) => {
    const of = rows.filter((row) => row.tier === tier);
    return of.length && h("div", {}, h(tag, {}, say(`web.side.${tier}`)),
      h("ul", {}, of.map((row) => h("li", {}, row.text + unchecked(row)))));
  }));
}

function approvals(tag, rows, region) {
  if (!rows?.length) return null;
  const first = [...rows].sort((a, b) => (b.region === region) - (a.region === region));
  return h("div", {}, h(tag, {}, say("web.approvals")),
    h("ul", { className: "dated" }, first.map((row) => h("li", {},
      h("b", {}, `${row.place} `), h("time", {}, row.date ?? say("web.no_date")),
      ` ${say(`web.kind.${row.kind}`)}. `, row.text, unchecked(row)))));
}

function why(tag, option, plain) {
  const rows = option.because.map((reason) =>
    plain.get(reason.position ?? reason.syndrome ?? reason.label ?? reason.rule)?.plain ?? reason.text);
  if (!rows.length) return null;
  return h("div", {}, h(tag, {}, say("web.why_here")),
    h("ul", {}, [...new Set(rows)].map((text) => h("li", {}, text))));
}

function enrich(card, option, know) {
  const row = know.options.get(option.id);
  let more = card.querySelector("details.more");
  const pairs = card.querySelector(":scope > dl");
  if (!more) {
    more = fold(say("option.more"), h("div", {}));
    if (pairs) more.append(pairs);
    card.append(more);
  }
  const glance = strip(option, row);
  if (glance) more.before(glance);
  const region = state.told.region;
  const tag = card.querySelector("h4") ? "h5" : "h4"; // one below the card's own heading
  more.append(...[why(tag, option, know.plain), sideEffects(tag, know.side.get(option.id)),
    approvals(tag, know.approvals.get(option.id), region)].filter(Boolean));
}

// ---- the two voices ----

function patient(page, know, orders) {
  const out = [...page.warnings];
  for (const article of page.all.querySelectorAll("article[data-about]")) {
    const option = state.report.options.find((o) => o.id === article.dataset.about);
    if (option) enrich(article, option, know);
  }
  for (const about of PATIENT) {
    if (about === "orders") out.push(orders);
    else if (page.by.has(about)) out.push(page.by.get(about));
    else if (about === "course") out.push(coming());
  }
  for (const about of PATIENT_FOLDED) {
    const part = page.by.get(about);
    if (!part) continue;
    const box = folded(part);
    if (about === "sources" && page.places) box.append(page.places);
    out.push(box);
  }
  return out;
}

/** The board's report as it stands; the orders follow how it may go. */
function board(page, orders) {
  page.all.querySelector("h1")?.remove();
  page.all.querySelector("p.lead")?.remove();
  const all = [...page.all.childNodes];
  const at = all.findIndex((node) => node.dataset?.about === "board.options");
  all.splice(at < 0 ? all.length : at + 1, 0, ...(page.by.has("go.title_board") ? [] : [coming()]));
  const course = all.findIndex((node) => node.dataset?.about === "go.title_board");
  all.splice(course + 1, 0, orders);
  return all;
}

export async function answerer({ tables, orders }) {
  const box = h("section", { className: "answer", id: "answer" });
  const byId = (rows) => new Map(rows.map((row) => [row.id, row]));
  let know;

  async function load() {
    const [options, positions, rules] = await Promise.all(
      ["options", "positions", "rules"].map((name) => tables.rows(name)));
    know = { options: byId(options), plain: byId([...positions, ...rules]),
      side: await tables.by("side_effects", "option"),
      approvals: await tables.by("approvals", "option") };
  }

  function show() {
    const title = h("h2", { className: "unseen" }, say("web.answer"));
    const kept = openFolds(box), held = document.activeElement;
    const heldKey = held.matches?.("summary") ? keyOf(held.parentElement) : null;
    const page = parts(state.html);
    apart(page.by);
    roomy(page.all);
    box.className = `answer ${state.board ? "board" : "patient"}`;
    box.replaceChildren(title, ...(state.board ? board(page, orders.box)
      : patient(page, know, orders.box)));
    reopen(box, kept);
    if (held.isConnected) held.focus({ preventScroll: true });
    else if (heldKey) refocus(box, heldKey);
  }

  return { box, load, show };
}

/** What was open stays open when an answer changes the page. */
const keyOf = (details) => `${details.closest("[data-about]")?.dataset.about}|`
  + details.querySelector("summary").textContent;

function openFolds(box) {
  return new Set([...box.querySelectorAll("details[open]")].map(keyOf));
}

function refocus(box, key) {
  [...box.querySelectorAll("details")].find((details) => keyOf(details) === key)
    ?.querySelector("summary").focus({ preventScroll: true });
}

function reopen(box, kept) {
  for (const details of box.querySelectorAll("details"))
    if (kept.has(keyOf(details))) details.open = true;
}

/** "Stage IV", "Grade G2", "9 treatments fit": the answer in a line. */
export function summary() {
  const { stage, grade, options } = state.report;
  const group = stage.group?.value;
  const spread = stage.spread?.value;
  const treatments = options.filter((o) => ["drug", "procedure"].includes(o.kind));
  const fits = treatments.filter((o) => o.status === "fits").length;
  const may = treatments.filter((o) => ["conditional", "needs_test"].includes(o.status)).length;
  return [
    group ? say("web.sum_stage", { group }) : spread ? say(`web.sum_spread.${spread}`)
      : say("web.sum_stage_open"),
    grade.value && grade.value !== "GX" ? say("web.sum_grade", { grade: grade.value }) : say("web.sum_grade_open"),
    fits ? say(fits === 1 ? "web.sum_fits_one" : "web.sum_fits", { count: fits })
      : may ? say(may === 1 ? "web.sum_may_one" : "web.sum_may", { count: may }) : null,
  ].filter(Boolean);
}
