// worker.js - one engine in a thread of its own; does what it is asked by name.
import { open } from "./engine.js";

let engine = null;

function run(name, args) {
  if (name === "open") {
    engine = open(args[0]);
    return true;
  }
  return engine[name](...args);
}

onmessage = ({ data: { id, name, args } }) => {
  try {
    const value = run(name, args);
    postMessage({ id, value }, value instanceof Uint8Array ? [value.buffer] : []);
  } catch (error) {
    postMessage({ id, failed: String(error) });
  }
};
