// library.js - the knowledge browser: approvals by date, treatments, trials, words,
// sources, and how the model did on trials that it had not seen.
import { button, fold, fromEngine, h, say } from "./dom.js";
import { how, state } from "./state.js";
import { tried } from "./tried.js";

const SHELVES = ["approvals", "treatments", "trials", "glossary", "sources", "model"];
const DATED = ["approved", "extended", "limited", "refused", "withdrawn", "discontinued"];
const ROWS = 60; // shown at once of a long list

export function librarian({ engine, tables }) {
  const unchecked = (row) => (row.status === "unverified" ? ` ${say("facts.unverified")}` : "");

  /** The sources of a row, by title, folded away. */
  async function cite(row) {
    const by = await tables.by("sources", "key");
    const titles = (row.source ?? "").split(";").map((key) => by.get(key)?.[0]?.title ?? key);
    return h("p", { className: "ref-line" }, `${titles.join("; ")}`
      + `${row.locator ? `, ${row.locator}` : ""}${unchecked(row)}. `,
    row.checked ? say("web.checked", { date: row.checked }) : "");
  }

  /** A list that can be searched; long ones show more on request. */
  function searched(rows, show, words) {
    const list = h("div", { className: "shelf-list" });
    const count = h("p", { className: "quiet", role: "status" });
    let found = rows, upTo = ROWS;
    const draw = async () => {
      list.replaceChildren(...await Promise.all(found.slice(0, upTo).map(show)));
      if (found.length > upTo) {
        list.append(button(say("web.more"), () => { upTo += ROWS; draw(); }, "second"));
      }
      count.textContent = say("facts.rows", { count: found.length });
    };
    const field = h("input", { type: "search", autocomplete: "off", oninput: () => {
      const want = field.value.trim().toLowerCase();
      found = rows.filter((row) => words(row).toLowerCase().includes(want));
      upTo = ROWS;
      draw();
    } });
    draw();
    return [h("label", { className: "search" }, say("web.search"), field), count, list];
  }

  // ---- approvals: a line of years ----

  async function approvals() {
    const options = await tables.by("options", "id");
    const all = (await tables.rows("approvals")).filter((row) => row.date && DATED.includes(row.kind));
    const regions = new Map(all.map((row) => [row.region, row.place]));
    const line = h("ol", { className: "timeline" });
    const draw = (region) => {
      const shown = all.filter((row) => !region || row.region === region)
        .sort((a, b) => b.date.localeCompare(a.date));
      let year = "";
      line.replaceChildren(...shown.map((row) => {
        const first = row.date.slice(0, 4) !== year;
        year = row.date.slice(0, 4);
        const option = options.get(row.option)?.[0];
        return h("li", { className: `dot ${row.kind}${first ? " first-of-year" : ""}` },
          h("span", { className: "year" }, first ? year : ""),
          h("div", {}, h("b", {}, (state.board ? option?.name : option?.plain_name) ?? row.option),
            ` ${row.place}, `, h("time", {}, row.date), `, ${say(`web.kind.${row.kind}`)}`,
            h("p", {}, row.text + unchecked(row))));
      }));
    };
    const select = h("select", { id: "region", onchange: () => draw(select.value) },
      h("option", { value: "" }, say("web.everywhere")),
      [...regions].map(([region, place]) => h("option", { value: region }, place)));
    draw("");
    return [h("p", {}, say("web.shelf.approvals.lead")),
      h("label", { className: "search", htmlFor: "region" }, say("web.region"), select), line];
  }

  // ---- treatments ----

  async function treatments() {
    const [options, side, cautions, effects, dates] = await Promise.all([tables.rows("options"),
      tables.by("side_effects", "option"), tables.by("cautions", "option"),
      tables.by("effects", "option"), tables.by("approvals", "option")]);
    const list = (title, rows, text) => rows?.length
      && h("div", {}, h("h4", {}, title), h("ul", {}, rows.map((row) => h("li", {}, text(row), unchecked(row)))));
    const show = async (row) => {
      const body = h("div", {}, h("p", {}, row.summary), row.mechanism && h("p", {}, row.mechanism),
        h("p", {}, [row.route, row.rhythm].filter(Boolean).join(", ")),
        list(say("web.figures"), effects.get(row.id), (e) => `${e.text ?? ""} ${e.trial ?? ""}`.trim()),
        list(say("web.side.common"), side.get(row.id)?.filter((s) => s.tier === "common"), (s) => s.text),
        list(say("web.side.serious"), side.get(row.id)?.filter((s) => s.tier === "serious"), (s) => s.text),
        list(say("web.cautions"), cautions.get(row.id), (c) => c.text),
        list(say("web.approvals"), dates.get(row.id), (a) =>
          `${a.place} ${a.date ?? say("web.no_date")}, ${say(`web.kind.${a.kind}`)}: ${a.text}`),
        await cite(row));
      return fold(h("h3", {}, state.board ? row.name : row.plain_name ?? row.name), body, "shelf");
    };
    return searched(options, show, (row) => `${row.name} ${row.plain_name} ${row.class} ${row.summary}`);
  }

  // ---- trials ----

  async function trials() {
    const [rows, figures, arms] = await Promise.all([tables.rows("trials"),
      tables.by("endpoints", "trial"), tables.by("arms", "id")]);
    const forest = await engine.ask("forest", how());
    const value = (e) => `${e.value}${e.lo || e.hi ? ` (${e.lo ?? "–"} – ${e.hi ?? "–"})` : ""} ${e.unit ?? ""}`;
    const show = async (row) => {
      const own = (figures.get(row.id) ?? []).filter((e) => e.value !== null);
      const table = h("div", { className: "wide", tabIndex: 0, role: "region", ariaLabel: row.name },
        h("table", {}, h("tbody", {}, own.map((e) => h("tr", {},
          h("th", { scope: "row" }, arms.get(e.arm)?.[0]?.name ?? e.arm),
          h("td", {}, `${e.endpoint} ${e.statistic}`.replaceAll("_", " ")), h("td", {}, value(e) + unchecked(e)))))));
      return fold(h("h3", {}, `${row.name} (${row.year})`),
        h("div", {}, h("p", {}, row.text), own.length ? table : "", await cite(row)), "shelf");
    };
    const going = await tables.rows("ongoing_trials");
    return [h("p", {}, say("web.shelf.trials.lead")), h("div", { className: "plot" }, fromEngine(forest)),
      ...searched(rows, show, (row) => `${row.name} ${row.text} ${row.sites}`),
      h("h2", {}, say("web.ongoing")), h("ul", {}, going.map((row) => h("li", {}, h("b", {}, row.name),
        `: ${row.population}. ${row.arms}. ${row.state}.${unchecked(row)}`)))];
  }

  // ---- words, sources, model ----

  async function glossary() {
    const rows = await tables.rows("glossary");
    const show = async (row) => h("div", { className: "term" }, h("h3", {}, row.term),
      row.also && h("p", { className: "quiet" }, row.also), h("p", {}, row.plain),
      state.board && row.technical && h("p", { className: "quiet" }, row.technical));
    return searched(rows, show, (row) => `${row.term} ${row.also} ${row.plain}`);
  }

  async function sources() {
    const rows = await tables.rows("sources");
    const show = async (row) => h("p", { className: "source" }, h("b", {}, row.title),
      ` ${[row.year, row.identifier].filter(Boolean).join(", ")} `,
      row.url?.startsWith("https://") ? h("a", { href: row.url, rel: "noreferrer noopener" }, new URL(row.url).host) : "");
    return searched(rows, show, (row) => `${row.key} ${row.title} ${row.identifier}`);
  }

  async function model() {
    const known = await tables.rows("sequencing");
    return [h("p", {}, say("web.shelf.model.lead")), ...await tried({ engine, tables }),
      h("p", {}, say("course.plain_sure")), h("h2", {}, say("web.sequencing")),
      ...await Promise.all(known.map(async (row) => h("div", { className: "term" },
        h("p", {}, row.text), await cite(row))))];
  }

  const shelves = { approvals, treatments, trials, glossary, sources, model };

  return {
    async show(view, [wish]) {
      const name = SHELVES.includes(wish) ? wish : SHELVES[0];
      const tabs = h("nav", { className: "tabs", ariaLabel: say("web.library") }, SHELVES.map((shelf) => {
        const link = h("a", { className: "tab", href: `#library/${shelf}` }, say(`web.shelf.${shelf}`));
        if (shelf === name) link.setAttribute("aria-current", "page");
        return link;
      }));
      const body = h("section", { className: "library" }, h("h2", {}, say(`web.shelf.${name}`)),
        ...await shelves[name]());
      view.replaceChildren(tabs, body);
    },
  };
}
