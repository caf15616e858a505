import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { MAX_BODY_BYTES } from "../contract/aws/limits";
import { DETECTORS } from "../contract/runtime/doorPolicy";
import { filled, PROSE, slowUnits } from "../test/functions/request/redact/corpus/slowTexts";

type Detectors = typeof import("../functions/request/redact/detectors.mjs");

/** The detectors as a function's archive contains them: a bundle is faster than the sources. */
async function bundledDetectors(): Promise<Detectors> {
  const folder = mkdtempSync(join(tmpdir(), "bench-redaction-"));
  try {
    const outfile = join(folder, "detectors.mjs");
    buildSync({
      entryPoints: ["functions/request/redact/detectors.mts"],
      bundle: true,
      minify: true,
      format: "esm",
      platform: "node",
      outfile,
    });
    return (await import(pathToFileURL(outfile).href)) as Detectors;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The shortest of several times, milliseconds: what else the machine does only adds. */
function time(work: () => unknown, times: number): number {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Prints times on the largest body: prose, and the slowest of 400 texts that are made to be slow. */
async function main(): Promise<void> {
  const { FINDERS } = await bundledDetectors();
  const prose = filled(PROSE, MAX_BODY_BYTES);
  const json = JSON.stringify({ prompt: prose });
  const all = (text: string): unknown => DETECTORS.map((detector) => FINDERS[detector](text));
  const finders = [...DETECTORS.map((detector) => [detector, FINDERS[detector]] as const), ["all", all] as const];
  for (let i = 0; i < 20; i++) all(prose);

  const allOnProse = time(() => all(prose), 30);
  const words = time(() => prose.match(/[\p{L}\p{N}]+/gu), 30);
  const parse = time(() => JSON.parse(json), 30);
  console.log(
    `prose, ${MAX_BODY_BYTES} characters: all detectors ${allOnProse.toFixed(2)} ms, a search for words ${words.toFixed(2)} ms, JSON.parse ${parse.toFixed(2)} ms`,
  );
  for (const [name, find] of finders) {
    let worst = { ms: 0, unit: "" };
    for (const unit of slowUnits()) {
      const text = filled(unit, MAX_BODY_BYTES);
      const ms = time(() => find(text), 2);
      if (ms > worst.ms) worst = { ms: time(() => find(text), 8), unit };
    }
    const own = time(() => find(prose), 30);
    console.log(
      `${name}: ${own.toFixed(2)} ms on prose, at most ${worst.ms.toFixed(2)} ms: ${(worst.ms / own).toFixed(1)} times itself, ${(worst.ms / allOnProse).toFixed(1)} times all, ` +
        `${(worst.ms / words).toFixed(1)} times the search for words, on ${JSON.stringify(worst.unit)} repeated`,
    );
  }
}

void main();
