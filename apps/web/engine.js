// engine.js - the WebAssembly module with text going in and out; in a worker or in Node.

const SHAPE = { json: 0, html: 1, case: 2, text: 3, page: 4, error: 5 };
const COURSE = { json: 0, html: 1, csv: 2, svg: 3, text: 4 };
const PLOT = { survival: 0, icons: 1, difference: 2, swimmer: 3 };
const FIRST_ROOM = 1 << 16;

/** How an answer is told: voice, region (0 to 4, 255: the case's), language, and the
 *  width of plots in px (0: that of paper). */
export function style({ board = false, full = false, all = false, region = 255, lang = 0, width = 0 } = {}) {
  return (board ? 1 : 0) | (full ? 2 : 0) | (all ? 4 : 0) | (region << 8) | (lang << 16) | ((width >> 2) << 24);
}

/** The engine of a compiled module. Its C library could write files; it has none. */
export function open(module) {
  const refused = () => 8;
  const wasi = { fd_close: refused, fd_seek: refused, fd_write: refused };
  const { exports: c } = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi });
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  c._initialize();

  const bytes = (at, size) => new Uint8Array(c.memory.buffer, at, size);

  /** The text at an address, up to its zero. */
  function text(at) {
    const all = new Uint8Array(c.memory.buffer, at);
    return decoder.decode(all.subarray(0, all.indexOf(0)));
  }

  /** Runs `use` with a text in the module's memory, closed by a zero. */
  function withText(text, use) {
    const coded = encoder.encode(text);
    const at = c.web_take(coded.length + 1);
    bytes(at, coded.length).set(coded);
    bytes(at + coded.length, 1)[0] = 0;
    try {
      return use(at, coded.length);
    } finally {
      c.web_drop(at);
    }
  }

  /** What a writer writes, in as much room as it asks for. */
  function written(write) {
    for (let room = FIRST_ROOM; ; ) {
      const at = c.web_take(room);
      const needed = write(at, room);
      const text = needed < room ? decoder.decode(bytes(at, needed)) : null;
      c.web_drop(at);
      if (text !== null) return text;
      room = needed + 1;
    }
  }

  const write = (shape, how) => written((at, room) => c.web_write(SHAPE[shape], how, at, room));

  let kept = null; // the case that was read last
  const engine = {
    /** Reads a case and answers it. Returns null, or what is wrong. */
    read(text, how = 0) {
      if (text === kept) return null; // what was worked out for it stays
      const status = withText(text, (at, size) => c.web_read(at, size));
      kept = status ? null : text;
      return status ? JSON.parse(write("error", how)).error : null;
    },
    write,
    /** Report and words of the case that was read. */
    answer(text, how) {
      const error = engine.read(text, how);
      if (error) return { error };
      return { report: JSON.parse(write("json", how)), html: write("html", how),
        read: JSON.parse(write("case", how)) };
    },
    facts(topic, word = "", how = 0) {
      const json = withText(topic, (t) =>
        withText(word, (w) => written((at, room) => c.web_facts(t, w, how, at, room))));
      return JSON.parse(json).rows;
    },
    /** Cells of tables in a language; themselves where it has no words for them. */
    translate: (lang, cells) =>
      cells.map((cell) => withText(cell, (at) => text(c.web_translate(lang, at)))),
    texts: (how) => JSON.parse(written((at, room) => c.web_texts(how, at, room))),
    /** What randomized trials published of growth, as SVG. */
    forest: (how) => written((at, room) => c.web_forest(how, at, room)),
    /** What the model foretold beside what was published: rows of ten cells. As the
     *  module cuts the text up, it gets it anew with more room. */
    validation: (rows, how) => written((at, room) =>
      withText(rows.map((cells) => cells.join("\t")).join("\n"), (lines) =>
        c.web_validation(lines, how, at, room))),
    /** Codes of the languages that the report can speak. */
    languages() {
      const codes = [];
      for (let at; (at = c.web_lang(codes.length)); ) codes.push(text(at));
      return codes;
    },
    orders: (lines) =>
      written((at, room) => c.web_orders(lines, at, room)).split("\n").filter(Boolean),
    draws: () => c.web_draws(),
    /** Plans of the case that was read last. Returns null, or what is wrong. */
    plans(plans, { patients, draws, months }) {
      const status = withText(plans.join("\n"), (at, size) =>
        c.web_plans(at, size, patients, draws, months));
      return status ? JSON.parse(write("error", 0)).error : null;
    },
    modeled: () => c.web_course() !== 0,
    /** The usual plans of a case: how many plans and draws to follow. Null when the case
     *  was to be the one that was read last (`shown`), and is not any more. */
    usual(text, shown, patients = 0) {
      if (text !== kept && (shown || engine.read(text))) return null;
      const draws = c.web_usual(patients);
      return { draws, plans: draws ? c.web_usual_size(0) : 0, patients: c.web_usual_size(1) };
    },
    /** Follows the people of some draws of a plan of a run; their outcomes as bytes. */
    count(run, plan, from, to) {
      const size = c.web_outcome_bytes();
      const all = new Uint8Array(size * (to - from));
      for (let draw = from; draw < to; draw++) {
        c.web_count(run, plan, draw);
        all.set(bytes(c.web_outcome(run, plan, draw), size), size * (draw - from));
      }
      return all;
    },
    /** Outcomes that another worker counted. */
    put(run, plan, from, outcomes) {
      if (outcomes.length) bytes(c.web_outcome(run, plan, from), outcomes.length).set(outcomes);
    },
    /** Sums up; false when more people are needed. */
    sum: () => c.web_sum() === 0,
    /** Sums up the usual plans, which the report then tells of: "done", "more" when more
     *  people are needed, "gone" when another case was read. */
    sumUsual: () => ({ 0: "done", 255: "more" })[c.web_sum_usual()] ?? "gone",
    course: (shape, how, plot = "survival") =>
      written((at, room) => c.web_write_course(COURSE[shape], PLOT[plot], how, at, room)),
  };
  return engine;
}
