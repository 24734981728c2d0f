// files.js - a case as a file or a link, exports, and what is printed.
import { announce, button, fromEngine, h, say } from "./dom.js";
import { caseText, how, state } from "./state.js";
import { style } from "./engine.js";

const LINK = "#case=";
const FILE_MAX = 1 << 20;
const QUESTIONS = 7; // on the visit sheet

export function download(text, name, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// ---- the case in a link: base64url of its JSON, in the fragment, which is not sent ----

export function link() {
  const bytes = new TextEncoder().encode(caseText());
  const text = btoa(String.fromCharCode(...bytes));
  const page = location.href.split("#")[0];
  return page + LINK + text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The case text of a fragment; null when it holds none. */
export function fromLink(hash) {
  if (!hash.startsWith(LINK)) return null;
  const text = hash.slice(LINK.length).replaceAll("-", "+").replaceAll("_", "/");
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return ""; // a link that was cut: the engine says what is wrong with it
  }
}

// ---- paper ----

function told(rows) {
  return h("dl", { className: "told-sheet" }, rows.map(([term, value]) =>
    h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

/** One page for the visit: the case in short, and the questions with room to write. */
async function visitSheet(engine) {
  const html = await engine.ask("write", "html", style({ lang: state.lang }));
  const page = fromEngine(html);
  const part = (about) => page.querySelector(`[data-about="${about}"]`);
  const pairs = [...(part("told")?.querySelectorAll("dl > div") ?? [])]
    .map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]);
  const open = [...(part("questions")?.querySelectorAll("li strong") ?? [])];
  const visit = [...(part("visit")?.querySelectorAll("li strong") ?? [])];
  const asks = [...new Set([...visit, ...open].map((node) => node.textContent))].slice(0, QUESTIONS);
  const fits = [...page.querySelectorAll(".card.fits h4, .card.fits > p > strong")]
    .map((node) => node.firstChild.textContent.trim());
  const figure = (about) => part(about)?.querySelector("figure");
  const first = (about) => [...(part(about)?.querySelectorAll("p:not(.note)") ?? [])].slice(0, 1);
  return h("article", { className: "sheet visit" },
    h("h1", {}, say("web.sheet_title")), h("p", { className: "lead" }, say("notice")),
    h("div", { className: "three" }, ["where", "stage", "grade"].map((about) =>
      h("section", {}, h("h2", {}, part(about)?.querySelector("h2")?.textContent ?? ""),
        figure(about) ?? "", ...first(about)))),
    h("section", { className: "two" },
      h("div", {}, h("h2", {}, say("told.title")), told(pairs.slice(0, 14))),
      h("div", {}, h("h2", {}, say("web.sheet_fits")),
        h("ul", {}, fits.slice(0, 10).map((name) => h("li", {}, name))))),
    h("section", {}, h("h2", {}, say("visit.title")),
      h("ol", { className: "asks" }, asks.map((text) => h("li", {}, text, h("span", { className: "line" }))))),
    h("p", { className: "quiet" }, document.getElementById("version").textContent));
}

async function boardSheet(engine) {
  const html = await engine.ask("write", "html", style({ board: true, lang: state.lang }));
  const page = fromEngine(html);
  // The summary names the options by status, and their cards follow: no third list.
  page.querySelector("[data-about='board.options'] table")?.remove();
  return h("article", { className: "sheet board" }, page);
}

export async function print(engine, kind) {
  const paper = document.getElementById("paper");
  paper.replaceChildren(await (kind === "visit" ? visitSheet(engine) : boardSheet(engine)));
  paper.hidden = false;
  document.documentElement.dataset.paper = kind;
  window.print();
}

// ---- the bar below the answer ----

/** `settled`: what is printed or saved says how it may go, too. */
export function filer({ engine, open, settled }) {
  const box = h("section", { className: "files", id: "files" });
  const input = h("input", { type: "file", accept: ".json,application/json", className: "unseen",
    tabIndex: -1, onchange: async () => {
      if (input.files[0]) await openFile(input.files[0]);
      input.value = "";
    } });
  input.setAttribute("aria-label", say("web.open"));
  const problem = h("p", { className: "warn", role: "alert", hidden: true });

  async function openFile(file) {
    const text = file.size > FILE_MAX ? null : await file.text();
    const error = text === null ? say("web.too_large") : await open(text);
    problem.textContent = error ?? "";
    problem.hidden = !error;
    if (!error) return;
    if (box.hidden || !box.isConnected) document.getElementById("view").prepend(problem);
    else box.append(problem);
    problem.scrollIntoView({ block: "center" });
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(link());
      announce(say("web.copied"));
      problem.hidden = true;
      copied.textContent = say("web.copied");
    } catch {
      copied.replaceChildren(h("input", { type: "text", readOnly: true, value: link(),
        ariaLabel: say("web.copy") }));
    }
  }
  const saver = (shape, name, type) => async () => {
    await settled();
    download(await engine.ask("write", shape, how()), name, type);
  };
  const copied = h("p", { className: "quiet", ariaLive: "polite" });

  function show() {
    const group = (title, ...buttons) => h("div", {}, h("h3", {}, title), h("p", {}, buttons));
    box.replaceChildren(h("h2", {}, say("web.keep")), h("p", { className: "quiet" }, say("web.private")),
      h("div", { className: "file-groups" },
        group(say("web.paper"),
          button(say("web.print_visit"), () => print(engine, "visit"), "second"),
          button(say("web.print_board"), async () => {
            await settled();
            await print(engine, "board");
          }, "second")),
        group(say("web.file"),
          button(say("web.save"), () => download(`${caseText()}\n`, "nen-case.json", "application/json"), "second"),
          button(say("web.open"), () => input.click(), "second"),
          button(say("web.copy"), copy, "second")),
        group(say("web.export"),
          button(say("web.save_report"), saver("page", "nen-report.html", "text/html"), "second"),
          button(say("web.save_json"), saver("json", "nen-report.json", "application/json"), "second"))),
      input, copied, problem);
  }

  function listen() {
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer.files[0];
      if (file) openFile(file);
    });
    window.addEventListener("afterprint", () => {
      delete document.documentElement.dataset.paper;
      document.getElementById("paper").hidden = true;
    });
  }

  return { box, show, listen, choose: () => input.click() };
}
