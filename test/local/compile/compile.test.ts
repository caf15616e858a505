import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "../../../local/compile/compile";

const load = createRequire(__filename);

describe("a compiled file", () => {
  let folder: string;
  let cache: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "front-door-sources-"));
    cache = mkdtempSync(join(tmpdir(), "front-door-cache-"));
  });
  after(() => {
    for (const each of [folder, cache]) rmSync(each, { recursive: true });
  });

  const compiled = (): Promise<string> =>
    compile({ name: "it", folder, options: { entryPoints: [join(folder, "index.ts")] } }, cache);

  it("is made once for the same sources, and again for others; the former one is removed", async () => {
    writeFileSync(join(folder, "part.ts"), "export const part: number = 1;");
    writeFileSync(join(folder, "index.ts"), 'import { part } from "./part";\nexport const all: number = part + 1;');
    const first = await compiled();
    assert.equal((load(first) as { all: number }).all, 2);
    const { ino, mtimeMs } = statSync(first);
    assert.equal(await compiled(), first);
    assert.deepEqual([statSync(first).ino, statSync(first).mtimeMs], [ino, mtimeMs]);
    writeFileSync(join(folder, "part.ts"), "export const part: number = 2;");
    const second = await compiled();
    assert.equal((load(second) as { all: number }).all, 3);
    assert.deepEqual(
      readdirSync(cache).map((name) => join(cache, name)),
      [second],
    );
  });

  it("is not made of sources that cannot be compiled", async () => {
    writeFileSync(join(folder, "part.ts"), "export const = 3;");
    await assert.rejects(compiled(), /part\.ts:1:13: ERROR: Expected identifier/);
  });
});
