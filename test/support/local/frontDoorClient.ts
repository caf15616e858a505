import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once, type EventEmitter } from "node:events";
import { promisify } from "node:util";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Credentials, Door, DoorName, FrontDoor } from "../../../contract/wire/doors";
import { REQUEST_ID_HEADER } from "../../../contract/wire/headers";
import { assertNamedFields } from "../handlers/captureLog";

/** A client for the doors of a local target that also reads its log. */
export abstract class FrontDoorClient {
  protected constructor(
    readonly announced: FrontDoor,
    /** Lines of standard error so far. */
    readonly log: readonly string[],
    /** Emits `line` for each line, after `log` has it. */
    private readonly lines: EventEmitter,
    /** The parent process of the sandboxes. */
    private readonly pid: number,
  ) {}

  /** Request ids of the handlers' answers. */
  private readonly answered = new Set<string>();

  /** True if no more lines will come. */
  protected abstract get hasEnded(): boolean;

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
      if (door.auth.token !== undefined) headers["x-auth-token"] ??= door.auth.token;
      if (body !== undefined) headers["x-amz-content-sha256"] ??= createHash("sha256").update(body).digest("hex");
    } else if (door.auth.type !== "AWS_IAM") headers[door.auth.header.toLowerCase()] ??= door.auth.value;
    else {
      const { service, region } = door.auth;
      const { credentials = this.announced.credentials } = init;
      const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
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

  /** The handlers' log lines. Waits until there are `count`. */
  async requestLines(count = 0): Promise<Record<string, unknown>[]> {
    return await this.until(() => {
      const lines = this.logged();
      return lines.length >= count ? lines : undefined;
    });
  }

  private logged(): Record<string, unknown>[] {
    const lines = this.log.flatMap((line) => {
      const json = line.slice(line.indexOf("{"));
      return json.startsWith('{"level"') && json.includes('"message":"request"')
        ? [JSON.parse(json) as Record<string, unknown>]
        : [];
    });
    for (const line of lines) assertNamedFields(line);
    return lines;
  }

  /** Number of requests that handlers have logged. It waits for the lines of all answers: an answer can arrive before its log line. */
  async loggedRequests(): Promise<number> {
    return await this.until(() => {
      const lines = this.logged();
      const ids = new Set(lines.map((line) => line["request_id"]));
      return [...this.answered].every((id) => ids.has(id)) ? lines.length : undefined;
    });
  }

  /** The first line, from line `from` of the log on, that the double in front of a door wrote. It writes one when a request is finished. */
  async servedLine(door: DoorName, from: number): Promise<string> {
    return await this.until(() =>
      this.log.slice(from).find((line) => / [A-Z]+ \//.test(line) && line.includes(`${door} `)),
    );
  }

  /** Waits for the next line of the log. */
  async nextLine(): Promise<void> {
    if (this.hasEnded) throw new Error(`The local target has ended:\n${this.log.join("\n")}`);
    await once(this.lines, "line");
  }

  /** Waits for lines of the log until `find` finds something in it. */
  private async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await this.nextLine();
    }
  }

  /** Ids of the processes in which handlers run. */
  async sandboxes(): Promise<string[]> {
    const { stdout } = await promisify(execFile)("ps", ["-o", "pid=,args=", "--ppid", String(this.pid)]);
    return stdout
      .split("\n")
      .flatMap((line) => (line.includes("aws-lambda-ric") ? [line.trim().split(" ")[0] ?? ""] : []));
  }
}

export interface SendInit {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  /** Origin of a proxy in front of the door. */
  readonly via?: string;
  readonly signal?: AbortSignal;
  /** Of another caller than the announced one. */
  readonly credentials?: Credentials;
  /** Overrides signed headers, as a tampering client does. */
  readonly afterSigning?: Record<string, string>;
}
