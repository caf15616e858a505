import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
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

  it("is made once for the same sources, and again for others; one that nothing has used for two days is removed", async () => {
    writeFileSync(join(folder, "part.ts"), "export const part: number = 1;");
    writeFileSync(join(folder, "index.ts"), 'import { part } from "./part";\nexport const all: number = part + 1;');
    const first = await compiled();
    assert.equal((load(first) as { all: number }).all, 2);
    const { ino } = statSync(first);
    assert.equal(await compiled(), first);
    assert.equal(statSync(first).ino, ino);
    writeFileSync(join(folder, "part.ts"), "export const part: number = 2;");
    const second = await compiled();
    assert.equal((load(second) as { all: number }).all, 3);
    const kept = () => readdirSync(cache).map((name) => join(cache, name));
    // Another instance may be about to load the first.
    assert.deepEqual(kept().sort(), [first, second].sort());
    const twoDaysAgo = new Date(Date.now() - 2 * 24 * 3600 * 1000);
    utimesSync(first, twoDaysAgo, twoDaysAgo);
    writeFileSync(join(folder, "part.ts"), "export const part: number = 3;");
    const third = await compiled();
    assert.deepEqual(kept().sort(), [second, third].sort());
  });

  it("is not made of sources that cannot be compiled", async () => {
    writeFileSync(join(folder, "part.ts"), "export const = 3;");
    await assert.rejects(compiled(), /part\.ts:1:13: ERROR: Expected identifier/);
  });
});
