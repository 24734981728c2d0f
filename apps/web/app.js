// app.js - starts the engine and shows the views: the case, the library, about.
import { LANGUAGES, start } from "./client.js";
import { button, h, say, sayFixed, speak } from "./dom.js";
import { style } from "./engine.js";
import { caseText, how, state, tell } from "./state.js";
import { tables as reader } from "./tables.js";
import { asker } from "./ask.js";
import { answerer, summary } from "./answer.js";
import { orderer } from "./orders.js";
import { filer, fromLink } from "./files.js";
import { librarian } from "./library.js";
import { about } from "./about.js";

const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];
const root = document.documentElement;
const view = document.getElementById("view");
let opener, restart; // buttons
let engine, tables, ask, answer, orders, files, library, languages, offered;

// ---- language and voice ----

/** The first language of the browser that the page speaks. */
function preferred() {
  const wishes = (navigator.languages ?? []).map((wish) => wish.split("-")[0]);
  return wishes.find((code) => LANGUAGES.includes(code)) ?? "en";
}

async function speakIn(lang) {
  await engine.speak(languages[lang]);
  state.lang = lang;
  tables.speak(lang);
  speak(await engine.ask("texts", style({ lang })));
  root.lang = languages[lang];
  root.dir = RIGHT_TO_LEFT.includes(languages[lang]) ? "rtl" : "ltr";
  document.title = say("web.title");
  sayFixed();
}

function voices() {
  const group = h("div", { className: "switch", role: "group" });
  group.setAttribute("aria-label", say("web.voice"));
  for (const [id, board] of [["web.patient", false], ["web.board", true]]) {
    const one = button(say(id), async () => {
      state.board = board;
      await again();
    });
    one.setAttribute("aria-pressed", String(state.board === board));
    group.append(one);
  }
  return group;
}

function tongues() {
  if (offered.length < 2) return "";
  const select = h("select", { onchange: async () => {
    orders.forget();
    going?.stop.abort();
    going = null;
    await speakIn(Number(select.value));
    await Promise.all([ask.load(), orders.load(), answer.load()]);
    await again();
  } }, offered.map((row) => h("option", { value: languages.indexOf(row.lang),
    selected: languages[state.lang] === row.lang }, row.name)));
  select.setAttribute("aria-label", say("web.language"));
  return select;
}

function settings() {
  document.getElementById("version").textContent = say("version", {
    version: state.report.nen.version, date: state.report.nen.knowledge_date,
    notice: "" }).trim();
  document.getElementById("settings").replaceChildren(voices(), tongues());
}

/** Everything is said anew: another voice, another language, another case. */
async function again() {
  await tell(engine, state.told);
  settings();
  sayFixed();
  await route();
  await orders.refresh();
}

// ---- the case ----

const glance = h("a", { className: "glance", href: "#answer" });

/** It makes way for the buttons of the question. */
const way = new IntersectionObserver((seen) => {
  for (const { isIntersecting } of seen) glance.classList.toggle("gives-way", isIntersecting);
}, { rootMargin: "-85% 0px 0px 0px" });

let inView = false; // what has the focus, when last looked at

/** And for what has the focus, wherever the page has moved it. */
function giveWay() {
  const at = document.activeElement.getBoundingClientRect(), own = glance.getBoundingClientRect();
  const small = at.height > 0 && at.height < innerHeight / 2;
  const under = at.bottom > own.top && at.top < own.bottom && at.right > own.left && at.left < own.right;
  glance.classList.toggle("yields", small && under && document.activeElement !== glance);
  inView = at.top >= 0 && at.bottom <= innerHeight;
}

/** An answer that arrives above may push it out of sight: it is brought back, unless one had
 * scrolled away from it. */
function keepInView() {
  const at = document.activeElement, was = inView;
  giveWay();
  if (was && !inView && at.matches(":focus-visible")) at.scrollIntoView({ block: "nearest" });
}
document.addEventListener("focusin", giveWay);
document.addEventListener("scroll", giveWay, { passive: true });
new ResizeObserver(keepInView).observe(document.body);

function showGlance() {
  way.disconnect();
  for (const moves of ask.box.querySelectorAll(".moves")) way.observe(moves);

  const told = Object.keys(state.told).length > 0;
  glance.hidden = !told;
  if (told) glance.replaceChildren(...summary().map((text) => h("span", {}, text)));
}

let going = null; // how it may go is being worked out: { text, stop, done }

/** How it may go takes a moment longer than the rest of the answer. */
async function goOn() {
  const text = caseText();
  if (going?.text === text) return;
  going?.stop.abort();
  const mine = going = { text, stop: new AbortController() };
  mine.done = engine.goOn(text, mine.stop.signal);
  const done = await mine.done;
  if (!done || going !== mine) return;
  const html = await engine.ask("write", "html", how());
  if (going !== mine) return;
  state.html = html;
  answer.show();
}

/** The case changed: what follows from it changes with it. */
function changed() {
  showGlance();
  const told = Object.keys(state.told).length > 0;
  answer.box.hidden = files.box.hidden = !told;
  opener.hidden = told; // below, with the rest that can be done with a case
  restart.hidden = !told && !state.skipped.length;
  if (told) {
    orders.follow();
    answer.show();
    files.show();
    goOn();
  }
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

/** Takes in a case from a file or a link. Resolves to null, or what is wrong in words. */
async function openCase(text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    told = null;
  }
  const one = told && !Array.isArray(told) && typeof told === "object";
  const error = one && "resourceType" in told ? { text: say("web.is_fhir") }
    : one ? await tell(engine, told) : { text: say("web.no_case") };
  if (error) return say("web.not_opened", { why: sentence(error.text) });
  state.skipped = [];
  state.open = null;
  location.hash = "";
  await route();
  return null;
}

function startOver() {
  state.skipped = [];
  state.open = null;
  tell(engine, {}).then(route);
}

function showCase() {
  ask.show();
  opener = button(say("web.open"), files.choose, "plain");
  restart = button(say("web.restart"), startOver, "plain");
  const tools = h("p", { className: "start-over" },
    button(say("web.example"), async () => {
      const response = example();
      await tell(engine, response);
      await route();
    }, "plain"), opener, restart);
  view.replaceChildren(ask.box, tools, answer.box, files.box, glance);
  changed();
}

/** A made-up person, for those who want to look around first. */
function example() {
  return { site: "jejunum_ileum", spread: "distant", metastases: ["liver"], grade: "G2",
    differentiation: "well", sstr: "positive", progressing: true, ki67_pct: 8,
    syndrome: ["carcinoid"], region: "US", prior: ["octreotide_lar"], current: ["octreotide_lar"] };
}

// ---- views ----

async function route() {
  const hash = location.hash;
  const linked = fromLink(hash);
  if (linked !== null) {
    history.replaceState(null, "", location.pathname);
    const problem = await openCase(linked);
    if (!problem) return;
    showCase();
    view.prepend(h("p", { className: "warn", role: "alert" }, problem));
    return;
  }
  if (["#answer", "#ask", "#orders", "#files", "#main"].includes(hash) && ask.box.isConnected) return;
  const [name, ...rest] = hash.slice(1).split("/");
  const page = ["library", "about"].includes(name) ? name : "case";
  for (const linkTo of document.querySelectorAll("nav a")) {
    if (linkTo.dataset.view === page) linkTo.setAttribute("aria-current", "page");
    else linkTo.removeAttribute("aria-current");
  }
  const lead = document.getElementById("lead");
  lead.hidden = page !== "case";
  lead.textContent = say(state.board ? "web.lead_board" : "web.lead");
  document.getElementById("title").textContent = say({ case: state.board ? "web.title_board" : "web.title",
    library: "web.library", about: "web.about" }[page]);
  if (page === "library") await library.show(view, rest);
  else if (page === "about") await about(view, { tables });
  else showCase();
}

async function begin() {
  engine = await start(preferred());
  languages = await engine.ask("languages");
  tables = reader(engine);
  offered = (await tables.rows("languages")).filter((row) => LANGUAGES.includes(row.lang));
  await speakIn(languages.indexOf(engine.code));
  const told = (value) => tell(engine, value);
  ask = asker({ tables, tell: told, changed });
  orders = orderer({ engine, tables });
  answer = await answerer({ tables, orders });
  files = filer({ engine, open: openCase, settled: () => going?.done });
  library = librarian({ engine, tables });
  await Promise.all([ask.load(), orders.load(), answer.load(), told({})]);
  files.listen();
  settings();
  await route();
  window.addEventListener("hashchange", route);
  root.classList.remove("no-engine");
  performance.mark("engine-ready");
  document.getElementById("loading").hidden = true;
}

async function keepOffline() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("sw.js");
  await navigator.serviceWorker.ready;
}

try {
  const offline = keepOffline().catch(() => {}); // without it the page works as long as it is open
  await begin();
  await Promise.all([offline, engine.keepLanguages()]);
  root.dataset.ready = "";
} catch (error) {
  document.getElementById("loading").hidden = true;
  document.getElementById("no-engine").hidden = false;
  console.error(error);
}
