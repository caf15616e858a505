import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BODY_HASH_HEADER } from "../../contract/aws/cloudfront";
import { HEARTBEAT_MS } from "../../contract/aws/limits";
import {
  CACHE_CONTROL,
  EVENT_STREAM,
  JSON_TYPE,
  REQUEST_ID_HEADER,
  SESSION_HEADER,
  TOKEN_HEADER,
} from "../../contract/wire/headers";
import { encodeEvent } from "../../contract/wire/sse";
import { errorBody } from "../../contract/wire/errors";
import { errorResponses } from "./errors";
import { SCHEMAS } from "./schemas";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
  version: string;
};

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });
const json = (name: string) => ({ [JSON_TYPE]: { schema: ref("schemas", name) } });

const ANSWER_HEADERS = {
  [SESSION_HEADER]: ref("headers", "SessionId"),
  [REQUEST_ID_HEADER]: ref("headers", "RequestId"),
  "Cache-Control": ref("headers", "CacheControl"),
};

const parameter = (
  name: string,
  place: "header" | "path",
  description: string,
  schema: object = { type: "string" },
) => ({
  name,
  in: place,
  description,
  required: place === "path",
  schema,
});

const PARAMETERS = {
  Agent: parameter("agent", "path", "Name of an agent of the stack's `agents`."),
  SessionId: parameter(
    "session_id",
    "path",
    "The session to stop. It must be the caller's own.",
    ref("schemas", "SessionId"),
  ),
  Token: parameter(
    TOKEN_HEADER,
    "header",
    "The user's token at the public edge, or for a runtime with `runtimeAuth: oauth` if `Authorization` has a signature.",
  ),
  BodyHash: parameter(
    BODY_HASH_HEADER,
    "header",
    "SHA-256 of the body in hexadecimal digits. Required at the public edge without `edgeSigner`.",
    {
      type: "string",
      pattern: "^[0-9a-f]{64}$",
    },
  ),
  TraceParent: parameter(
    "traceparent",
    "header",
    "W3C trace context. `tracestate`, `baggage` and `X-Amzn-Trace-Id` are passed on too.",
  ),
};

const invoke = {
  summary: "Ask the agent",
  description:
    "The streaming doors answer with the agent's events, or with the collected answer for `Accept: application/json`. `bufferedApi` always collects.",
  requestBody: {
    required: true,
    content: { [JSON_TYPE]: { schema: ref("schemas", "InvokeRequest"), example: { prompt: "Hello" } } },
  },
  responses: {
    200: {
      description: `The answer. A stream has a comment after ${String(HEARTBEAT_MS / 1000)} s of silence, and ends with \`event: error\` if it fails: its data is an Error. An answer of another content type is passed on as it is.`,
      headers: ANSWER_HEADERS,
      content: {
        [EVENT_STREAM]: {
          schema: { type: "string" },
          examples: {
            answer: { value: 'data: {"text":"Hello"}\n\n' },
            failure: {
              value: encodeEvent("error", errorBody({ code: "AGENT_TIMEOUT" }, "7ce89b2d-82f9-485a-9d22-71e250e8a4f5")),
            },
          },
        },
        ...json("CollectedAnswer"),
        "*/*": {},
      },
    },
    ...errorResponses("invoke"),
  },
};

const stop = {
  summary: "Stop a session",
  description: "Ends the session, and what it is still streaming. Not with `stopSession: false`.",
  responses: {
    200: { description: "It is stopped.", headers: ANSWER_HEADERS, content: json("StoppedSession") },
    ...errorResponses("stop"),
  },
};

const health = {
  operationId: "health",
  summary: "Whether the function runs",
  description: "Answers without the agent.",
  responses: { 200: { description: "It runs.", content: json("Health") }, ...errorResponses("health") },
};

/** The OpenAPI document of the contract. */
export const DOCUMENT = {
  openapi: "3.1.1",
  info: {
    title: "agentcore-front-door",
    version,
    summary: "The contract between a door and its clients; the same at every door.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [
    {
      url: "{door}",
      description: "An output of the stack: `bufferedApiUrl`, `streamingUrl`, `edgeUrl` or `streamingApiUrl`",
      variables: { door: { default: "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/live" } },
    },
  ],
  security: [{ sigv4: [] }, { apiKey: [] }, { bearer: [] }, { edgeToken: [] }, {}],
  paths: {
    "/invoke": { post: { operationId: "invoke", parameters: askedBy(), ...invoke } },
    "/sessions/{session_id}": { delete: { operationId: "stopSession", parameters: stoppedBy(), ...stop } },
    "/health": { get: health },
    "/agents/{agent}/invoke": {
      post: { operationId: "invokeAgent", parameters: [ref("parameters", "Agent"), ...askedBy()], ...invoke },
    },
    "/agents/{agent}/sessions/{session_id}": {
      delete: { operationId: "stopAgentSession", parameters: [ref("parameters", "Agent"), ...stoppedBy()], ...stop },
    },
  },
  components: {
    securitySchemes: {
      sigv4: {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        description: "A SigV4 signature. Service `execute-api` at the REST doors, `lambda` at `streamingUrl`.",
      },
      apiKey: {
        type: "apiKey",
        in: "header",
        name: "x-api-key",
        description: "Alone, or in addition to a signature or token.",
      },
      bearer: {
        type: "http",
        scheme: "bearer",
        description: "`apiAuth` cognito and jwt. A custom authorizer can have another header.",
      },
      edgeToken: { type: "apiKey", in: "header", name: TOKEN_HEADER, description: "The public edge with `edgeAuth`." },
    },
    parameters: PARAMETERS,
    headers: {
      SessionId: { description: "Send it as `session_id` to go on.", schema: ref("schemas", "SessionId") },
      RequestId: { description: "As in errors and in the function's log.", schema: { type: "string" } },
      CacheControl: { schema: { const: CACHE_CONTROL } },
      RetryAfter: {
        description: "Seconds. Only if the same request is worth another try.",
        schema: { type: "integer" },
      },
    },
    responses: {
      GatewayError: {
        description:
          "An error of a service in front: API Gateway's in this shape; AWS's own shape (`Message`) for a signature that a Function URL refuses.",
        content: {
          [JSON_TYPE]: {
            schema: {
              anyOf: [ref("schemas", "Error"), { type: "object", properties: { Message: { type: "string" } } }],
            },
          },
        },
      },
    },
    schemas: SCHEMAS,
  },
};

function askedBy(): object[] {
  return ["Token", "BodyHash", "TraceParent"].map((name) => ref("parameters", name));
}

function stoppedBy(): object[] {
  return ["SessionId", "Token"].map((name) => ref("parameters", name));
}
