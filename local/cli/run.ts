import type { FrontDoor } from "../../contract/wire/doors";
import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import type { Target, TargetOptions } from "../aws/target";
import { Graph } from "../program/graph";
import { placeOf } from "../program/place";
import { readStack, type StackFiles } from "../program/project";
import { ping } from "./agent/agentProcess";
import { callerLines, curlLines, resourceTree, tokenLines } from "./announce";
import { LocalStack } from "./localStack";
import type { Options } from "./options";
import { requireFreePorts } from "./ports";
import type { Recording } from "./record/record";
import { findingLines, requireNoMandatory } from "./findings";

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
  /** Runs the program, and the policy pack over what it registers. */
  record(files: StackFiles): Promise<Recording>;
  /** Provides the agent if the options name none. */
  sampleAgent(): Promise<SampleAgent>;
  /** Called when the doors answer, before the instructions are printed. Returns the URL of the playground, if there is one. */
  announce?(frontDoor: FrontDoor, addCaller: Target["addCaller"]): Promise<string | undefined>;
  /** Where the processes of functions run, and who keeps track of them. */
  readonly processes?: Pick<TargetOptions, "folder" | "onSpawn">;
}

/**
 * Runs a stack as `npm start` does: the program, the policy pack, then the doubles of AWS.
 *
 * @throws Error if the program or the pack refuses the stack, or if something cannot start
 */
export async function runLocal(options: Options, around: RunDependencies): Promise<LocalStack> {
  const { stack, agent, callers, port, verbose } = options;
  const { say } = around;
  const startedAt = performance.now();
  const files = readStack(stack, options.configFile, options.program);
  await requireFreePorts(options, files);
  // Start it now: the sample agent needs as long to start as the program to load.
  const sample = agent === undefined ? await around.sampleAgent() : undefined;

  const recording = await around.record(files);
  sayRecording(recording, files, options, say);
  requireNoMandatory(recording.findings, files.file);

  if (agent !== undefined) {
    const health = await ping(agent);
    if (health !== "healthy") {
      say(`Warning: GET ${agent}/ping is ${health}; AgentCore wants 200. Requests fail until your agent answers.`);
    }
  }
  await sample?.ready;
  const deploying = LocalStack.deploy(
    recording.resources,
    {
      stack,
      region: placeOf(files).region,
      agentUrl: agent ?? sample?.url ?? "",
      runtimeAuth: runtimeAuthOf(options, files),
      port,
      onLog: (line, weight) => {
        if (verbose || weight === "news") say(line);
      },
      ...around.processes,
    },
    callers,
  );
  await around.onEnd(async () => {
    // A deployment in progress is stopped when it is complete. One that failed has already stopped itself.
    await (await deploying.catch(() => undefined))?.stop();
  });
  const running = await deploying;
  const playground = await around.announce?.(running.frontDoor, running.addCaller);

  say("\nNot emulated:");
  for (const each of running.notEmulated) say(`  - ${each}`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`\nReady, ${seconds} s. Paste a line into another terminal, or: npm run ask -- <door> "prompt"`);
  for (const each of curlLines(running.frontDoor)) say(`\n${each}`);
  for (const each of [...callerLines(running.frontDoor), ...tokenLines(running.frontDoor)]) say(`\n${each}`);
  if (playground !== undefined) say(`\nPlayground: ${playground}`);
  say("\nCtrl-C stops everything.");
  return running;
}

/** What the runtime accepts: the option, or else the stack's key. */
export function runtimeAuthOf({ runtimeAuth }: Options, { config, project }: StackFiles): RuntimeAuth {
  return (runtimeAuth ?? config[`${project}:runtimeAuth`]) === "oauth" ? "oauth" : "sigv4";
}

function sayRecording(
  { resources, findings }: Recording,
  files: StackFiles,
  { verbose }: Options,
  say: RunDependencies["say"],
): void {
  say(`Stack ${files.stack} (${placeOf(files).region}): ${String(resources.length)} resources.`);
  if (verbose) say(`${resourceTree(new Graph(resources))}\n`);
  for (const line of findingLines(findings, verbose)) say(line);
}
