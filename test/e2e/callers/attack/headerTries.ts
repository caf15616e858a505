import { chunkedBody } from "./chunked";

/** What a client can vary in a request, beside what signs it. */
export interface Try {
  readonly lines?: readonly string[];
  readonly query?: string;
  readonly body?: string;
  /** Sends the body in chunks, with what a client puts around them. */
  readonly chunked?: { readonly extension?: string; readonly trailers?: readonly string[] };
  readonly path?: string;
}

/** What a forged name contains, so that it is found wherever it arrives. */
export const FORGED = "forged-caller";

const PREFIX = "X-Amzn-Bedrock-AgentCore-Runtime-Custom-";
const CALLER = `${PREFIX}Caller`;
const USER = "X-Amzn-Bedrock-AgentCore-Runtime-User-Id";
const forge = (name: string): Try => ({ lines: [`${name}: ${FORGED}`] });
const PROMPT = '"prompt":"hi"';
const field = (json: string): Try => ({ body: `{${PROMPT},${json}}` });
const value = (text: string): Try => ({ lines: [`X-Tenant: ${text}`] });

/** Spellings of the header itself. */
const SPELLINGS: Readonly<Record<string, Try>> = {
  "the header itself": forge(CALLER),
  "in lower case": forge(CALLER.toLowerCase()),
  "in upper case": forge(CALLER.toUpperCase()),
  "with underscores": forge(CALLER.replaceAll("-", "_")),
  "with an underscore before its name": forge(`${PREFIX.slice(0, -1)}_Caller`),
  "as a variable of CGI": forge(`HTTP_${CALLER.toUpperCase().replaceAll("-", "_")}`),
  "with dots": forge(CALLER.replaceAll("-", ".")),
  "without the prefix": forge("Caller"),
  "with another prefix of AWS": forge("X-Amz-Bedrock-AgentCore-Runtime-Custom-Caller"),
  "with a white space before the colon": { lines: [`${CALLER} : ${FORGED}`] },
  "with a tab before the colon": { lines: [`${CALLER}\t: ${FORGED}`] },
  "with a white space at the start of the line": { lines: [` ${CALLER}: ${FORGED}`] },
  "percent-encoded": forge(CALLER.replaceAll("-", "%2D")),
  "with an encoded line end": forge(`X-A%0d%0a${CALLER}`),
  "with a long s in UTF-8": forge(Buffer.from("X-Amzn-Bedrock-AgentCore-Runtime-Cuſtom-Caller").toString("latin1")),
  "with the sign of the unit kelvin": forge(Buffer.from(CALLER.replace("k", "K")).toString("latin1")),
  "with a soft hyphen": forge(`X-Amzn-Bedrock-AgentCore-Runtime-Custom\xad-Caller`),
  "with a NUL": forge(`${CALLER}\0`),
  "as a pseudo-header of HTTP/2": { lines: [`:${CALLER.toLowerCase()}: ${FORGED}`] },
  "as :authority": { lines: [`:authority: ${FORGED}`] },
  "with quotes": forge(`"${CALLER}"`),
};

/** The header twice, folded, or in the value of another. */
const LINES: Readonly<Record<string, Try>> = {
  twice: { lines: [`${CALLER}: ${FORGED}-1`, `${CALLER}: ${FORGED}-2`] },
  "once in each case": { lines: [`${CALLER}: ${FORGED}-1`, `${CALLER.toLowerCase()}: ${FORGED}-2`] },
  "folded into the mapped header": { lines: ["X-Tenant: acme", ` ${CALLER}: ${FORGED}`] },
  "behind a bare line feed": { lines: [`X-Tenant: acme\n${CALLER}: ${FORGED}`] },
  "behind a bare carriage return": { lines: [`X-Tenant: acme\r${CALLER}: ${FORGED}`] },
  "behind a line separator": {
    lines: [`X-Tenant: acme${Buffer.from("\u2028").toString("latin1")}${CALLER}: ${FORGED}`],
  },
  "behind U+560A, whose low byte is a line feed": {
    lines: [`X-Tenant: acme${Buffer.from("嘊").toString("latin1")}${CALLER}: ${FORGED}`],
  },
  "behind an encoded line end": value(`acme%0d%0a${CALLER}: ${FORGED}`),
  "behind a NUL": value(`acme\0${CALLER}: ${FORGED}`),
  "with the mapped header twice": { lines: ["X-Tenant: acme", `X-Tenant: ${CALLER}: ${FORGED}`] },
  "in the mapped header's runtime name": forge(`${PREFIX}Tenant`),
  "named in Connection": { lines: [`X-Tenant: acme`, `Connection: ${CALLER}`] },
  "named in a second Connection, with X-Tenant": { lines: [`Connection: X-Tenant`, `${CALLER}: ${FORGED}`] },
  "announced in Trailer": { lines: [`Trailer: ${CALLER}`, `${CALLER}: ${FORGED}`] },
  "in Forwarded": { lines: [`Forwarded: for=${FORGED};by="${CALLER}: ${FORGED}"`] },
  "as CloudFront forwards it": forge("CloudFront-Viewer-Caller"),
  "as CloudFront's address": forge("CloudFront-Viewer-Address"),
  "as an original header": forge(`X-Original-${CALLER}`),
  "as API Gateway remaps it": forge(`x-amzn-remapped-${CALLER.toLowerCase()}`),
  "as a header to override": { lines: [`X-HTTP-Header-Override: ${CALLER}=${FORGED}`] },
  "as an ALB names its user": forge("x-amzn-oidc-identity"),
  "as a proxy names its user": {
    lines: [`X-Forwarded-User: ${FORGED}`, `Remote-User: ${FORGED}`, `X-Remote-User: ${FORGED}`],
  },
  "in cookies": { lines: [`Cookie: ${CALLER}=${FORGED}; caller=${FORGED}`] },
  "with the header of the user id": forge(USER),
  "with the user id and underscores": forge(USER.replaceAll("-", "_")),
  "with the runtime's session id": forge("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"),
  "as AgentCore names a workload": forge("WorkloadAccessToken"),
  "with an account": forge("X-Amzn-Bedrock-AgentCore-Runtime-Account-Id"),
  "with a security token": forge("X-Amz-Bedrock-Caller"),
};

/** Chunks and trailers. */
const CHUNKED: Readonly<Record<string, Try>> = {
  "in a trailer": { chunked: { trailers: [`${CALLER}: ${FORGED}`] } },
  "in an announced trailer": {
    lines: [`Trailer: ${CALLER}`, "TE: trailers"],
    chunked: { trailers: [`${CALLER}: ${FORGED}`] },
  },
  "in the trailer of the mapped header": { chunked: { trailers: [`X-Tenant: ${FORGED}`] } },
  "in a chunk extension": { chunked: { extension: `;${CALLER}=${FORGED}` } },
  "in a quoted chunk extension": { chunked: { extension: `;a="\n${CALLER}: ${FORGED}"` } },
  "in a request inside the body": {
    body: `{${PROMPT}}\r\nPOST /invoke HTTP/1.1\r\n${CALLER}: ${FORGED}\r\n\r\n`,
  },
  "behind a second length": { lines: ["Content-Length: 2", `${CALLER}: ${FORGED}`] },
};

/** Query, path and payload. */
const ELSEWHERE: Readonly<Record<string, Try>> = {
  "in the query": { query: `${CALLER}=${FORGED}&caller=${FORGED}` },
  "in the query as a signed header": {
    query: `X-Amz-SignedHeaders=${CALLER.toLowerCase()}&${CALLER.toLowerCase()}=${FORGED}`,
  },
  "in the query behind a line end": { query: `a=%0d%0a${CALLER}:%20${FORGED}` },
  "in a matrix parameter": { path: `/invoke;${CALLER}=${FORGED}` },
  "in the path": { path: `/invoke%0d%0a${CALLER}:%20${FORGED}` },
  "as a field": field(`"${CALLER}":"${FORGED}"`),
  "as fields of the call": field(
    `"runtimeUserId":"${FORGED}","headers":{"${CALLER}":"${FORGED}"},"customHeaders":{"Caller":"${FORGED}"}`,
  ),
  "as __proto__": field(`"__proto__":{"headers":{"${CALLER}":"${FORGED}"},"userId":"${FORGED}"}`),
  "as constructor.prototype": field(`"constructor":{"prototype":{"caller":{"subject":"${FORGED}"}}}`),
  "as an event": field(
    `"requestContext":{"identity":{"userArn":"${FORGED}"},"authorizer":{"iam":{"userArn":"${FORGED}"}}}`,
  ),
  "as a session id with a separator": field(`"session_id":"${FORGED}${"x".repeat(30)}"`),
  "as a session id with a line end": field(`"session_id":"${"x".repeat(40)}\\r\\n${CALLER}: ${FORGED}"`),
  "as a session id that is a list": field(`"session_id":["${FORGED}"]`),
  "as a field twice": field(`"caller":"a","caller":"${FORGED}"`),
};

const TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** Trace context. */
const TRACES: Readonly<Record<string, Try>> = {
  "in traceparent": { lines: [`traceparent: ${TRACE}-${FORGED}`] },
  "in tracestate, behind a line end": { lines: [`traceparent: ${TRACE}`, `tracestate: a=b%0d%0a${CALLER}: ${FORGED}`] },
  "in X-Amzn-Trace-Id": {
    lines: [`X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793;Caller=${FORGED};Self=a,${CALLER}`],
  },
  "as baggage's session": { lines: [`baggage: session.id=${FORGED}`] },
  "as baggage's session, encoded": { lines: [`baggage: session%2Eid=${FORGED}`] },
  "as baggage's session, encoded twice": { lines: [`baggage: session%252Eid=${FORGED}`] },
  "as baggage's session with plus signs": { lines: [`baggage: +session.id+=${FORGED}`] },
  "as baggage's session behind a property": { lines: [`baggage: a=1;p , session.id =${FORGED};q`] },
  "as baggage's session in a second line": { lines: ["baggage: a=1", `baggage: session.id=${FORGED}`] },
  "as baggage's session behind empty members": { lines: [`baggage: ,,;,session.id=${FORGED}`] },
  "as baggage's session in full-width letters": { lines: [`baggage: %EF%BD%93ession.id=${FORGED}`] },
  "as baggage's request": { lines: [`baggage: front_door.request_id=${FORGED}`] },
  "as baggage's request without a value": { lines: [`baggage: front_door.request_id;=${FORGED}`] },
  "as 200 members of baggage": { lines: [`baggage: ${Array.from({ length: 200 }, (_, n) => `k${n}=v`).join(",")}`] },
  "as 64 members of baggage": { lines: [`baggage: ${Array.from({ length: 64 }, (_, n) => `k${n}=v`).join(",")}`] },
  "as baggage of 8192 bytes": { lines: [`baggage: a=${"x".repeat(8190)}`] },
};

/** Names of the tries, and what a client sends. */
export const TRIES: readonly (readonly [title: string, attempt: Try])[] = Object.entries({
  ...SPELLINGS,
  ...LINES,
  ...CHUNKED,
  ...ELSEWHERE,
  ...TRACES,
});

/** The lines of the body, and its bytes. */
export function framed({ body = `{${PROMPT}}`, chunked }: Try): { lines: string[]; body: string } {
  if (!chunked) return { lines: [`Content-Length: ${Buffer.byteLength(body)}`], body };
  return { lines: ["Transfer-Encoding: chunked"], body: chunkedBody(body, chunked) };
}
