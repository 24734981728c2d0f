// orders.js - orders of treatments compared on the same simulated people: curves, people
// of 100, a table and words, and the honest verdict first.
import { announce, button, fromEngine, h, say } from "./dom.js";
import { caseText, how, state } from "./state.js";
import { download } from "./files.js";

const SETTING = { patients: 2000, draws: 256, months: 120 };
const LINES = 2;
const VIEWS = ["survival", "icons", "difference", "table", "words"];

export function orderer({ engine, tables }) {
  const box = h("section", { className: "orders", id: "orders" });
  box.dataset.about = "orders";
  let options, classes, plans = null, suggested = null, result = null, running = null, ran = "";

  async function load() {
    options = new Map((await tables.rows("options")).map((row) => [row.id, row]));
    classes = new Map((await tables.rows("course_classes")).map((row) => [row.option, row]));
  }

  const nameOf = (id) => {
    const row = options.get(id);
    return (state.board ? row?.name : row?.plain_name) ?? id.replaceAll("_", " ");
  };

  /** "lutetium_dotatate*4" of an option given in cycles. */
  const step = (id) => {
    const cap = classes.get(id)?.cap_cycles;
    return cap ? `${id}*${cap}` : id;
  };
  const bare = (text) => text.split(/[*@]/)[0];

  /** Options of the model that fit, or might. */
  function offered() {
    return state.report.options.filter((o) => classes.has(o.id)
      && ["fits", "conditional", "needs_test"].includes(o.status)).map((o) => o.id);
  }

  /** Two options that fit, of different classes, in both orders. */
  async function suggest() {
    const orders = (await engine.ask("orders", LINES)).map((text) => text.split(",").map(bare));
    const pair = orders.find((plan) => plan.length === LINES);
    const list = offered();
    suggested = pair ? [pair, [...pair].reverse()]
      : list.length >= LINES ? [list.slice(0, LINES), list.slice(0, LINES).reverse()] : null;
  }

  // ---- choosing ----

  function picker(plan, at, list) {
    const id = `plan-${plan}-${at}`;
    const label = at ? say("web.order_then") : say("web.order_first");
    const select = h("select", { id, onchange: () => {
      plans[plan][at] = select.value;
      stale();
    } }, at ? h("option", { value: "" }, say("web.order_none")) : [],
    list.map((o) => h("option", { value: o, selected: plans[plan][at] === o }, nameOf(o))));
    return h("label", { htmlFor: id }, h("span", {}, label), select);
  }

  function choosers(list) {
    return h("div", { className: "plans" }, plans.map((_, plan) =>
      h("fieldset", { className: "plan card" },
        h("legend", {}, say("web.order", { number: plan + 1 })),
        Array.from({ length: LINES }, (_x, at) => picker(plan, at, list)))));
  }

  const texts = () => plans.map((plan) => plan.filter(Boolean).map(step).join(","));
  const key = () => `${caseText()}|${texts().join("|")}`;

  function stale() {
    if (ran !== key()) result = null;
    show();
  }

  // ---- running ----

  async function run() {
    const mine = texts();
    if (new Set(mine).size < mine.length) {
      show(say("web.order_same"));
      return;
    }
    const asked = key();
    running = new AbortController();
    result = null;
    show();
    const bar = box.querySelector("progress");
    box.querySelector(".cancel").focus();
    let failed = null;
    try {
      const done = await engine.follow(caseText(), mine, SETTING,
        (share) => { bar.value = share; }, running.signal);
      if (done === true) ran = asked;
      else failed = done?.text ?? say("web.order_too_few");
    } catch (error) {
      failed = running.signal.aborted ? say("web.order_stopped") : String(error.message);
    }
    running = null;
    if (!failed) await read();
    show(failed);
    announce(failed ?? result.verdict.join(" "));
    if (!failed) box.querySelector(".verdict")?.focus();
  }

  /** All shapes of the result, in the voice of the moment. */
  async function read() {
    const style = how();
    const [json, html, ...plots] = await Promise.all([
      engine.ask("course", "json", style), engine.ask("course", "html", style),
      ...["survival", "icons", "difference"].map((plot) =>
        engine.ask("course", "svg", style, plot))]);
    const page = fromEngine(html);
    result = { course: JSON.parse(json), page, plots,
      verdict: [...page.querySelectorAll("section[data-about='course.differences'] li, .warn")]
        .map((node) => node.textContent.trim()) };
  }

  // ---- showing ----

  function number(band, digits = 0) {
    if (!band || band.p50 === null) return say("web.beyond", { months: SETTING.months });
    const f = (x) => (x === null ? `>${SETTING.months}` : x.toFixed(digits));
    return say("course.band", { mid: f(band.p50), lo: f(band.p05), hi: f(band.p95) });
  }

  function alive(plan, years) {
    const at = plan.os.curve.find(([month]) => month === 12 * years);
    const [, lo, mid, hi] = at.map((x) => Math.round(100 * x));
    return say("course.band", { mid, lo, hi });
  }

  function table() {
    const { plans: shown } = result.course;
    const rows = [
      ...[1, 3, 5, 10].map((years) => [say(years === 1 ? "web.row_alive_one" : "web.row_alive",
        { years }), (p) => alive(p, years)]),
      [say("web.row_os"), (p) => number(p.os.median_months)],
      ...Array.from({ length: LINES }, (_, line) => [say("web.row_hold", { number: line + 1 }),
        (p) => (p.lines[line] ? number(p.lines[line].pfs.median_months) : "–")]),
      [say("web.row_shrink"), (p) => number(p.lines[0].response_pct)],
    ];
    const ok = shown.filter((p) => p.os);
    return h("div", { className: "wide", tabIndex: 0, role: "region", ariaLabel: say("web.view.table") },
      h("table", {}, h("thead", {}, h("tr", {}, h("td", {}),
        ok.map((_, i) => h("th", { scope: "col" }, say("web.order", { number: i + 1 }))))),
      h("tbody", {}, rows.map(([label, value]) => h("tr", {},
        h("th", { scope: "row" }, label), ok.map((p) => h("td", {}, value(p))))))));
  }

  function words() {
    const all = result.page.cloneNode(true);
    for (const part of all.querySelectorAll(
      "h1, .lead, section[data-about='told'], section[data-about='sources'], :scope > p:last-child"))
      part.remove();
    return h("div", { className: "words" }, [...all.childNodes]);
  }

  function view(name) {
    if (name === "table") return table();
    if (name === "words") return words();
    const plot = result.plots[VIEWS.indexOf(name)];
    return plot ? h("div", { className: "plot" }, fromEngine(plot)) : h("p", {}, say("web.no_plot"));
  }

  function tabs() {
    const panel = h("div", { className: "panel", id: "order-panel" });
    const list = h("div", { className: "tabs", role: "group" });
    list.setAttribute("aria-label", say("web.views"));
    const show_ = (name) => {
      for (const tab of list.children)
        tab.setAttribute("aria-pressed", String(tab.dataset.view === name));
      panel.replaceChildren(view(name));
    };
    for (const name of VIEWS) {
      const tab = button(say(`web.view.${name}`), () => show_(name), "tab");
      tab.dataset.view = name;
      list.append(tab);
    }
    show_(VIEWS[0]);
    return [list, panel];
  }

  function verdict() {
    const lines = result.course.differences.filter((d) => d.metric === "rmst_months");
    const cannot = lines.every((d) => d.verdict === "cannot tell");
    return h("div", { className: `verdict card ${cannot ? "cannot" : ""}`, tabIndex: -1 },
      h("h3", {}, say("web.verdict")),
      (result.verdict.length ? result.verdict : [result.course.model_note])
        .map((text) => h("p", {}, text)));
  }

  function exports() {
    const save = (shape, name, type, plot) => async () =>
      download(await engine.ask("course", shape, how(), plot), name, type);
    return h("p", { className: "exports" },
      button(say("web.save_csv"), save("csv", "nen-orders.csv", "text/csv"), "plain"),
      button(say("web.save_svg"), save("svg", "nen-orders.svg", "image/svg+xml", "survival"), "plain"),
      button(say("web.save_orders"), save("json", "nen-orders.json", "application/json"), "plain"));
  }

  function busy() {
    return h("div", { className: "busy" },
      h("label", {}, say("web.following", { people: SETTING.patients * SETTING.draws }),
        h("progress", { max: 1, value: 0 })),
      button(say("web.cancel"), () => running.abort(), "second cancel"));
  }

  function show(problem = null) {
    const head = h("h2", { id: "orders-title" }, say("web.orders"));
    const list = offered();
    if (plans && plans.flat().some((o) => o && !list.includes(o))) plans = null;
    plans ??= suggested?.map((plan) => [...plan]);
    box.hidden = state.report.stage.spread?.value === "localized";
    if (!plans) {
      box.replaceChildren(head, h("p", { className: "quiet" }, say("web.orders_none")));
      return;
    }
    if (ran && ran !== key()) result = null;
    box.replaceChildren(head, h("p", {}, say("web.orders_lead")), choosers(list),
      running ? busy() : button(say("web.compare"), run, "first"),
      problem ? h("p", { className: "warn", role: "alert" }, problem) : "",
      ...(result ? [verdict(), ...tabs(), exports()] : []));
  }

  /** After the case changed. */
  async function follow() {
    await suggest();
    show();
  }

  /** After the case, the voice or the language changed. */
  async function refresh() {
    if (running) running.abort();
    if (result && ran === key()) {
      const gone = await engine.ask("modeled");
      if (gone) await read();
    }
    await follow();
  }

  /** Another language has another engine, which has followed nobody. */
  function forget() {
    running?.abort();
    result = null;
    ran = "";
  }

  return { box, load, follow, refresh, forget };
}
