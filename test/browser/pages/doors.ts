import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { createParser } from "eventsource-parser";
import { BODY_HASH_HEADER } from "../../../contract/aws/cloudfront";
import type { Credentials } from "../../../contract/wire/doors";
import { EVENT_STREAM, mediaType, REQUEST_ID_HEADER, SESSION_HEADER } from "../../../contract/wire/headers";
import { sha256 } from "./doorFetch";

/** Reports an event to the test, and waits until the test has seen it. */
declare function report(data: string): Promise<void>;

export interface Call {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends the hash of the body, as the public edge requires. */
  readonly hash?: true;
  /** Signs with SigV4, as a door with AWS_IAM requires. */
  readonly sign?: { readonly service: string; readonly region: string; readonly credentials: Credentials };
}

export interface Answer {
  /** The browser's error if it does not let the page read the answer. */
  readonly blocked?: string;
  readonly status?: number;
  readonly session?: string | null;
  readonly request?: string | null;
  /** The body; the data of the events if it is an event stream. */
  readonly body?: string | readonly string[];
}

/** Calls a door, and reports each event as it comes. */
export async function send({ url, method = "POST", headers = {}, body, hash, sign }: Call): Promise<Answer> {
  const all: Record<string, string> = { ...headers };
  if (hash && body !== undefined) all[BODY_HASH_HEADER] = await sha256(body);
  const signed = sign ? await signature({ url, method, headers: all, body, sign }) : all;
  let response: Response;
  try {
    response = await fetch(url, { method, headers: signed, ...(body !== undefined && { body }) });
  } catch (error) {
    return { blocked: String(error) };
  }
  const read = {
    status: response.status,
    session: response.headers.get(SESSION_HEADER),
    request: response.headers.get(REQUEST_ID_HEADER),
  };
  const type = mediaType(response.headers.get("content-type") ?? undefined);
  if (type !== EVENT_STREAM || !response.body) return { ...read, body: await response.text() };
  const events: string[] = [];
  const ready: string[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      ready.push(data);
    },
  });
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    parser.feed(text);
    for (const data of ready.splice(0)) {
      events.push(data);
      await report(data);
    }
  }
  return { ...read, body: events };
}

type Signed = Required<Pick<Call, "url" | "method" | "headers" | "sign">> & { readonly body: string | undefined };

async function signature({ url, method, headers, body, sign }: Signed): Promise<Record<string, string>> {
  const { protocol, hostname, pathname: path, host } = new URL(url);
  const signer = new SignatureV4({ ...sign, sha256: Sha256 });
  const request = {
    method,
    protocol,
    hostname,
    path,
    headers: { ...headers, host },
    ...(body !== undefined && { body }),
  };
  const { host: own, ...rest } = (await signer.sign(request)).headers as Record<string, string>;
  // A page may not set `Host`: the browser sends it.
  return own === host ? rest : {};
}
