import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { StackFiles } from "../../program/project";
import { LOADER } from "../preloads";
import { howEnded } from "../processes/ended";
import type { Recording } from "./record";
import type { RecordReply, RecordRequest } from "./recorder";

const RECORDER = join(__dirname, "recorder.ts");

/** A process that runs a program once. It loads Pulumi's SDK at once, and ends with its answer. */
export class RecorderProcess {
  readonly child: ChildProcess;

  /**
   * @param root the folder of the program's Pulumi.yaml
   * @param onLine receives what the program prints
   */
  constructor(root: string, onLine: (line: string) => void) {
    this.child = fork(RECORDER, [root], {
      // Pulumi's SDK makes a stack trace for each promise: three quarters of a program's time.
      execArgv: ["--stack-trace-limit=4", "--import", LOADER],
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on("line", onLine);
  }

  /**
   * Runs the program for a stack, and the policy pack.
   *
   * @throws Error if the program refuses the config, or if it or the pack breaks
   */
  async record(files: StackFiles): Promise<Recording> {
    const ended = once(this.child, "exit").then((exit) => {
      throw new Error(`The program ended its process (${howEnded(exit)}).`);
    });
    ended.catch(() => undefined);
    this.child.send({ files } satisfies RecordRequest);
    const [reply] = (await Promise.race([once(this.child, "message"), ended])) as [RecordReply];
    if ("refused" in reply) throw new Error(reply.refused);
    return reply.recording;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGKILL");
    await once(this.child, "exit");
  }
}
