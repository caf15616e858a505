import type { FrontDoor } from "../../contract/wire/doors";
import type { Target } from "../aws/target";
import type { Finding, PackConfig } from "../policyHost/host";
import { packConfigOf } from "../policyHost/packConfig";
import type { Graph } from "../program/graph";
import { readStack } from "../program/project";
import { ping } from "./agentProcess";
import { callerLines, curlLines, resourceTree, tokenLines } from "./announce";
import { localCallers } from "./callers";
import type { Options } from "./options";

/** A sample agent that starts while the program runs. */
export interface SampleAgent {
  readonly url: string;
  /** Resolves when `/ping` answers; rejects if the agent is not ready in time. */
  readonly ready: Promise<void>;
}

/** What a run needs from its caller. A process that runs many stacks can share it between them. */
export interface RunDependencies {
  /** Prints one line for the user. */
  readonly say: (line?: string) => void;
  /** Registers what must be stopped at the end, the latest first. */
  onEnd(stop: () => Promise<void>): Promise<void>;
  /** Runs index.ts. */
  program(): unknown;
  /** Runs the policy pack over the registered resources. */
  check(graph: Graph, config: PackConfig): Promise<readonly Finding[]>;
  /** Provides the agent if the options name none. */
  sampleAgent(): Promise<SampleAgent>;
  /** Called when the doors answer, before the instructions are printed. */
  announce?(frontDoor: FrontDoor, addCaller: Target["addCaller"]): Promise<void>;
}

/**
 * Runs a stack as `npm start` does: the program, the policy pack, then the doubles of AWS.
 *
 * @throws Error if the program or the pack refuses the stack, or if something cannot start
 */
export async function runLocal(options: Options, around: RunDependencies): Promise<FrontDoor> {
  const { stack, configFile, agent, runtimeAuth, callers, port } = options;
  const { say } = around;
  const files = readStack(stack, configFile);
  // Pulumi's SDK takes a second to load: options and files that are refused do not need it.
  const { placeOf, runStackProgram } = await import("../program/stackProgram.js");
  const { Target: Doubles } = await import("../aws/target.js");
  const place = placeOf(files);
  // Start it now: the sample agent needs as long to start as the program to load.
  const sample = agent === undefined ? await around.sampleAgent() : undefined;

  const graph = await runStackProgram(files, place, () => around.program());
  say(`Stack ${stack} (${place.region})`);
  say(resourceTree(graph));
  say();

  const findings = await around.check(graph, packConfigOf(files.config[`${files.project}:runtimeUserId`]));
  for (const { policy, level, message, urn } of findings.filter((each) => each.policy !== "fd-pack-scope"))
    say(`${level} policy violation: ${policy}\n  ${urn}\n  ${message.replaceAll("\n", "\n  ")}\n`);
  if (findings.some(({ level }) => level === "mandatory"))
    throw new Error(`The policy pack refuses the stack of ${files.file}; nothing was started.`);
  const [scope] = findings.filter(({ policy }) => policy === "fd-pack-scope");
  if (scope) say(`Policies: ${scope.message.split("\n").at(-1) ?? ""}.`);
  say("Policies: no mandatory finding.");

  if (agent !== undefined) {
    const health = await ping(agent);
    if (health !== "healthy") {
      say(`Warning: GET ${agent}/ping is ${health}; AgentCore wants 200. Requests fail until your agent answers.`);
    }
  }
  await sample?.ready;
  const accepted = runtimeAuth ?? files.config[`${files.project}:runtimeAuth`];
  const deploying = Doubles.deploy(graph, {
    stack,
    region: place.region,
    agentUrl: agent ?? sample?.url ?? "",
    runtimeAuth: accepted === "oauth" ? "oauth" : "sigv4",
    port,
    onLog: say,
  });
  await around.onEnd(async () => {
    // A deployment in progress is stopped when it is complete. One that failed has already stopped itself.
    await (await deploying.catch(() => undefined))?.stop();
  });
  const { frontDoor: deployed, notEmulated, addCaller } = await deploying;
  const frontDoor = { ...deployed, ...(callers.length > 0 && { callers: localCallers(callers, addCaller) }) };
  await around.announce?.(frontDoor, addCaller);

  say("\nNot emulated:");
  for (const each of notEmulated) say(`  - ${each}`);
  say('\nReady. Paste a line into another terminal, or: npm run ask -- <door> "prompt"');
  for (const each of curlLines(frontDoor)) say(`\n${each}`);
  for (const each of [...callerLines(frontDoor), ...tokenLines(frontDoor)]) say(`\n${each}`);
  say("\nCtrl-C stops everything.");
  return frontDoor;
}
