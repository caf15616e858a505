// Runs an agent of each framework once, with a model that needs no network, and writes the bytes of its answer.
//
//     node capture.mjs FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { CAPTURES as agUi } from "./agUi.mjs";
import { CAPTURES as aiSdk } from "./aiSdk.mjs";
import { CAPTURES as strands } from "./strands.mjs";

const folder = process.argv[2];
const { dependencies } = createRequire(import.meta.url)("./package.json");
const installed = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
const versions = Object.fromEntries(Object.keys(dependencies).map((name) => [name, installed(name)]));
writeFileSync(join(folder, "node.json"), `${JSON.stringify(versions, undefined, 2)}\n`);

for (const [name, capture] of Object.entries({ ...aiSdk, ...agUi, ...strands })) {
  const response = await capture();
  const [type] = response.headers.get("content-type").split(";");
  const suffix = { "text/event-stream": "sse", "application/json": "json" }[type] ?? "txt";
  const bytes = new Uint8Array(await response.arrayBuffer());
  writeFileSync(join(folder, `${name}.${suffix}`), bytes);
  console.log(name, type, bytes.length);
}
process.exit();
