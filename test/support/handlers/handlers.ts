import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { doorPolicy, type PolicyConfig } from "../../../contract/config/keys/policy";
import type { HandlerSettings } from "../../../functions/handler/settings";
import type { streamingHandler } from "../../../functions/handler/streamingHandler";
import { splitPrelude, type Prelude } from "../../../local/aws/lambda/prelude";
import { RUNTIME_ARN } from "../program/components";

/** Handler settings for a policy config. */
export function handlerSettings(policy: PolicyConfig = {}): HandlerSettings {
  return {
    defaultAgent: { runtimeArn: RUNTIME_ARN, qualifier: "DEFAULT", canary: undefined },
    agents: new Map(),
    region: "us-east-1",
    stopSession: true,
    door: "streamingApi",
    marginMs: 1000,
    policy: doorPolicy(policy),
  };
}

/** A replacement of the data plane. The test scripts its answers. */
export class DataPlane {
  readonly requests: { readonly url: string; readonly headers: IncomingMessage["headers"]; readonly body: string }[] =
    [];
  answer: (response: ServerResponse) => void = (response) => response.end();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        this.requests.push({ url: request.url ?? "", headers: request.headers, body });
        this.answer(response);
      });
    });
  }

  /** Starts it, and points the SDK of this process at it. */
  async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "AKIDTEST",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    });
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  /** Answers with an event stream of these chunks. */
  streams(...chunks: readonly (string | Buffer)[]): void {
    this.answer = (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      for (const chunk of chunks) response.write(chunk);
      response.end();
    };
  }

  /** Answers with a modelled exception. */
  fails(status: number, type: string): void {
    this.answer = (response) => {
      response.writeHead(status, { "Content-Type": "application/json", "x-amzn-errortype": type });
      response.end(JSON.stringify({ message: `secret detail about ${RUNTIME_ARN}` }));
    };
  }
}

/** Lambda's stream. As in the real runtime, the prelude is sent with the first `write`, and only then. */
export class ResponseStream extends Writable {
  private readonly chunks: Buffer[] = [];
  private prelude: string | undefined;

  announce(prelude: object): void {
    this.prelude = JSON.stringify(prelude);
  }

  override write(...parameters: unknown[]): boolean {
    if (this.prelude !== undefined) {
      const head = Buffer.concat([Buffer.from(this.prelude), Buffer.alloc(8)]);
      this.prelude = undefined;
      super.write(head);
    }
    return (super.write as (...parameters: unknown[]) => boolean)(...parameters);
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    this.emit("chunk");
    done();
  }

  /** True if status and headers were sent. */
  hasPrelude(): boolean {
    return this.chunks.length > 0;
  }

  /** What a client receives. */
  received(): { prelude: Prelude; body: string } {
    const parts = splitPrelude(Buffer.concat(this.chunks));
    if (!parts) throw new Error("The handler wrote no prelude.");
    return { prelude: parts.prelude, body: parts.payload.toString() };
  }
}

/** Defines Lambda's global, which a streaming handler uses. */
export function installLambdaGlobal(): void {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (handler: unknown) => handler,
      HttpResponseStream: {
        from: (stream: ResponseStream, prelude: object) => {
          stream.announce(prelude);
          return stream;
        },
      },
    },
  });
}

export interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly caller?: string;
}

/** The event versions that a handler accepts. */
export const EVENTS = {
  "REST event 1.0": ({
    method = "POST",
    path = "/invoke",
    headers = {},
    body = null,
    isBase64Encoded = false,
    caller,
  }: Call) => ({
    resource: path === "/invoke" ? "/invoke" : "/{proxy+}",
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: null,
    queryStringParameters: null,
    pathParameters: path === "/invoke" ? null : { proxy: path.slice(1) },
    body,
    isBase64Encoded,
    requestContext: {
      identity: { userArn: caller ?? "arn:aws:iam::1:user/u", apiKeyId: null },
      stage: "live",
      requestId: "r",
    },
  }),
  "Function URL event 2.0": ({
    method = "POST",
    path = "/invoke",
    headers = {},
    body,
    isBase64Encoded = false,
    caller,
  }: Call) => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    requestContext: {
      http: { method, path },
      authorizer: { iam: { userArn: caller ?? "arn:aws:iam::1:user/u" } },
      requestId: "r",
    },
    ...(body != null && { body }),
    isBase64Encoded,
  }),
} as const;

/** A context with this much time left. */
export const contextWith = (remainingMs = 60_000) => ({
  awsRequestId: "lambda-request-id",
  getRemainingTimeInMillis: () => remainingMs,
});

/** Calls a streaming handler as the runtime does, and returns what a client receives. */
export async function callStreaming(
  handler: ReturnType<typeof streamingHandler>,
  event: unknown,
  remainingMs?: number,
): Promise<{ prelude: Prelude; body: string }> {
  const out = new ResponseStream();
  await handler(event, out as unknown as awslambda.HttpResponseStream, contextWith(remainingMs));
  if (!out.writableEnded) throw new Error("The handler did not end its stream.");
  return out.received();
}
