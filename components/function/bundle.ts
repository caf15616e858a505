import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { build as esbuild, type BuildOptions } from "esbuild";
import { bundledSources } from "../shared/bundledSources";
import { hooksCode } from "./hooks";
import { payloadSchemaSource } from "./payloadSchema";
import { activeDetectors, POLICY_FILE, type DoorPolicy } from "../../contract/runtime/doorPolicy";

const functions = join(__dirname, "..", "..", "functions");

/** Entry files of functions/ that run in Lambda. */
export type HandlerEntry = "buffered" | "streaming";

/** An entry file with code of the stack. */
type HookedEntry = `${HandlerEntry}WithHooks`;

/** Every entry file that is bundled: the handlers of the doors, and the authorizer. */
export type BundleEntry = HandlerEntry | HookedEntry | "jwtAuthorizer";

/** What reads the dialects of agents. A function imports it when it calls the agent. */
const DIALECTS = "dialects.mjs";

/** The RE2 engine. A function imports it at run time if its policy has custom patterns. */
const PATTERNS = "customPatterns.mjs";

/** The search of the built-in detectors. A function imports it at run time if its policy uses one. */
const DETECTORS = "detectors.mjs";

/** The verifier of users' tokens. A function imports it at run time if its policy says so. */
const USER_TOKENS = "userTokens.mjs";

/** The session ids of an anonymous public edge, with the signer for KMS. A function imports it at run time if its policy says so. */
const EDGE_IDS = "edgeIds.mjs";

/** The stack's own code, or what calls the function that has it. A function imports it if its entry file is one with hooks. */
const HOOKS = "hooks.mjs";

/** The check of the stack's schema. A function imports it at run time if its policy says so. */
const SCHEMA = "payloadSchema.mjs";

/** Files of functions/ that are bundled by themselves, next to `index.mjs`. */
const OPTIONAL = {
  [DIALECTS]: join(functions, "answer", "dialects.mts"),
  [PATTERNS]: join(functions, "request", "redact", "customPatterns.mts"),
  [DETECTORS]: join(functions, "request", "redact", "detectors.mts"),
  [USER_TOKENS]: join(functions, "request", "caller", "userTokens.mts"),
  [EDGE_IDS]: join(functions, "request", "caller", "edgeIds.mts"),
  [HOOKS]: join(functions, "hooks", "hooks.mts"),
} as const;

const BUILD = {
  bundle: true,
  write: false,
  platform: "node",
  target: "node24",
  format: "esm",
  // By default, esbuild picks the CommonJS builds of packages for Node.js. They cannot be tree-shaken, and need a `require` that ES modules lack.
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "silent",
  absWorkingDir: functions,
} satisfies BuildOptions;

const bundles = new Map<string, Promise<string>>();

/** What a stack adds to a handler. */
export interface StackCode {
  /** JSON Schema of the body. */
  readonly schema?: object | undefined;
  /** Path of the module with the stack's hooks; empty if another function has them. Undefined if there are none. */
  readonly hooks?: string | undefined;
}

/**
 * Bundles one handler into a Lambda archive: `index.mjs` (so the handler is `index.handler`), the dialects, the policy of the door, and the optional
 * files that the policy and the stack's code need. The same source gives the same bytes. Each file is built once per process: two doors share the streaming bundle.
 */
export function bundleHandler(
  entry: HandlerEntry,
  policy: DoorPolicy,
  { schema, hooks }: StackCode = {},
): pulumi.asset.AssetArchive {
  const text = (content: string | Promise<string>) => new pulumi.asset.StringAsset(content);
  const handler = (name: BundleEntry) => cached(name, () => handlerCode(name));
  const optional = (file: keyof typeof OPTIONAL) => ({ [file]: text(cached(file, () => optionalCode(file))) });
  return new pulumi.asset.AssetArchive({
    "index.mjs": text(handler(hooks === undefined ? entry : `${entry}WithHooks`)),
    ...optional(DIALECTS),
    [POLICY_FILE]: text(JSON.stringify(policy)),
    ...(policy.redaction.patterns.length > 0 && optional(PATTERNS)),
    ...(activeDetectors(policy.redaction).length > 0 && optional(DETECTORS)),
    ...(policy.publicEdge && optional(policy.userTokens ? USER_TOKENS : EDGE_IDS)),
    ...(schema && { [SCHEMA]: text(schemaCode(schema)) }),
    ...(hooks === "" && optional(HOOKS)),
    ...(hooks && { [HOOKS]: text(hooksCode(hooks, BUILD)) }),
  });
}

/** Bundles a function that has no door policy into a Lambda archive. */
export function bundleFunction(entry: BundleEntry): pulumi.asset.AssetArchive {
  return new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.StringAsset(cached(entry, () => handlerCode(entry))),
  });
}

/** Lambda@Edge runs an older Node.js version than the doors. */
const EDGE_SIGNER: BuildOptions = { entryPoints: [join(functions, "edgeSigner.ts")], target: "node22", minify: true };

/** Bundles the body signer of an edge. */
export function bundleEdgeSigner(): pulumi.asset.AssetArchive {
  const code = cached("edgeSigner", () => build(EDGE_SIGNER));
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code) });
}

/** Bundles are built beside each other, and beside the registration of resources. */
function cached(name: string, make: () => Promise<string>): Promise<string> {
  const code = bundles.get(name) ?? make();
  bundles.set(name, code);
  // Who reads the asset gets the error: a program that ends before must not leave it unhandled.
  code.catch(() => undefined);
  return code;
}

const external = [...Object.keys(OPTIONAL), SCHEMA].map((file) => `./${file}`);

const handlerOptions = (entry: BundleEntry): BuildOptions => ({
  entryPoints: [join(functions, `${entry}.ts`)],
  external,
  alias: {
    "@aws-sdk/credential-provider-node": join(functions, "sdk", "credentials.ts"),
    "@smithy/core/checksum": join(functions, "sdk", "checksum.ts"),
    "@smithy/core/event-streams": join(functions, "sdk", "eventStreams.ts"),
    "@smithy/core/retry": join(functions, "sdk", "retry.ts"),
  },
});

/** The minified code of a handler, as in the archive. */
export async function handlerCode(entry: BundleEntry): Promise<string> {
  const contents = versionOnly(literalKeys(await build(handlerOptions(entry))));
  return await build({ stdin: { contents, loader: "js" }, external, minify: true });
}

/** Each file that runs in Lambda, by its name, with the absolute paths of the sources that have a part in it. */
export function functionSources(): Readonly<Record<string, readonly string[]>> {
  const builds: Readonly<Record<string, BuildOptions>> = {
    buffered: handlerOptions("buffered"),
    streaming: handlerOptions("streaming"),
    bufferedWithHooks: handlerOptions("bufferedWithHooks"),
    streamingWithHooks: handlerOptions("streamingWithHooks"),
    jwtAuthorizer: handlerOptions("jwtAuthorizer"),
    edgeSigner: EDGE_SIGNER,
    ...Object.fromEntries(Object.entries(OPTIONAL).map(([file, path]) => [file, { entryPoints: [path] }])),
  };
  return Object.fromEntries(
    Object.entries(builds).map(([name, options]) => [name, bundledSources({ ...BUILD, ...options })]),
  );
}

/** The minified code of an optional file, as in the archive. */
export async function optionalCode(file: keyof typeof OPTIONAL): Promise<string> {
  return await build({ entryPoints: [OPTIONAL[file]], minify: true });
}

/** The minified code that checks a body against a stack's schema. */
async function schemaCode(schema: object): Promise<string> {
  const resolveDir = join(functions, "request", "schema");
  return await build({ stdin: { contents: payloadSchemaSource(schema), loader: "js", resolveDir }, minify: true });
}

/**
 * The SDK's schemas of all its operations have computed keys, which esbuild regards as side effects and keeps
 * (https://github.com/aws/aws-sdk-js-v3/issues/7607). Rewritten as literals, the schemas of unused operations are removed: 50 KB.
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

/** esbuild keeps the client's package.json whole. The SDK reads only its version, for the header User-Agent: 2 KB. */
function versionOnly(code: string): string {
  if (/\bpackage_default\.(?!version\b)/.test(code))
    throw new Error("The SDK reads more of package.json than its version.");
  return code.replace(/^var package_default = \{\n[^]*?^\};/gm, (whole) => {
    const [version = ""] = /^ {2}version: ".*"/m.exec(whole) ?? [];
    return `var package_default = {\n${version}\n};`;
  });
}

async function build(options: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await esbuild({ ...BUILD, ...options });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild wrote no bundle.");
  return file.text;
}
