import { EventEmitter } from "node:events";
import type { FrontDoor } from "../../../contract/wire/doors";
import { AgentProcess } from "../../../local/cli/agentProcess";
import { readOptions } from "../../../local/cli/options";
import { runLocal } from "../../../local/cli/run";
import { POLICY_PACK } from "../../../local/policyHost/check";
import { PolicyHost } from "../../../local/policyHost/host";
import { withoutStackTraces } from "../program/components";
import { FrontDoorClient } from "./frontDoorClient";
import { runIndex } from "../stacks";

type Say = (line?: string) => void;

/** Readers of the shared sample agent's output. */
const readers = new Set<Say>();

/** Processes that all local targets of this process share, because each needs a second of CPU to start. */
let host: Promise<PolicyHost> | undefined;
let sampleAgent: Promise<AgentProcess> | undefined;

const policyHost = (): Promise<PolicyHost> => (host ??= PolicyHost.start(POLICY_PACK));
const sample = (): Promise<AgentProcess> =>
  (sampleAgent ??= AgentProcess.spawn((line) => {
    for (const say of readers) say(`  [agent] ${line}`);
  }));

// A root hook, because test files load this module outside of a suite.
after("stop what local targets share", async () => {
  const shared = [host, sampleAgent];
  host = sampleAgent = undefined;
  for (const each of shared) await (await each)?.stop();
});

/**
 * The local target within this process. It runs the same code as `npm start`, and its sandboxes are processes. But it does not load the
 * program again or start agent and policy host again for each stack. It writes no announcement for `npm run ask`.
 */
export class LocalFrontDoor extends FrontDoorClient {
  private stopped = false;

  private constructor(
    announced: FrontDoor,
    log: readonly string[],
    lines: EventEmitter,
    private readonly end: () => Promise<void>,
  ) {
    super(announced, log, lines, process.pid);
  }

  /** @param args as after `npm start --` */
  static async start(args: readonly string[] = []): Promise<LocalFrontDoor> {
    const options = readOptions(args);
    if (options === "help") throw new Error("--help starts nothing.");
    const log: string[] = [];
    const lines = new EventEmitter();
    const say: Say = (text = "") => {
      for (const line of text.split("\n")) {
        log.push(line);
        lines.emit("line", line);
      }
    };
    const stops: (() => Promise<void>)[] = [];
    const end = async (): Promise<void> => {
      for (const stop of stops.reverse()) await stop();
      readers.delete(say);
    };
    readers.add(say);
    try {
      const frontDoor = await withoutStackTraces(() =>
        runLocal(options, {
          say,
          onEnd: (stop) => Promise.resolve(void stops.push(stop)),
          program: runIndex,
          check: async (graph) => await (await policyHost()).analyze(graph.resources),
          sampleAgent: sample,
        }),
      );
      return new LocalFrontDoor(frontDoor, log, lines, end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  protected override get hasEnded(): boolean {
    return this.stopped;
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.end();
  }
}
