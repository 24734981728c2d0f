// state.js - the case that is being told, and what the engine last said of it.
import { style } from "./engine.js";

export const REGIONS = ["US", "EU", "UK", "JP", "CN"];

/** The one state of the page. `told` is the case as JSON; `skipped` are fields answered
 *  with "I don't know"; `report` and `html` are the engine's. */
export const state = {
  told: {},
  skipped: [],
  board: false,
  lang: 0,
  report: null,
  read: null, // the case as the engine read it: "2.3 cm" is 23
  html: "",
  open: null, // field whose question is open; null: the next one
};

const PHONE = { room: 480, width: 340 }; // below so much room a plot is drawn for a phone

/** How the engine is to tell things now. */
export const how = () => style({ board: state.board, lang: state.lang,
  width: innerWidth < PHONE.room ? PHONE.width : 0 });

export const caseText = () => JSON.stringify(state.told);

/** Asks the engine about a case; takes it over only when the engine could read it.
 *  Resolves to null, or what is wrong. */
export async function tell(engine, told) {
  const answer = await engine.ask("answer", JSON.stringify(told), how());
  if (answer.error) return answer.error;
  state.told = told;
  state.report = answer.report;
  state.read = answer.read;
  state.html = answer.html;
  return null;
}

export function without(told, ...fields) {
  const rest = { ...told };
  for (const field of fields) delete rest[field];
  return rest;
}
