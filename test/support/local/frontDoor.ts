import { execFile, spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once, type EventEmitter } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { DOOR_NAMES, type FrontDoor } from "../../../contract/wire/doors";
import { RUNTIME_ARN } from "../program/components";
import { FrontDoorClient } from "./frontDoorClient";

export const ROOT = join(__dirname, "..", "..", "..");

/** Writes a stack config as a file for `--config-file`: all three doors, with the changes of the test. */
export function stackFile(changes: Readonly<Record<string, unknown>>): string {
  const config = {
    "aws:region": "us-east-1",
    "agentcore-front-door:agentRuntimeArn": RUNTIME_ARN,
    "agentcore-front-door:doors": DOOR_NAMES,
    "agentcore-front-door:apiAuth": "apiKey",
    "agentcore-front-door:callers": ["arn:aws:iam::123456789012:role/agent-client"],
    ...Object.fromEntries(Object.entries(changes).map(([key, value]) => [`agentcore-front-door:${key}`, value])),
  };
  const file = join(mkdtempSync(join(tmpdir(), "front-door-stack-")), "Pulumi.test.yaml");
  writeFileSync(file, stringify({ config }));
  return file;
}

/** `npm start -- --json` in its own process, as a user runs it. Only for tests that need a process; see {@link LocalFrontDoor}. */
export class RunningFrontDoor extends FrontDoorClient {
  private constructor(
    readonly child: ChildProcess,
    announced: FrontDoor,
    /** Lines of standard output so far. */
    readonly out: readonly string[],
    log: readonly string[],
    lines: EventEmitter,
  ) {
    super(announced, log, lines, child.pid ?? 0);
  }

  /** @param env more environment variables */
  static async start(
    args: readonly string[] = [],
    root = ROOT,
    env: Readonly<Record<string, string>> = {},
  ): Promise<RunningFrontDoor> {
    const { child, out, log, errors } = spawnStart(["--json", "--verbose", ...args], root, env);
    const exited = once(child, "exit").then(() => {
      throw new Error(`The local target ended at its start:\n${log.join("\n")}`);
    });
    exited.catch(() => undefined);
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => out.push(line));
    await Promise.race([once(lines, "line"), exited]);
    return new RunningFrontDoor(child, JSON.parse(out[0] ?? "") as FrontDoor, out, log, errors);
  }

  protected override get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.hasEnded) return this.child.exitCode;
    this.child.kill(signal);
    const [code] = (await once(this.child, "exit")) as [number | null];
    return code;
  }
}

/** Resolves when the process group of an ended command is empty: children end just after their parent. */
export async function groupEnded({ pid }: ChildProcess): Promise<void> {
  for (;;) {
    const { stdout } = await promisify(execFile)("ps", ["-eo", "pgid=,stat="]);
    const states = stdout.split("\n").map((line) => line.trim().split(/\s+/));
    // A zombie has ended, but its parent has not read its exit status yet.
    if (!states.some(([group, state = ""]) => group === String(pid) && !state.startsWith("Z"))) return;
  }
}

interface Spawned {
  readonly child: ChildProcessWithoutNullStreams;
  readonly out: string[];
  readonly log: string[];
  /** Emits `line` for each line of standard error, after `log` has it. */
  readonly errors: EventEmitter;
}

/** Starts the command in its own process group, without waiting for it; `log` receives standard error. */
export function spawnStart(args: readonly string[], root = ROOT, env: Readonly<Record<string, string>> = {}): Spawned {
  const child = spawn(process.execPath, ["local/cli/main.mjs", ...args], {
    cwd: root,
    detached: true,
    env: { ...process.env, ...env },
  });
  const log: string[] = [];
  const errors = createInterface({ input: child.stderr }).on("line", (line) => log.push(line));
  return { child, out: [], log, errors };
}

/** The command to its end, with what it prints on both outputs: for a start that is refused. */
export async function refusedStart(args: readonly string[], root = ROOT): Promise<{ code: number; output: string }> {
  const { child } = spawnStart(args, root);
  const exited = once(child, "exit") as Promise<[number]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { code, output: out + err };
}
