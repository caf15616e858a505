import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { fine, notChecked, wrong, type Finding } from "../finding";

const run = promisify(execFile);
const load = createRequire(__filename);

/** Three numbers of a version; what follows them is left out. */
function parseVersion(text: string): readonly [number, number, number] | undefined {
  const [, major, minor, patch] = /(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Whether a version is lower than another. */
function isLower(a: readonly number[], b: readonly number[]): boolean {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}

/** Node.js, against `engines` of package.json. */
export function checkNode(version: string, engines: string): Finding {
  const [found, least] = [parseVersion(version), parseVersion(`${engines}.0`)];
  if (!found || !least) return notChecked("Node.js", `The version ${version} cannot be compared with "${engines}".`);
  return isLower(found, least)
    ? wrong("Node.js", `It is ${found.join(".")}, and the program needs ${engines}.`, "Install a newer Node.js.")
    : fine("Node.js", found.join("."));
}

/** What a command prints, or why it does not. */
export type Command = (file: string, args: readonly string[]) => Promise<string>;

const runCommand: Command = async (file, args) => {
  const { stdout } = await run(file, [...args], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: 20_000,
  });
  return stdout;
};

/**
 * The Pulumi CLI.
 *
 * @param sdk version of @pulumi/pulumi, which the tests run with a CLI of the same version
 */
export async function checkCli(command: Command, sdk: string): Promise<Finding> {
  const check = "Pulumi CLI";
  const install = "Install it: https://www.pulumi.com/docs/install/.";
  let printed: string;
  try {
    printed = await command("pulumi", ["version"]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      return wrong(check, "There is no `pulumi` on PATH.", `${install} \`npm start\` does without it.`);
    return notChecked(check, `\`pulumi version\` failed: ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
  const [found, tested] = [parseVersion(printed), parseVersion(sdk)];
  if (!found || !tested) return notChecked(check, `\`pulumi version\` printed ${JSON.stringify(printed.trim())}.`);
  if (found[0] < tested[0]) return wrong(check, `It is ${found.join(".")}, of another major version.`, install);
  return isLower(found, tested)
    ? notChecked(
        check,
        `It is ${found.join(".")}; the tests run with ${tested.join(".")}.`,
        "Update it if an update fails.",
      )
    : fine(check, found.join("."));
}

/** The provider plugins that the packages want. The CLI downloads one that is missing. */
export async function checkPlugins(command: Command, wanted: Readonly<Record<string, string>>): Promise<Finding> {
  const check = "provider plugins";
  let installed: readonly { readonly name: string; readonly kind: string; readonly version?: string }[];
  try {
    installed = JSON.parse(await command("pulumi", ["plugin", "ls", "--json"])) as typeof installed;
  } catch {
    return notChecked(check, "`pulumi plugin ls` needs the Pulumi CLI.");
  }
  const states = Object.entries(wanted).map(([name, version]) => {
    const has = installed.some((each) => each.kind === "resource" && each.name === name && each.version === version);
    return `${name} ${version}${has ? "" : " (downloaded by the first preview)"}`;
  });
  return fine(check, states.join(", "));
}

/** The version of an installed package. */
const packageVersion = (name: string): string => (load(`${name}/package.json`) as { readonly version: string }).version;

/** Checks of this machine. */
export async function checkMachine(root: string, command: Command = runCommand): Promise<readonly Finding[]> {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { engines: { node: string } };
  const wanted = { aws: packageVersion("@pulumi/aws"), awsx: packageVersion("@pulumi/awsx") };
  return [
    checkNode(process.versions.node, engines.node),
    await checkCli(command, packageVersion("@pulumi/pulumi")),
    await checkPlugins(command, wanted),
  ];
}
