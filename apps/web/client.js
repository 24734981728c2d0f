// client.js - the page's side of the engines: a few workers, asked by promises.

const WORKERS_MAX = 4;
const DRAWS_AT_A_TIME = 4; // short enough that progress moves and cancel is prompt
const CHOSEN = 0, USUAL = 1; // the two runs of an engine

class Thread {
  constructor() {
    this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.waiting = new Map();
    this.last = 0;
    this.worker.onmessage = ({ data }) => {
      const { done, fail } = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.failed) fail(new Error(data.failed));
      else done(data.value);
    };
    this.worker.onerror = (event) => {
      for (const { fail } of this.waiting.values()) fail(new Error(event.message));
      this.waiting.clear();
    };
  }

  ask(name, ...args) {
    const id = ++this.last;
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail });
      this.worker.postMessage({ id, name, args });
    });
  }
}

/** The engine's module of each language, the same but for its words. */
const MODULES = { en: "./engine.wasm", es: "./engine.es.wasm" };
export const LANGUAGES = Object.keys(MODULES);
const fetched = new Map();

/** A module's bytes; fetched once. */
function bytes(code) {
  if (!fetched.has(code)) {
    fetched.set(code, fetch(new URL(MODULES[code], import.meta.url))
      .then((response) => response.arrayBuffer()));
  }
  return fetched.get(code);
}

/** Starts the engines of a language: all at once, so that nothing is fetched later. */
export async function start(code = "en") {
  const module = await WebAssembly.compile(await bytes(code));
  const many = Math.max(1, Math.min(WORKERS_MAX, navigator.hardwareConcurrency || 1));
  const threads = Array.from({ length: many }, () => new Thread());
  await Promise.all(threads.map((thread) => thread.ask("open", module)));
  return new Engine(threads, code);
}

class Engine {
  constructor(threads, code) {
    this.threads = threads;
    this.code = code;
  }

  /** Opens the module of another language in each thread; the case has to be told anew. */
  async speak(code) {
    if (code === this.code) return;
    const module = await WebAssembly.compile(await bytes(code));
    await Promise.all(this.threads.map((thread) => thread.ask("open", module)));
    this.code = code;
  }

  /** The other languages, so that nothing is fetched when one is chosen later. */
  keepLanguages() {
    return Promise.all(LANGUAGES.map(bytes));
  }

  /** The first engine holds the case that is shown. */
  ask(name, ...args) {
    return this.threads[0].ask(name, ...args);
  }

  /** Follows people under some plans. `progress` is told a share from 0 to 1; the
   *  signal stops it. Resolves to true, false when more people are needed, or an
   *  error of the engine. */
  async follow(caseText, plans, setting, progress, signal) {
    const prepared = await Promise.all(this.threads.map(async (thread) =>
      (await thread.ask("read", caseText)) || thread.ask("plans", plans, setting)));
    const error = prepared.find(Boolean);
    if (error) return error;
    await this.count(CHOSEN, cut(plans.length, setting.draws), progress, signal);
    signal.throwIfAborted();
    return this.ask("sum");
  }

  /** Follows the usual plans of the case that is shown, for its report. Resolves to true
   *  when the report tells of them, to false when the case has changed meanwhile. */
  async goOn(caseText, signal) {
    for (let patients = 0; !signal.aborted; ) {
      const begun = await Promise.all(this.threads.map((thread, i) =>
        thread.ask("usual", caseText, i === 0, patients)));
      const { draws, plans, patients: followed } = begun[0] ?? {};
      if (signal.aborted || begun.some((one) => one?.draws !== draws)) return false;
      await this.count(USUAL, cut(plans, draws), () => {}, signal);
      if (signal.aborted) return false;
      const summed = await this.ask("sumUsual");
      if (summed !== "more") return summed === "done";
      patients = 2 * followed;
    }
    return false;
  }

  /** Jobs of a run, by whoever is free; the first engine gets all outcomes. */
  async count(run, jobs, progress, signal) {
    const all = jobs.length;
    let done = 0;
    const work = async (thread) => {
      for (let job; !signal.aborted && (job = jobs.shift()); ) {
        const outcomes = await thread.ask("count", run, job.plan, job.from, job.to);
        if (signal.aborted) return; // the first engine may be at another case by now
        if (thread !== this.threads[0])
          await this.ask("put", run, job.plan, job.from, outcomes);
        progress(++done / all);
      }
    };
    await Promise.all(this.threads.map(work));
  }
}

function cut(plans, draws) {
  const jobs = [];
  for (let plan = 0; plan < plans; plan++) {
    for (let from = 0; from < draws; from += DRAWS_AT_A_TIME)
      jobs.push({ plan, from, to: Math.min(draws, from + DRAWS_AT_A_TIME) });
  }
  return jobs;
}
