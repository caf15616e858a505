import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";

const functions = join(__dirname, "..", "functions");

/** Entry files of functions/ that run in Lambda. */
export type HandlerEntry = "buffered" | "streaming";

const bundles = new Map<HandlerEntry, string>();

/**
 * One handler as the archive that Lambda gets: a single `index.mjs`, so the handler is `index.handler`.
 * The same source gives the same bytes. Built once a process: two doors share the streaming bundle.
 */
export function bundleHandler(entry: HandlerEntry): pulumi.asset.AssetArchive {
  let code = bundles.get(entry);
  if (code === undefined) {
    code = build(entry);
    bundles.set(entry, code);
  }
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code) });
}

function build(entry: HandlerEntry): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(functions, `${entry}.ts`)],
    bundle: true,
    write: false,
    platform: "node",
    target: "node24",
    format: "esm",
    // The packages' ES modules shake; their CommonJS builds, esbuild's default for node, do not, and need a `require` that ESM lacks.
    mainFields: ["module", "main"],
    alias: { "@aws-sdk/credential-provider-node": join(functions, "environmentCredentials.ts") },
    minify: true,
    legalComments: "none",
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild wrote no bundle for functions/${entry}.ts.`);
  return file.text;
}
