import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { FrontDoor } from "../../../contract/wire/doors";
import { AgentProcess } from "../../../local/cli/agent/agentProcess";
import { readOptions } from "../../../local/cli/options";
import { record } from "../../../local/cli/record/record";
import { runLocal } from "../../../local/cli/run";
import type { Target } from "../../../local/aws/target";
import { POLICY_PACK } from "../../../local/policyHost/check";
import { PolicyHost } from "../../../local/policyHost/host";
import { withoutStackTraces } from "../program/components";
import { runChanged, type Changes } from "./changedProgram";
import { FrontDoorClient } from "./frontDoorClient";

type Say = (line?: string) => void;
type AddCaller = Target["addCaller"];

/** Another program than the project's. */
export interface Project {
  /** Another program; the doubles and the policy pack stay the project's. */
  readonly program?: () => unknown;
  /** Changed sources of the program; the doubles and the policy pack stay the project's. */
  readonly changes?: Changes;
  /** False starts what the policy pack refuses. */
  readonly policies?: boolean;
}

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
    /** Creates credentials of another caller. */
    readonly addCaller: AddCaller,
    private readonly end: () => Promise<void>,
  ) {
    super(announced, log, lines, process.pid);
  }

  /** @param args as after `npm start --` */
  static async start(args: readonly string[] = [], project: Project = {}): Promise<LocalFrontDoor> {
    return await LocalFrontDoor.run(args, project, []);
  }

  /** All that a start says which is refused, the error's message last. */
  static async refusal(args: readonly string[], project: Project = {}): Promise<string> {
    const log: string[] = [];
    const refused = await LocalFrontDoor.run(args, project, log).then(
      async (started) => {
        await started.stop();
        return undefined;
      },
      (error: unknown) => error,
    );
    assert.ok(refused instanceof Error, "the start is refused");
    return [...log, refused.message].join("\n");
  }

  private static async run(
    args: readonly string[],
    { changes = new Map(), program = () => runChanged(changes), policies = true }: Project,
    log: string[],
  ): Promise<LocalFrontDoor> {
    const options = readOptions(["--verbose", ...args]);
    if (options === "help") throw new Error("--help starts nothing.");
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
    let add: AddCaller | undefined;
    try {
      const { frontDoor } = await withoutStackTraces(() =>
        runLocal(options, {
          say,
          onEnd: (stop) => Promise.resolve(void stops.push(stop)),
          record: (files) =>
            record(files, program, async (graph, config) => {
              if (!policies) return [];
              const pack = await policyHost();
              // The host is shared, so the settings of the stack before are replaced.
              await pack.configure(config);
              return await pack.analyze(graph.resources);
            }),
          sampleAgent: sample,
          announce: (_, addCaller) => {
            add = addCaller;
            return Promise.resolve(undefined);
          },
        }),
      );
      assert.ok(add);
      return new LocalFrontDoor(frontDoor, log, lines, add, end);
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
