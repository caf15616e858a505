import { placeOf } from "../program/place";
import { readStack, type StackFiles } from "../program/project";
import { readDeclared, type Declared } from "./declared";
import { costReport, reportText } from "./report";
import { readCostOptions, USAGE, type CostOptions } from "./usage";

async function declaredOf(files: StackFiles): Promise<Declared> {
  const { runStackProgram } = await import("../program/stackProgram.js");
  const place = placeOf(files);
  return readDeclared(await runStackProgram(files, place, () => import("../../index.js")), place.region);
}

/** All doors side by side: those of the stack `all`, and `streamingUrl` also behind CloudFront. */
async function allDoors(): Promise<Declared> {
  const files = readStack("all");
  const { project } = files;
  // The rate rule costs the same at any rate; this one is low enough for a program without warnings.
  const changes = { edge: "true", callers: "[]", apiAuth: "iam", rateLimitPerFiveMinutes: "100" };
  const config = Object.fromEntries(Object.entries(changes).map(([key, value]) => [`${project}:${key}`, value]));
  const declared = await declaredOf({ ...files, config: { ...files.config, ...config } });
  return {
    ...declared,
    doors: declared.doors.flatMap((door) => (door.edge ? [{ ...door, edge: undefined, keys: 0 }, door] : [door])),
  };
}

async function cost({ stack, configFile, usage, json }: CostOptions): Promise<void> {
  const declared = stack === undefined ? await allDoors() : await declaredOf(readStack(stack, configFile));
  const report = costReport(declared, usage);
  process.stdout.write(`${json ? JSON.stringify(report, null, 2) : reportText(report)}\n`);
}

function main(args: string[]): void {
  const fail = (error: unknown, usage = ""): void => {
    process.stderr.write(`${usage}${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  };
  let options: CostOptions | "help";
  try {
    options = readCostOptions(args);
  } catch (error) {
    fail(error, `${USAGE}\n\n`);
    return;
  }
  if (options === "help") process.stdout.write(`${USAGE}\n`);
  else cost(options).catch(fail);
}

main(process.argv.slice(2));
