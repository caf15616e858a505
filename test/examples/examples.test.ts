import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Graph } from "../../local/program/graph";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import { functionReservedConcurrency } from "../../policy/rules/functions/reservedConcurrency";
import { PORTABLE } from "../components/portable";
import { analyze } from "../policy/support/sdk";
import { MODES, record } from "../support/program/components";
import { ROOT } from "../support/local/frontDoor";

const load = createRequire(__filename);
const examples = readdirSync(join(ROOT, "examples")).filter((file) => file.endsWith(".ts"));
const read = (example: string): string => readFileSync(join(ROOT, "examples", example), "utf8");
const componentOf = (example: string): string =>
  `${example.charAt(0).toUpperCase()}${example.slice(1).replace(/\.ts$/, "")}`;

/** Examples that contain a resource of the user which is too simple for the policy pack. */
const BARE = ["webAcl.ts"];

describe("examples/", () => {
  it("has a program for each component, and no other", () => {
    assert.deepEqual(examples.map(componentOf).sort(), Object.keys(PORTABLE).sort());
    for (const example of examples) assert.match(read(example), new RegExp(`new ${componentOf(example)}\\(`));
  });

  for (const example of examples)
    for (const { mode, preview } of MODES)
      describe(`${example}, ${mode}`, () => {
        let graph: Graph;
        let exported: Record<string, unknown>;
        before(async () => {
          const file = join(ROOT, "examples", example);
          // A program runs when its module is loaded, so it must be loaded again.
          // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
          delete load.cache[file];
          graph = await record(preview, () => {
            exported = load(file) as Record<string, unknown>;
          });
        });

        it("runs", () => {
          const type = `agentcore-front-door:index:${componentOf(example)}`;
          assert.ok(graph.resources.some((resource) => resource.type === type));
          assert.notDeepEqual(Object.keys(exported), []);
          for (const [name, value] of Object.entries(exported)) assert.notEqual(value, undefined, name);
        });

        it(
          BARE.includes(example) ? "leaves findings for the policy pack" : "has no finding of the policy pack",
          async () => {
            // A caller of another account is one that the reader names to the pack as well.
            const config = {
              "fd-pack": { accounts: ["210987654321"], scope: BARE.includes(example) ? "all" : "doors" },
            };
            const { findings } = await analyze(packOf(RULES), graph.resources, config);
            // Advice for production, which the examples leave to their readers.
            const others = findings.filter(({ policy }) => !policy.startsWith(functionReservedConcurrency.id));
            const texts = others.map(({ policy, message }) => `${policy}: ${message}`);
            if (BARE.includes(example)) assert.notDeepEqual(texts, []);
            else assert.deepEqual(texts, []);
          },
        );
      });
});
