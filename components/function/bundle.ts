import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { buildSync, type BuildOptions } from "esbuild";
import { POLICY_FILE, type DoorPolicy } from "../../contract/runtime/doorPolicy";

const functions = join(__dirname, "..", "..", "functions");

/** Entry files of functions/ that run in Lambda. */
export type HandlerEntry = "buffered" | "streaming";

/** Every entry file that is bundled: the doors' handlers, and what decides before them. */
export type BundleEntry = HandlerEntry | "jwtAuthorizer";

/** The RE2 engine, imported at run time by functions that have patterns of their own. */
const PATTERNS = "customPatterns.mjs";

const bundles = new Map<string, string>();

/**
 * One handler as the archive that Lambda gets: `index.mjs`, so the handler is `index.handler`; the policy of its door; and the RE2
 * engine where the policy has patterns. The same source gives the same bytes. Built once a process: two doors share the streaming bundle.
 */
export function bundleHandler(entry: HandlerEntry, policy: DoorPolicy): pulumi.asset.AssetArchive {
  const text = (content: string) => new pulumi.asset.StringAsset(content);
  return new pulumi.asset.AssetArchive({
    "index.mjs": text(once(entry, () => handlerCode(entry))),
    [POLICY_FILE]: text(JSON.stringify(policy)),
    ...(policy.redaction.patterns.length > 0 && { [PATTERNS]: text(once(PATTERNS, patternsCode)) }),
  });
}

/** A function without a policy of a door, as the archive that Lambda gets. */
export function bundleFunction(entry: BundleEntry): pulumi.asset.AssetArchive {
  return new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.StringAsset(once(entry, () => handlerCode(entry))),
  });
}

/** The body signer of an edge as its archive: Lambda@Edge runs an older Node than the doors. */
export function bundleEdgeSigner(): pulumi.asset.AssetArchive {
  const code = once("edgeSigner", () =>
    build({ entryPoints: [join(functions, "edgeSigner.ts")], target: "node22", minify: true }),
  );
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code) });
}

function once(name: string, make: () => string): string {
  const code = bundles.get(name) ?? make();
  bundles.set(name, code);
  return code;
}

/** The code of a handler, as it stands in the archive. */
export function handlerCode(entry: BundleEntry): string {
  const readable = build({
    entryPoints: [join(functions, `${entry}.ts`)],
    external: [`./${PATTERNS}`],
    alias: {
      "@aws-sdk/credential-provider-node": join(functions, "sdk", "credentials.ts"),
      "@smithy/core/event-streams": join(functions, "sdk", "eventStreams.ts"),
      "@smithy/core/retry": join(functions, "sdk", "retry.ts"),
    },
  });
  return build({ stdin: { contents: literalKeys(readable), loader: "js" }, external: [`./${PATTERNS}`], minify: true });
}

function patternsCode(): string {
  return build({ entryPoints: [join(functions, "request", "customPatterns.mts")], minify: true });
}

/**
 * The SDK's schemas of all its operations have computed keys, which esbuild takes for side effects and keeps
 * (https://github.com/aws/aws-sdk-js-v3/issues/7607). Written as literals, those of unused operations can go: 50 KB.
 */
function literalKeys(code: string): string {
  return code.replace(/^\/\/ .*\/schemas_0\.js\n[^]*?(?=^\/\/ )/gm, (schemas) => {
    const names = new Map(
      [...schemas.matchAll(/^var (_\w+) = (".*");$/gm)].map(([, name, text]) => [name ?? "", text ?? ""]),
    );
    return schemas.replace(/\[(_\w+)\]:/g, (computed, name: string) =>
      names.has(name) ? `${names.get(name) ?? ""}:` : computed,
    );
  });
}

function build(options: BuildOptions): string {
  const { outputFiles = [] } = buildSync({
    bundle: true,
    write: false,
    platform: "node",
    target: "node24",
    format: "esm",
    // The packages' ES modules shake; their CommonJS builds, esbuild's default for node, do not, and need a `require` that ESM lacks.
    mainFields: ["module", "main"],
    legalComments: "none",
    logLevel: "silent",
    absWorkingDir: functions,
    ...options,
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild wrote no bundle.");
  return file.text;
}
