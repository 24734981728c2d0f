/* same_bits.js - runs tests/same_bits.c as WebAssembly and prints what it prints.
 * usage: node tests/same_bits.js module.wasm */
"use strict";
const { readFileSync } = require("fs");

const module_ = new WebAssembly.Module(readFileSync(process.argv[2]));
const { memory, same_bits_name, same_bits_hash } =
  new WebAssembly.Instance(module_).exports;

function text(at) {
  const bytes = new Uint8Array(memory.buffer, at);
  return Buffer.from(bytes.subarray(0, bytes.indexOf(0))).toString();
}

for (let i = 0, at; (at = same_bits_name(i)); i++) {
  const hash = BigInt.asUintN(64, same_bits_hash(i));
  console.log(text(at).padEnd(16) + " " + hash.toString(16).padStart(16, "0"));
}
