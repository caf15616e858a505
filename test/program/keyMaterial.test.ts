import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { TYPES, type Graph } from "../../local/program/graph";
import { runProgram } from "../../local/program/program";
import { readStack } from "../../local/program/project";
import { Sweep } from "../e2e/keyMaterial/sweep";
import { PLACE, withoutStackTraces } from "../support/program/components";
import { runIndex, TEST_STACKS } from "../support/stacks";

/** What AWS makes that opens a door, and the resource whose own output it is. */
const MADE = [
  [TYPES.apiKey, "value"],
  [TYPES.userPoolClient, "clientSecret"],
] as const;

interface Ran {
  readonly graph: Graph;
  /** The stack's outputs that are not encrypted. */
  readonly plain: string;
  readonly said: string;
}

async function ran(stack: string, preview: boolean): Promise<Ran> {
  const said: string[] = [];
  const log = pulumi.log as unknown as Record<string, (message: string) => Promise<void>>;
  const before = { ...log };
  // Debug messages are the SDK's own.
  for (const level of ["info", "warn", "error"]) log[level] = (text) => Promise.resolve(void said.push(text));
  try {
    let exported: unknown;
    const graph = await withoutStackTraces(() =>
      runProgram(readStack(stack), { preview, place: PLACE }, () => (exported = runIndex())),
    );
    return { graph, plain: JSON.stringify([await plain(exported)]), said: said.join("\n") };
  } finally {
    Object.assign(log, before);
  }
}

/** The values of outputs, without those that Pulumi encrypts. */
async function plain(value: unknown): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const output = value as pulumi.Output<unknown> & { isSecret: Promise<boolean>; promise(): Promise<unknown> };
    return (await output.isSecret) ? undefined : await plain(await output.promise());
  }
  if (typeof value !== "object" || value === null) return value;
  return await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await plain(inner)]));
}

describe("key material, in all that the program registers, prints and exports", () => {
  let secrets = 0;
  for (const stack of TEST_STACKS)
    for (const preview of [false, true])
      it(`is nowhere but in the resource that makes it: ${stack}, ${preview ? "preview" : "update"}`, async () => {
        const sweep = new Sweep();
        const { graph, plain: outputs, said } = await ran(stack, preview);
        for (const [type, output] of MADE)
          for (const { name, outputs: made } of graph.all(type)) {
            const value = made[output];
            if (typeof value === "string" && value !== "") sweep.secret(`${output} of ${name}`, value);
          }
        for (const { type, name, inputs, outputs: made } of graph.resources) {
          sweep.place(`inputs of ${type} ${name}`, JSON.stringify(inputs));
          const own = MADE.find(([made]) => made === type)?.[1] ?? "";
          sweep.place(`outputs of ${type} ${name}`, JSON.stringify({ ...made, [own]: undefined }));
        }
        sweep.place("outputs of the stack", outputs);
        sweep.place("messages", said);
        secrets += sweep.size.secrets;
        assert.deepEqual(sweep.found, []);
      });

  it("was there to be found", () => {
    assert.ok(secrets >= 8, String(secrets));
  });
});
