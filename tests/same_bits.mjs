// same_bits.mjs - runs tests/same_bits.c as WebAssembly and prints what it prints; in Node,
// and by its one function in a browser.   usage: node tests/same_bits.mjs module.wasm
import { readFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/** The lines of a module, told as base64: a browser is handed this function as it is. */
export async function hashes(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes);
  const { memory, same_bits_name, same_bits_hash } = instance.exports;
  const lines = [];
  for (let i = 0, at; (at = same_bits_name(i)); i++) {
    const name = new Uint8Array(memory.buffer, at);
    const text = String.fromCharCode(...name.subarray(0, name.indexOf(0)));
    const hash = BigInt.asUintN(64, same_bits_hash(i)).toString(16);
    lines.push(`${text.padEnd(16)} ${hash.padStart(16, "0")}`);
  }
  return lines.join("\n");
}

if (argv[1] === fileURLToPath(import.meta.url))
  console.log(await hashes(readFileSync(argv[2]).toString("base64")));
