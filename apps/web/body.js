// body.js - the drawn body: one chooses where the tumor started, on the picture, by its
// labels (which are the radio buttons that keyboard and screen reader use) or in a list.
import { h, say, svg } from "./dom.js";

// In a frame of 360 by 330; the trunk stands in the middle, labels at both sides.
const SKIN = "M180 8c15 0 24 11 24 26 0 11-5 20-11 25v9c2 6 10 8 22 11 16 4 24 12 27 30l14 84"
  + "c2 12 3 24 2 34-1 8-12 8-13 0l-6-32-19-66-4 54c2 12 6 24 7 40l4 107H133l4-107c1-16 5-28 "
  + "7-40l-4-54-19 66-6 32c-1 8-12 8-13 0-1-10 0-22 2-34l14-84c3-18 11-26 27-30 12-3 20-5 22-11"
  + "v-9c-6-5-11-14-11-25 0-15 9-26 24-26z";
const LIVER = "M152 160c11-8 31-8 41-2 4 3-5 14-17 18-11 4-22 7-25 1-2-5-1-13 1-17z";

// Each organ: its shape (filled, or a line of some width), where its label's line ends,
// and the label's side and height.
const ORGANS = [
  ["paraganglioma", "l", 50, [173, 72], { dots: [[173, 72], [187, 72], [180, 203], [180, 247]] }],
  ["thymus", "l", 88, [175, 96],
    { fill: "M179 86c-7 2-9 9-8 20 4 0 7-2 8-7zM181 86c7 2 9 9 8 20-4 0-7-2-8-7z" }],
  ["lung", "l", 126, [158, 126],
    { fill: "M169 92c-13 3-20 21-20 45 0 9 9 8 15 4 5-3 5-8 5-17zM191 92c13 3 20 21 20 45 0 9-9 "
      + "8-15 4-5-3-5-8-5-17z" }],
  ["adrenal", "l", 164, [157, 190], { fill: "M152 193l6-9 7 8zM198 196l7-9 6 9z" }],
  ["ampulla", "l", 202, [173, 195], { dots: [[174, 195]] }],
  ["duodenum", "l", 240, [167, 200], { line: "M186 181c-10-4-19-1-19 8 0 8 2 14 14 14", width: 5 }],
  ["appendix", "l", 278, [155, 262], { line: "M153 252c-3 6 0 11 6 12", width: 4 }],
  ["rectum", "l", 314, [178, 292], { line: "M190 272c-8 3-12 8-12 16v14", width: 8 }],
  ["oesophagus", "r", 100, [181, 116], { line: "M180 72v56c0 12 3 19 10 25", width: 4 }],
  ["stomach", "r", 142, [204, 168],
    { fill: "M191 154c10-7 24-2 24 10-1 14-15 21-27 18-4-2-3-8 1-9 7-2 5-11 2-19z" }],
  ["pancreas", "r", 180, [204, 192],
    { fill: "M177 194c6-6 14-5 20-7 6-3 13-6 17-4 1 5-6 10-15 13-9 3-19 4-22-2z" }],
  ["jejunum_ileum", "r", 218, [196, 236],
    { line: "M168 222h22c7 0 7 9 0 9h-20c-7 0-7 9 0 9h22c7 0 7 9 0 9h-18c-6 0-6 8 0 8h12", width: 5 }],
  ["colon", "r", 256, [209, 246],
    { line: "M153 250v-36c0-5 3-8 8-8h38c6 0 10 3 10 9v38c0 9-6 14-18 18", width: 8 }],
  ["skin", "r", 294, [221, 303], { dots: [[216, 305]], radius: 6 }],
];
const ELSEWHERE = ["other_digestive", "other", "unknown"];
const HEIGHT = 330;

function organ(site, look) {
  const group = svg("g", { class: "organ", "data-site": site });
  if (look.fill) group.append(svg("path", { d: look.fill }));
  if (look.line)
    group.append(svg("path", { class: "line", d: look.line, "stroke-width": look.width }));
  for (const [cx, cy] of look.dots ?? [])
    group.append(svg("circle", { cx, cy, r: look.radius ?? 3.5 }));
  return group;
}

function drawing() {
  const picture = svg("svg", { viewBox: `0 0 360 ${HEIGHT}`, "aria-hidden": "true", class: "figure" });
  picture.append(svg("path", { class: "skin", d: SKIN }), svg("path", { class: "landmark", d: LIVER }));
  // Lines first, small organs last: what is small must stay reachable.
  for (const [site, side, y, [x2, y2]] of ORGANS)
    picture.append(svg("line", { class: "leader", "data-site": site,
      x1: side === "l" ? 104 : 256, y1: y, x2, y2 }));
  const order = ["lung", "oesophagus", "thymus", "colon", "jejunum_ileum", "rectum", "stomach",
    "duodenum", "pancreas", "adrenal", "appendix", "ampulla", "skin", "paraganglioma"];
  for (const site of order)
    picture.append(organ(site, ORGANS.find(([name]) => name === site)[4]));
  return picture;
}

function choice(name, site, label, checked, choose) {
  const input = h("input", { type: "radio", name, value: site, checked,
    onchange: () => choose(site) });
  return h("label", { className: "place", "data-site": site }, input, h("span", {}, label));
}

/** The picture with its labels. `plain` gives a site its full name; `choose` is told. */
export function bodyChooser({ chosen, plain, choose }) {
  const box = h("div", { className: "body-chooser" });
  const picture = drawing();
  const full = h("p", { className: "full-name", "aria-live": "polite" });
  const mark = (site) => {
    for (const part of picture.querySelectorAll("[data-site]"))
      part.classList.toggle("is", part.dataset.site === site);
    full.textContent = site ? plain(site) : "";
  };
  const pick = (site) => {
    mark(site);
    choose(site);
  };
  for (const [site, side, y] of ORGANS) {
    const label = choice("site", site, say(`web.organ.${site}`), site === chosen, pick);
    label.classList.add(side === "l" ? "left" : "right");
    label.style.top = `${(100 * y) / HEIGHT}%`;
    label.addEventListener("pointerenter", () => hint(picture, site, true));
    label.addEventListener("pointerleave", () => hint(picture, site, false));
    label.firstChild.addEventListener("focus", () => hint(picture, site, true));
    label.firstChild.addEventListener("blur", () => hint(picture, site, false));
    box.append(label);
  }
  picture.addEventListener("click", (event) => {
    const part = event.target.closest(".organ");
    if (!part) return;
    const input = box.querySelector(`input[value="${part.dataset.site}"]`);
    input.checked = true;
    input.focus();
    pick(part.dataset.site);
  });
  box.prepend(picture);
  const others = h("div", { className: "elsewhere" }, ELSEWHERE.map((site) =>
    choice("site", site, plain(site), site === chosen, pick)));
  const toggle = h("button", { type: "button", className: "plain", "aria-pressed": "false",
    onclick: () => {
      const list = box.classList.toggle("as-list");
      toggle.setAttribute("aria-pressed", String(list));
      toggle.textContent = say(list ? "web.body_picture" : "web.body_list");
    } }, say("web.body_list"));
  mark(chosen);
  return [box, full, others, toggle];
}

function hint(picture, site, on) {
  for (const part of picture.querySelectorAll(`[data-site="${site}"]`))
    part.classList.toggle("near", on);
}
