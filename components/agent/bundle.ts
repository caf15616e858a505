import { createHash } from "node:crypto";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { buildSync, type BuildOptions } from "esbuild";
import { bundledSources } from "../shared/bundledSources";

const agent = join(__dirname, "..", "..", "agents", "sample");

/** Entry point of the package: one CommonJS file with no dependencies. */
export const AGENT_ENTRY = "main.js";

export interface AgentBundle {
  /** The provider uploads it as a zip. */
  readonly archive: pulumi.asset.AssetArchive;
  /** SHA-256 of the code, 16 hexadecimal digits. It is part of the object key, so new code creates a new version of the runtime. */
  readonly hash: string;
}

let code: string | undefined;

/** Bundles the sample agent into one file for NODE_22. The same source gives the same bytes. The bundle is built once per process. */
export function bundleAgent(): AgentBundle {
  code ??= agentCode();
  return {
    archive: new pulumi.asset.AssetArchive({ [AGENT_ENTRY]: new pulumi.asset.StringAsset(code) }),
    hash: createHash("sha256").update(code).digest("hex").slice(0, 16),
  };
}

const BUILD = {
  entryPoints: [join(agent, "agent.ts")],
  bundle: true,
  write: false,
  platform: "node",
  target: "node22",
  format: "cjs",
  minify: true,
  legalComments: "none",
  logLevel: "silent",
  absWorkingDir: agent,
  alias: { module: join(agent, "createRequire.cjs") },
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
} satisfies BuildOptions;

/** The absolute paths of the sources that have a part in the sample agent. */
export function agentSources(): readonly string[] {
  return bundledSources(BUILD);
}

function agentCode(): string {
  const [file] = buildSync(BUILD).outputFiles;
  if (!file) throw new Error("esbuild wrote no bundle.");
  return file.text;
}
