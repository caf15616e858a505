import { execFile, spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createHash } from "node:crypto";
import { once, type EventEmitter } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { stringify } from "yaml";
import { DOOR_NAMES, type Door, type DoorName, type FrontDoor } from "../../../contract/wire/doors";
import { REQUEST_ID_HEADER } from "../../../contract/wire/headers";
import { RUNTIME_ARN } from "../program/components";

export const ROOT = join(__dirname, "..", "..", "..");

/** Writes a stack config as a file for `--config-file`: all three doors, and what the test changes. */
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

/** `npm start -- --json` in a process of its own, as a user has it. */
export class RunningFrontDoor {
  private constructor(
    readonly child: ChildProcess,
    readonly announced: FrontDoor,
    /** Lines of standard output so far. */
    readonly out: readonly string[],
    /** Lines of standard error so far. */
    readonly log: readonly string[],
    private readonly lines: EventEmitter,
  ) {}

  /** Request ids of the answers that handlers have given. */
  private readonly answered = new Set<string>();

  static async start(args: readonly string[] = [], root = ROOT): Promise<RunningFrontDoor> {
    const { child, out, log, errors } = spawnStart(["--json", ...args], root);
    const exited = once(child, "exit").then(() => {
      throw new Error(`The local target ended at its start:\n${log.join("\n")}`);
    });
    exited.catch(() => undefined);
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => out.push(line));
    await Promise.race([once(lines, "line"), exited]);
    return new RunningFrontDoor(child, JSON.parse(out[0] ?? "") as FrontDoor, out, log, errors);
  }

  door(name: DoorName): Door {
    const door = this.announced.doors.find((each) => each.name === name);
    if (!door) throw new Error(`No door ${name}.`);
    return door;
  }

  /** Sends a request with the door's key or signature. */
  async send(name: DoorName, path: string, init: SendInit = {}): Promise<Response> {
    const door = this.door(name);
    const url = new URL(door.url + path);
    if (init.via !== undefined) url.port = new URL(init.via).port;
    const method = init.method ?? "POST";
    const body = init.body;
    let headers: Record<string, string> = { host: url.host, ...init.headers };
    if (door.apiKey) headers[door.apiKey.header] ??= door.apiKey.value;
    if (door.auth.type === "EDGE") {
      if (body !== undefined) headers["x-amz-content-sha256"] ??= createHash("sha256").update(body).digest("hex");
    } else if (door.auth.type !== "AWS_IAM") headers[door.auth.header.toLowerCase()] ??= door.auth.value;
    else {
      const { service, region } = door.auth;
      const signer = new SignatureV4({ service, region, credentials: this.announced.credentials, sha256: Sha256 });
      const query = Object.fromEntries(url.searchParams);
      const request = { method, protocol: "http:", hostname: url.hostname, path: url.pathname, query, headers };
      headers = (await signer.sign({ ...request, ...(body !== undefined && { body }) })).headers;
    }
    const response = await fetch(url, {
      signal: init.signal ?? null,
      method,
      headers: { ...headers, ...init.afterSigning },
      ...(body !== undefined && { body }),
    });
    const id = response.headers.get(REQUEST_ID_HEADER);
    if (id !== null) this.answered.add(id);
    return response;
  }

  /** `POST /invoke` with a JSON body. */
  async invoke(name: DoorName, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return await this.send(name, "/invoke", {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
  }

  /** What the handlers have logged of their requests, once there are `count` of them; waits for the last. */
  async requestLines(count = 0): Promise<Record<string, unknown>[]> {
    return await this.until(() => {
      const lines = this.logged();
      return lines.length >= count ? lines : undefined;
    });
  }

  private logged(): Record<string, unknown>[] {
    return this.log.flatMap((line) => {
      const json = line.slice(line.indexOf("{"));
      return json.startsWith('{"level"') && json.includes('"message":"request"')
        ? [JSON.parse(json) as Record<string, unknown>]
        : [];
    });
  }

  /**
   * How many requests handlers have logged, once all that were answered are among them: an answer can arrive before its line.
   */
  async loggedRequests(): Promise<number> {
    return await this.until(() => {
      const lines = this.logged();
      const ids = new Set(lines.map((line) => line["request_id"]));
      return [...this.answered].every((id) => ids.has(id)) ? lines.length : undefined;
    });
  }

  /** The line of the double in front of a door, which it writes when it is done with a request: the first from line `from` of the log on. */
  async servedLine(door: DoorName, from: number): Promise<string> {
    return await this.until(() =>
      this.log.slice(from).find((line) => / [A-Z]+ \//.test(line) && line.includes(`${door} `)),
    );
  }

  /** Waits for lines of the log until `find` finds something in it. */
  private async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (this.child.exitCode !== null) throw new Error(`The local target has ended:\n${this.log.join("\n")}`);
      await once(this.lines, "line");
    }
  }

  /** Ids of the processes in which handlers run. */
  async sandboxes(): Promise<string[]> {
    const { stdout } = await promisify(execFile)("ps", ["-o", "pid=,args=", "--ppid", String(this.child.pid)]);
    return stdout
      .split("\n")
      .flatMap((line) => (line.includes("aws-lambda-ric") ? [line.trim().split(" ")[0] ?? ""] : []));
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    // A killed process has a signal instead of an exit code.
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    this.child.kill(signal);
    const [code] = (await once(this.child, "exit")) as [number | null];
    return code;
  }
}

export interface SendInit {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  /** Origin of a proxy in front of the door. */
  readonly via?: string;
  readonly signal?: AbortSignal;
  /** Put over the signed headers: what a tampering client sends. */
  readonly afterSigning?: Record<string, string>;
}

/** Resolves when no process of an ended command's group runs any more: children end just after their parent. */
export async function groupEnded({ pid }: ChildProcess): Promise<void> {
  for (;;) {
    const { stdout } = await promisify(execFile)("ps", ["-eo", "pgid=,stat="]);
    const states = stdout.split("\n").map((line) => line.trim().split(/\s+/));
    // An ended process that nobody has collected yet is a zombie.
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

/** The command without waiting for it, in a process group of its own; `log` gets standard error. */
export function spawnStart(args: readonly string[], root = ROOT): Spawned {
  const child = spawn(process.execPath, ["--import", "tsx", "local/cli/start.ts", ...args], {
    cwd: root,
    detached: true,
  });
  const log: string[] = [];
  const errors = createInterface({ input: child.stderr }).on("line", (line) => log.push(line));
  return { child, out: [], log, errors };
}
