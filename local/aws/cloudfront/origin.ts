import { createHash } from "node:crypto";
import { once } from "node:events";
import { request as send, type IncomingMessage, type ServerResponse } from "node:http";
import type { Credentials } from "../../../contract/wire/doors";
import { BODY_HASH_HEADER } from "../../../contract/aws/cloudfront";
import { drained } from "../lambda/respond";
import type { Served } from "../requestLog";
import { sign } from "../iam/sigv4";
import type { EdgeRequest } from "./edgeRequest";

/** Address of a distribution's origin, and how to call it. */
export interface Origin {
  readonly url: string;
  readonly credentials: Credentials;
  readonly region: string;
  /** Longest silence before the first byte and between bytes. */
  readonly readTimeoutMs: number;
}

/** Nothing was sent yet, so the edge can answer with its own error. */
interface Failed {
  readonly failed: number;
  readonly note: string;
}

/** Headers of one connection, and those that the edge sets itself. */
const DROPPED: ReadonlySet<string> = new Set([
  "host",
  "authorization",
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "x-amz-date",
  "x-amz-security-token",
]);

/** The body hash that CloudFront signs for a request without a body. */
const NO_BODY = createHash("sha256").digest("hex");

/**
 * Signs a request as the origin access control says, and streams the answer back. The body's hash is taken from the client: CloudFront does
 * not hash the body, and Lambda refuses a signature with a wrong hash.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export async function forward(
  origin: Origin,
  request: EdgeRequest,
  response: ServerResponse,
): Promise<Served | Failed> {
  const { host, hostname, port } = new URL(origin.url);
  const { method, url, body } = request;
  const [hash = NO_BODY] = request.headers.get(BODY_HASH_HEADER) ?? [];
  const scope = { service: "lambda", region: origin.region };
  const signature = sign({ method, url, headers: { host } }, scope, origin.credentials, hash);
  const headers = { ...toOrigin(request), host, ...signature, "content-length": body.byteLength };
  const outgoing = send({ host: hostname, port, method, path: url, headers, agent: false });
  const silence = new IdleTimeout(origin.readTimeoutMs, () => outgoing.destroy());
  response.once("close", () => outgoing.destroy());
  outgoing.end(body);
  try {
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    return await relay(answer, response, silence);
  } catch (error) {
    if (silence.isBroken) return { failed: 504, note: `the origin was silent for ${String(origin.readTimeoutMs)} ms` };
    if (response.destroyed) return { status: response.statusCode, note: "the viewer has left" };
    return { failed: 502, note: error instanceof Error ? error.message : String(error) };
  } finally {
    silence.end();
  }
}

async function relay(answer: IncomingMessage, response: ServerResponse, silence: IdleTimeout): Promise<Served> {
  for (const [name, value] of Object.entries(answer.headers)) {
    // The edge's security headers override the origin's.
    if (value !== undefined && !DROPPED.has(name) && !response.hasHeader(name)) response.setHeader(name, value);
  }
  response.setHeader("X-Cache", "Miss from cloudfront");
  response.writeHead(answer.statusCode ?? 502);
  response.flushHeaders();
  let bytes = 0;
  silence.start();
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    silence.end();
    bytes += chunk.byteLength;
    if (!response.write(chunk)) await drained(response, answer);
    silence.start();
  }
  response.end();
  return { status: response.statusCode, bytes };
}

function toOrigin({ headers, clientIp, id }: EdgeRequest): Record<string, string[]> {
  const kept = [...headers]
    .filter(([name]) => !DROPPED.has(name))
    .map(([name, values]) => [name, [...values]] as const);
  return {
    ...Object.fromEntries(kept),
    "x-forwarded-for": [[...(headers.get("x-forwarded-for") ?? []), clientIp].join(", ")],
    via: ["1.1 edge.local (CloudFront)"],
    "x-amz-cf-id": [id],
  };
}

/** Aborts an answer if the time between two bytes is too long. Time in which the viewer does not read is not counted. */
class IdleTimeout {
  private timer: NodeJS.Timeout | undefined;
  isBroken = false;

  constructor(
    private readonly ms: number,
    private readonly onTooLong: () => void,
  ) {
    this.start();
  }

  start(): void {
    this.end();
    this.timer = setTimeout(() => {
      this.isBroken = true;
      this.onTooLong();
    }, this.ms);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
