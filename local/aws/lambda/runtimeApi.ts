import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { loopbackRefusal } from "../loopback";

/** An error that the function reported. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** The result of one invocation. */
export type Outcome =
  | { readonly kind: "payload"; readonly body: Buffer }
  | { readonly kind: "error"; readonly error: FunctionError }
  | {
      readonly kind: "stream";
      readonly contentType: string;
      /** Must be read to its end. It fails if the sandbox ends. */
      readonly body: Readable;
      /** The error that the function threw after its first byte. Call it after the body has ended. */
      readonly error: () => FunctionError | undefined;
    };

export interface Invocation {
  readonly event: unknown;
  readonly functionArn: string;
  readonly deadlineMs: number;
}

interface Pending {
  readonly id: string;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

const PATH = /^\/2018-06-01\/runtime\/(?:(init\/error)|invocation\/(?:(next)|([^/]+)\/(response|error)))$/;

/**
 * The Runtime API for one sandbox. It delivers one invocation at a time and receives its answer.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  private readonly server: Server;
  private waiting: ServerResponse | undefined;
  private current: Pending | undefined;

  /**
   * @param onIdle called when the sandbox asks for its next invocation
   * @param onInitError called if the handler could not be loaded
   */
  constructor(
    private readonly onIdle: () => void,
    private readonly onInitError: (error: FunctionError) => void,
  ) {
    this.server = createServer((request, response) => {
      void this.serve(request, response);
    });
    this.server.requestTimeout = 0;
    this.server.keepAliveTimeout = 0;
  }

  /** True if no invocation is in progress: the last answer was received, or the sandbox has not asked for its first invocation yet. */
  get isAnswered(): boolean {
    return this.current === undefined;
  }

  /** @returns `host:port`, the form that the Runtime Interface Client requires */
  async listen(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Delivers an invocation. The sandbox must be idle. */
  invoke({ event, functionArn, deadlineMs }: Invocation): Promise<Outcome> {
    const { waiting } = this;
    if (!waiting) return Promise.reject(new Error("The sandbox is not idle."));
    this.waiting = undefined;
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      this.current = { id, resolve, reject };
      waiting.writeHead(200, {
        "Content-Type": "application/json",
        "Lambda-Runtime-Aws-Request-Id": id,
        "Lambda-Runtime-Deadline-Ms": String(deadlineMs),
        "Lambda-Runtime-Invoked-Function-Arn": functionArn,
        "Lambda-Runtime-Trace-Id": traceId(event) ?? newTraceId(id),
      });
      waiting.end(JSON.stringify(event));
    });
  }

  /** Fails the current invocation, if there is one, and closes every connection. */
  close(reason: Error): void {
    this.current?.reject(reason);
    this.current = undefined;
    this.server.close();
    this.server.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (loopbackRefusal(request, "processes") !== undefined) {
      request.resume();
      response.writeHead(421).end();
      return;
    }
    const [, initError, next, id, kind] = PATH.exec(request.url ?? "") ?? [];
    try {
      if (next) {
        this.waiting = response;
        this.onIdle();
      } else if (initError) {
        this.onInitError(parseError(await readAll(request)));
        accept(response);
      } else if (id !== undefined && id === this.current?.id) {
        await this.receive(kind === "error", request, this.current);
        accept(response);
      } else {
        response.writeHead(400).end();
      }
    } catch {
      // The sandbox ended before its answer was complete. close() has already reported it.
      response.destroy();
    }
  }

  private async receive(isError: boolean, request: IncomingMessage, { resolve }: Pending): Promise<void> {
    if (isError) {
      resolve({ kind: "error", error: parseError(await readAll(request)) });
    } else if (request.headers["lambda-runtime-function-response-mode"] !== "streaming") {
      resolve({ kind: "payload", body: await readAll(request) });
    } else {
      await receiveStream(request, resolve);
    }
    this.current = undefined;
  }
}

/**
 * The trace id that the caller sent, which Lambda continues.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
function traceId(event: unknown): string | undefined {
  const { headers } = (event ?? {}) as { headers?: Record<string, unknown> | null };
  const value = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "x-amzn-trace-id")?.[1];
  return typeof value === "string" && /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}(?:;|$)/.test(value) ? value : undefined;
}

function newTraceId(id: string): string {
  return `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${id.replaceAll("-", "").slice(0, 24)}`;
}

// Receives a streamed answer. A streaming handler that throws before its first byte also opens an answer, with the error in its trailers.
// So the outcome is known only at the first byte or the end.
async function receiveStream(request: IncomingMessage, resolve: Pending["resolve"]): Promise<void> {
  const ended = new Promise<void>((done, fail) => {
    request.once("end", done);
    request.once("error", fail);
    request.once("close", done);
  });
  await once(request, "readable");
  if (request.readableLength === 0) {
    request.resume();
    await ended;
    const error = trailerError(request);
    if (error) {
      resolve({ kind: "error", error });
      return;
    }
  }
  resolve({
    kind: "stream",
    contentType: request.headers["content-type"] ?? "application/octet-stream",
    body: request,
    error: () => trailerError(request),
  });
  await ended;
}

function trailerError({ trailers }: IncomingMessage): FunctionError | undefined {
  const errorType = trailers["lambda-runtime-function-error-type"];
  if (errorType === undefined) return undefined;
  const body = trailers["lambda-runtime-function-error-body"] ?? "";
  return { ...parseError(Buffer.from(body, "base64")), errorType };
}

function parseError(body: Buffer): FunctionError {
  try {
    const { errorType = "Error", errorMessage = "" } = JSON.parse(body.toString()) as Partial<FunctionError>;
    return { errorType, errorMessage };
  } catch {
    return { errorType: "Error", errorMessage: body.toString() };
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { "Content-Type": "application/json" }).end('{"status":"OK"}');
}
