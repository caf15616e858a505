import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../local/frontDoor";

/** What `npm pack` puts into the package, without the types, which `prepack` makes. */
export function packedFiles(): string[] {
  const printed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(printed) as [{ files: { path: string }[] }];
  return files
    .map(({ path }) => path)
    .filter((path) => !path.startsWith("types/"))
    .sort();
}

/** What the preview of the program below makes, of some types, and exports. */
export const PREVIEWED = {
  types: { "aws:lambda/permission:Permission": 2, "aws:lambda/functionUrl:FunctionUrl": 1 },
  outputs: ["url"],
} as const;

interface Project {
  /** The folder of the installed package. */
  readonly installed: string;
  /** Previews the program. @param typeCheck as Pulumi does; it needs the types of the package */
  readonly preview: (typeCheck?: boolean) => unknown;
}

/** What `pulumi new typescript` writes, with the package of this checkout in node_modules. */
export function inProject(test: (project: Project) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "front-door-project-"));
  try {
    const modules = join(folder, "node_modules");
    mkdirSync(modules);
    for (const name of readdirSync(join(ROOT, "node_modules")))
      if (!name.startsWith(".")) symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
    const installed = join(modules, "agentcore-front-door");
    for (const file of packedFiles()) {
      mkdirSync(dirname(join(installed, file)), { recursive: true });
      cpSync(join(ROOT, file), join(installed, file));
    }
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "chat", main: "index.ts" }));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: { strict: true, target: "es2020", module: "commonjs", moduleResolution: "node" },
      }),
    );
    writeFileSync(join(folder, "index.ts"), PROGRAM);
    writeFileSync(join(folder, "preview.cjs"), PREVIEW);
    test({
      installed,
      preview: (typeCheck = false) => {
        const args = ["preview.cjs", ...(typeCheck ? ["--types"] : [])];
        const output = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
        return JSON.parse(output.split("\n").at(-2) ?? "") as unknown;
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const PROGRAM = `import * as aws from "@pulumi/aws";
import { FrontDoor } from "agentcore-front-door";

const client = new aws.iam.Role("client", { assumeRolePolicy: "{}" });
const door = new FrontDoor("chat", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  doors: ["streamingUrl"],
  callers: { client: client.arn },
});
export const url = door.streamingUrl;
`;

/** Runs index.ts as Pulumi's Node.js host does, with the SDK's mocks as the engine of a preview. */
const PREVIEW = `const pulumi = require("@pulumi/pulumi");
const compilerOptions = JSON.parse(require("node:fs").readFileSync("tsconfig.json", "utf8")).compilerOptions;
require("@pulumi/pulumi/vendor/ts-node@7.0.1").register({ transpileOnly: process.argv[2] !== "--types", compiler: "typescript", compilerOptions: { ...compilerOptions, ignoreDeprecations: "6.0" } });
const types = {};
const asked = ["aws:lambda/permission:Permission", "aws:lambda/functionUrl:FunctionUrl"];
void (async () => {
  pulumi.runtime.setAllConfig({ "aws:region": "us-east-1" });
  await pulumi.runtime.setMocks({
    newResource: ({ type, inputs }) => {
      if (asked.includes(type)) types[type] = (types[type] ?? 0) + 1;
      return { id: undefined, state: inputs };
    },
    call: ({ token }) => (token.includes("CallerIdentity") ? { accountId: "123456789012", userId: "AIDA" } : { partition: "aws", region: "us-east-1" }),
  }, "chat", "dev", true);
  let outputs = [];
  await pulumi.runtime.runInPulumiStack(async () => { outputs = Object.keys(require("./index.ts")); });
  await pulumi.runtime.waitForRPCs();
  console.log(JSON.stringify({ types, outputs }));
})();
`;
