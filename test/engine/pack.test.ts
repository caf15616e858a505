import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { TYPES } from "../../local/program/graph";
import { engineSuite } from "./support/cli";
import { POLICY_PACK, REST_ONLY } from "./support/config";
import { program, withStack } from "./support/stack";
import { UNSAFE, unsafeProgram } from "./support/unsafeProgram";
import { ROOT } from "../support/local/frontDoor";

const policyPacks = [POLICY_PACK];
const config = { ...REST_ONLY, doors: ["bufferedApi", "streamingUrl"] };

/** An empty folder in which the packed pack is installed, with packages of this repository. */
function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), "front-door-installed-"));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const output = execFileSync("npm", args, {
    cwd: POLICY_PACK,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const [{ filename = "" } = {}] = JSON.parse(output) as { filename?: string }[];
  execFileSync("tar", ["xzf", filename], { cwd: folder });
  renameSync(join(folder, "package"), join(modules, "agentcore-front-door-policy"));
  for (const name of ["@pulumi", "ajv", "esbuild", "fastest-levenshtein"])
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  return folder;
}

engineSuite("the policy pack in the engine", () => {
  it("lets a preview and an update pass", async () => {
    await withStack({}, async (stack) => {
      const { changes } = await stack.preview(config, { policyPacks });
      assert.deepEqual(Object.keys(changes), ["create"]);
      await stack.up(config, { policyPacks });
    });
  });

  it("stops a Function URL without signatures in the preview", async () => {
    const open = () => {
      pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
        type === TYPES.functionUrl ? { props: { ...props, authorizationType: "NONE" }, opts } : undefined,
      );
      return program();
    };
    await withStack({ program: open }, async (stack) => {
      await assert.rejects(stack.preview(config, { policyPacks }), /\[mandatory\].*fd-lambda-function-url-aws-iam/);
    });
  });

  it("stops a program of 40 resources in the preview, and names the 11 that are unsafe, also as an installed package", async () => {
    const folder = installed();
    try {
      const pack = join(folder, "node_modules/agentcore-front-door-policy");
      await withStack({ program: unsafeProgram }, async (stack) => {
        const { changes } = await stack.preview({});
        // The stack itself is one more.
        assert.equal(changes.create, 41);
        await assert.rejects(stack.preview({}, { policyPacks: [pack] }), ({ message }: Error) => {
          const named = [...message.matchAll(/\[mandatory\] .+?\(aws:[\w/:]+: ([\w-]+)\)/g)].map(([, name]) => name);
          assert.deepEqual([...new Set(named)].sort(), [...UNSAFE].sort(), message);
          return true;
        });
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
