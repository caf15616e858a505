import { createHash } from "node:crypto";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";

const agent = join(__dirname, "..", "..", "agents", "sample");

/** What runs in the runtime: Node.js takes it for CommonJS, and needs nothing beside it. */
export const AGENT_ENTRY = "main.js";

export interface AgentBundle {
  /** To be zipped. */
  readonly archive: pulumi.asset.AssetArchive;
  /** Of the code: a new name in the bucket makes a new version of the runtime. */
  readonly hash: string;
}

let code: string | undefined;

/** The sample agent with all that it needs in one file, for NODE_22. The same source gives the same bytes; built once a process. */
export function bundleAgent(): AgentBundle {
  code ??= agentCode();
  return {
    archive: new pulumi.asset.AssetArchive({ [AGENT_ENTRY]: new pulumi.asset.StringAsset(code) }),
    hash: createHash("sha256").update(code).digest("hex").slice(0, 16),
  };
}

function agentCode(): string {
  const [file] = buildSync({
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
  }).outputFiles;
  if (!file) throw new Error("esbuild wrote no bundle.");
  return file.text;
}
