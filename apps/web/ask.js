// ask.js - the questions: the three founding ones first, then those that would change
// something, most telling first. Each can be answered, skipped, explained and changed.
import { button, fold, h, has, say } from "./dom.js";
import { bodyChooser } from "./body.js";
import { numberField, numberSaid } from "./number.js";
import { state, without } from "./state.js";

export const FOUNDING = ["site", "spread", "grade"];
const MANY = 8; // choices from which on a list can be searched
const UNKNOWABLE = new Set(["GX"]); // "grade not known" is what "I don't know" says

/** What the questions need of the page. */
export function asker({ tables, tell, changed }) {
  const box = h("section", { className: "ask", id: "ask" });
  let fields, words, options, units;

  async function load() {
    fields = new Map((await tables.rows("fields")).map((row) => [row.field, row]));
    words = await tables.by("words", "field");
    [options, units] = await Promise.all([tables.rows("options"), tables.rows("units")]);
  }

  // ---- words ----

  const nameOf = (row) => (state.board ? row.name ?? row.plain : row.plain ?? row.name)
    ?? row.word.replaceAll("_", " ");

  function question(field) {
    const row = fields.get(field);
    return state.board ? row.help : row.question ?? row.help;
  }

  /** Words offered for a field: not those of registries, groups or other sites. */
  function choices(field) {
    if (field === "prior" || field === "current") return treatments();
    const site = state.told.site;
    const possible = state.report?.grade?.possible ?? [];
    return (words.get(field) ?? []).filter((row) =>
      row.group === null && row.registry !== "yes" && !UNKNOWABLE.has(row.word)
      && (!row.sites || !site || row.sites.split(", ").includes(site))
      && (field !== "grade" || !possible.length || state.told.grade
        || possible.includes(row.word)));
  }

  function treatments() {
    const own = (words.get("prior") ?? []).filter((row) => row.group === null);
    const known = new Set(own.map((row) => row.word));
    return own.concat(options
      .filter((row) => ["drug", "procedure"].includes(row.kind) && !known.has(row.id))
      .map((row) => ({ word: row.id, plain: row.plain_name, name: row.name })))
      .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  }

  function wordName(field, word) {
    const row = choices(field).find((r) => r.word === word)
      ?? (words.get(field) ?? []).find((r) => r.word === word);
    return row ? nameOf(row) : String(word).replaceAll("_", " ");
  }

  function shown(field, value) {
    const row = fields.get(field);
    if (row.type === "bool") return say(value ? "value.yes" : "value.no");
    if (Array.isArray(value)) {
      if (!value.length) return say("value.none");
      return value.map((v) => wordName(field, v.id ?? v)).join(", ");
    }
    if (row.type === "word") return wordName(field, value);
    return ["number", "count"].includes(row.type) ? numberSaid(row) : String(value);
  }

  function answerOf(field) {
    if (field === "spread") return spreadAnswer();
    if (!(field in state.told)) return say("web.unknown");
    return shown(field, state.told[field]);
  }

  function spreadAnswer() {
    const { spread, metastases } = state.told;
    if (metastases?.length) return shown("metastases", metastases);
    return spread ? shown("spread", spread) : say("web.unknown");
  }

  // ---- the way through ----

  const told = (field) => field in state.told
    || (field === "spread" && state.told.metastases !== undefined);

  /** Fields answered or skipped, in the order of the way. */
  function done() {
    const first = FOUNDING.filter((f) => told(f) || state.skipped.includes(f));
    const rest = Object.keys(state.told).filter((f) => !FOUNDING.includes(f) && f !== "id"
      && fields.has(f) && !(f === "metastases" && told("spread")));
    const skipped = state.skipped.filter((f) => !FOUNDING.includes(f) && !told(f));
    return [...first, ...rest, ...skipped];
  }

  function open() {
    const questions = state.report?.questions ?? [];
    return questions.filter((q) => q.gain > 0 && !told(q.field)
      && !state.skipped.includes(q.field) && fields.get(q.field)?.question);
  }

  function next() {
    const first = FOUNDING.find((f) => !told(f) && !state.skipped.includes(f));
    return first ?? open()[0]?.field ?? null;
  }

  // ---- answering ----

  /** Takes values in; shows what is wrong beside the question when they cannot be. */
  async function take(card, values, clear = []) {
    const problem = card.querySelector(".problem");
    const error = await tell({ ...without(state.told, ...clear), ...values });
    problem.textContent = error ? error.text : "";
    problem.hidden = !error;
    if (!error) changed();
    return !error;
  }

  function forward(field, skipped) {
    state.skipped = state.skipped.filter((f) => f !== field);
    if (skipped) state.skipped.push(field);
    state.open = null;
    show();
    changed();
    box.querySelector(".question h2, .enough")?.focus();
  }

  async function skip(card, field) {
    const clear = field === "spread" ? ["spread", "metastases"] : [field];
    if (await take(card, {}, clear)) forward(field, true);
  }

  // ---- ways to answer ----

  function radios(card, field, list, value, then = () => {}) {
    return h("div", { className: "choices" }, list.map((row) =>
      h("label", { className: "choice" },
        h("input", { type: "radio", name: field, value: row.word, checked: row.word === value,
          onchange: async () => (await take(card, { [field]: row.value ?? row.word })) && then() }),
        h("span", {}, row.text ?? nameOf(row)))));
  }

  function boxes(card, field, list, chosen) {
    const has_ = new Set((chosen ?? []).map((v) => v.id ?? v));
    const keep = new Map((chosen ?? []).map((v) => [v.id ?? v, v]));
    const all = h("div", { className: "choices" });
    const change = (word, on) => {
      if (on) has_.add(word);
      else has_.delete(word);
      return take(card, { [field]: [...has_].map((w) => keep.get(w) ?? w) });
    };
    for (const row of list) {
      all.append(h("label", { className: "choice" },
        h("input", { type: "checkbox", value: row.word, checked: has_.has(row.word),
          onchange: (event) => change(row.word, event.target.checked) }),
        h("span", {}, nameOf(row))));
    }
    const parts = [all];
    if (list.length > MANY && field !== "metastases") parts.unshift(filter(all));
    if (field !== "metastases") {
      parts.push(button(say("web.none_of_these"), async () => {
        if (await take(card, { [field]: [] })) forward(field, false);
      }, "second"));
    }
    return parts;
  }

  function filter(all) {
    return h("label", { className: "search" }, say("web.search"),
      h("input", { type: "search", autocomplete: "off", oninput: (event) => {
        const want = event.target.value.toLowerCase();
        for (const label of all.children)
          label.hidden = !label.textContent.toLowerCase().includes(want);
      } }));
  }

  function typed(card, field) {
    const row = fields.get(field);
    if (["number", "count"].includes(row.type)) {
      return numberField({ row, units, board: state.board, forward,
        take: (values, clear) => take(card, values, clear) });
    }
    const input = h("input", { type: "text", autocomplete: "off", value: state.told[field] ?? "", id: `in-${field}` });
    input.setAttribute("aria-describedby", `hint-${field}`);
    const give = () => {
      const text = input.value.trim();
      return text ? take(card, { [field]: text }) : take(card, {}, [field]);
    };
    input.addEventListener("change", give);
    input.addEventListener("keydown", async (event) => {
      if (event.key === "Enter" && (await give())) forward(field, !input.value.trim());
    });
    return [h("div", { className: "typed" },
      h("label", { htmlFor: `in-${field}` }, state.board ? row.help : row.plain), input),
    h("p", { className: "hint", id: `hint-${field}` }, row.type === "date" ? say("web.date_hint") : "")];
  }

  function spread(card) {
    const where = h("fieldset", { className: "where" });
    const fillWhere = () => {
      const distant = state.told.spread === "distant" || state.told.metastases?.length;
      where.hidden = !distant;
      where.replaceChildren(h("legend", {}, say("web.where_spread")),
        ...boxes(card, "metastases", choices("metastases"), state.told.metastases));
    };
    const value = state.told.spread ?? (state.told.metastases?.length ? "distant" : undefined);
    const list = choices("spread");
    fillWhere();
    return [h("div", { className: "choices" }, list.map((row) =>
      h("label", { className: "choice" },
        h("input", { type: "radio", name: "spread", value: row.word, checked: row.word === value,
          onchange: async () => {
            const clear = row.word === "distant" ? [] : ["metastases"];
            if (await take(card, { spread: row.word }, clear)) fillWhere();
          } }),
        h("span", {}, nameOf(row))))), where];
  }

  function grade(card) {
    return [radios(card, "grade", choices("grade"), state.told.grade),
      h("p", { className: "hint" }, say("web.ki67_too")), ...typed(card, "ki67_pct")];
  }

  function site(card) {
    return bodyChooser({ chosen: state.told.site,
      plain: (word) => wordName("site", word),
      choose: (word) => take(card, { site: word }, ["subsite", "extent"]) });
  }

  function widget(card, field) {
    const row = fields.get(field);
    if (field === "site") return site(card);
    if (field === "spread") return spread(card);
    if (field === "grade") return grade(card);
    if (row.type === "bool") {
      const yesNo = [["true", true, "value.yes"], ["false", false, "value.no"]];
      return [radios(card, field, yesNo.map(([word, value, id]) => ({ word, value, text: say(id) })),
        String(state.told[field]))];
    }
    if (row.type === "word") return [radios(card, field, choices(field), state.told[field])];
    if (row.type === "list") return boxes(card, field, choices(field), state.told[field]);
    return typed(card, field);
  }

  // ---- cards ----

  function meaning(field) {
    const row = fields.get(field);
    const own = has(`web.help.${field}`) ? say(`web.help.${field}`) : row.plain;
    return fold(say("web.meaning"), h("div", {}, h("p", {}, own), row.why && h("p", {}, row.why)));
  }

  function card(field) {
    const founding = FOUNDING.indexOf(field);
    const title = h("h2", { tabIndex: -1, id: "question" }, question(field));
    const left = open().length;
    const step = founding >= 0 ? say("web.step", { number: founding + 1, count: FOUNDING.length })
      : say(left === 1 ? "web.left_one" : "web.left", { count: left });
    const problem = h("p", { className: "problem warn", role: "alert", hidden: true });
    const element = h("div", { className: "question card" });
    const answers = h("fieldset", { className: `answers-${field}` });
    answers.setAttribute("aria-labelledby", "question");
    const whyNow = founding < 0 && fields.get(field).why;
    element.append(h("p", { className: "step" }, step), title,
      ...(whyNow ? [h("p", { className: "hint" }, whyNow)] : []), answers, problem, meaning(field),
      h("div", { className: "moves" },
        button(say("web.next"), () => forward(field, !told(field)), "first"),
        button(say("web.dont_know"), () => skip(element, field), "second")));
    answers.append(...widget(element, field).flat());
    return element;
  }

  function row(field) {
    return h("li", { className: "told" },
      h("span", { className: "told-q" }, state.board ? question(field) : fields.get(field).plain),
      h("span", { className: "told-a" }, answerOf(field)),
      h("button", { type: "button", className: "plain", onclick: () => {
        state.open = field;
        show();
        box.querySelector("#question")?.focus();
      } }, say("web.change"), h("span", { className: "unseen" }, ` ${question(field)}`)));
  }

  function adder() {
    const groups = new Map();
    for (const r of fields.values()) {
      if (r.derived === "yes" || r.field in state.told || r.type === "text" || !r.group) continue;
      if (!state.board && !r.question) continue;
      if (!groups.has(r.group)) groups.set(r.group, []);
      groups.get(r.group).push(r);
    }
    const select = h("select", { id: "add-fact", onchange: (event) => {
      if (!event.target.value) return;
      state.open = event.target.value;
      show();
      box.querySelector("#question")?.focus();
    } }, h("option", { value: "" }, say("web.add_choose")),
    [...groups].map(([name, rows]) => h("optgroup", { label: name }, rows.map((r) =>
      h("option", { value: r.field }, state.board ? r.help : r.plain)))));
    return h("p", { className: "adder" }, h("label", { htmlFor: "add-fact" }, say("web.add")), select);
  }

  function enough() {
    return h("p", { className: "card enough", tabIndex: -1 }, say("ask.enough"));
  }

  function show() {
    const asked = state.open ?? next();
    const before = done().filter((f) => f !== asked);
    const first = before.filter((f) => FOUNDING.includes(f));
    const rest = before.filter((f) => !FOUNDING.includes(f));
    const past = h("ul", { className: "answers-list" }, first.map(row));
    box.replaceChildren(h("h2", { className: "unseen" }, say("web.nav_case")));
    if (first.length) box.append(past);
    if (rest.length) {
      box.append(fold(say(rest.length === 1 ? "web.more_told_one" : "web.more_told",
        { count: rest.length }), h("ul", { className: "answers-list" }, rest.map(row)), "more told-more"));
    }
    box.append(asked ? card(asked) : enough());
    if (FOUNDING.every((f) => told(f) || state.skipped.includes(f))) box.append(adder());
  }

  return { box, load, show };
}
