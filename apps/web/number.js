// number.js - a number as people write it: in the unit of their lab, with a comma or a
// point, as a bound or a range. The engine reads it; the page says what was understood.
import { h, say } from "./dom.js";
import { state } from "./state.js";

const chosen = new Map(); // unit by field, as long as the page is open

/** Units that a field can be told in, its own first; not other spellings of one. */
export function unitsOf(row, units) {
  if (!row.unit) return [];
  const seen = new Set(["1"]);
  const others = units.filter((one) => [row.field, row.unit].includes(one.field)
    && !seen.has(one.factor) && seen.add(one.factor));
  return [row.unit, ...others.map((one) => one.unit)];
}

/** "2,3 cm" has a decimal comma; what "1,200" is, nobody knows: that is left as it is. */
const pointed = (text) => text.replace(/(\d),(\d{1,2})(?!\d|,)/g, "$1.$2");

/** What the engine is given: a number, or a text with its unit. */
export function written(input, unit, row) {
  const text = pointed(input.trim());
  const own = !unit || unit === row.unit;
  const named = /[a-z%/]/i.test(text.replace(/\bto\b/g, ""));
  if (named || own) return text === "" || Number.isNaN(Number(text)) ? text : Number(text);
  return `${text} ${unit}`;
}

/** A told number in words: as the engine read it, with the field's unit. */
export function numberSaid(row) {
  const value = state.read?.[row.field] ?? state.told[row.field];
  return value === "not_measurable" ? say("value.not_measurable") || value
    : [value, row.unit].filter((part) => part !== null && part !== undefined && part !== "").join(" ");
}

/** A field to type in, with its unit, or a choice of units. `take` gives the value on,
 *  `forward` goes to the next question. */
export function numberField({ row, units, board, take, forward }) {
  const all = unitsOf(row, units);
  const told = state.told[row.field];
  const own = typeof told === "string" && all.find((unit, i) => i && told.endsWith(` ${unit}`));
  const input = h("input", { type: "text", inputMode: "decimal", autocomplete: "off", id: `in-${row.field}`,
    value: own ? told.slice(0, -own.length - 1) : told ?? "" });
  input.setAttribute("aria-describedby", `hint-${row.field}`);
  const understood = h("p", { className: "understood", role: "status" });
  const tell = () => {
    const value = state.told[row.field];
    understood.textContent = typeof value === "string" && state.read?.[row.field] !== undefined
      ? say("web.read_as", { value: numberSaid(row) }) : "";
  };
  const give = async () => {
    const good = input.value.trim() === "" ? await take({}, [row.field])
      : await take({ [row.field]: written(input.value, chosen.get(row.field), row) }, []);
    if (good) tell();
    return good;
  };
  input.addEventListener("change", give);
  input.addEventListener("keydown", async (event) => {
    if (event.key === "Enter" && (await give())) forward(row.field, !input.value.trim());
  });
  if (own) chosen.set(row.field, own);
  const choice = all.length > 1 && h("select", { className: "unit-choice", ariaLabel: say("web.unit"),
    onchange: () => {
      chosen.set(row.field, choice.value);
      if (input.value.trim()) give();
    } }, all.map((unit) => h("option", { value: unit, selected: unit === chosen.get(row.field) }, unit)));
  tell();
  return [h("div", { className: "typed" }, h("label", { htmlFor: input.id }, board ? row.help : row.plain),
    h("span", { className: "unit" }, input, choice || all[0] || "")),
  h("p", { className: "hint", id: `hint-${row.field}` },
    say("web.number_hint", { lo: row.lo, hi: row.hi, unit: row.unit })), understood];
}
