import { AGENT_CORE_TEXTS, type AgentCoreText, type Repeat } from "../contract/wire/agentCoreTexts";
import { ERRORS, type ErrorCode } from "../contract/wire/errors";
import { GATEWAY_ERRORS } from "../contract/wire/gatewayErrors";

/** Information for support and operators, in addition to the catalogue: the cause of an error, and what the operator does. */
export interface RunbookEntry {
  readonly cause: string;
  readonly operator: string;
}

const NONE = "Nothing: the client's request has to change.";

export const RUNBOOK: Readonly<Record<ErrorCode, RunbookEntry>> = {
  INVALID_BODY: {
    cause: "The body is empty, not UTF-8, not JSON, not an object, or its `prompt` is missing, empty or not a string.",
    operator: NONE,
  },
  UNSAFE_JSON: {
    cause:
      "The JSON would mean something else to the agent than to the sender: parsers drop one of two equal names, round long integers, replace half a surrogate pair.",
    operator: NONE,
  },
  INVALID_SESSION_ID: {
    cause: "AgentCore accepts only session ids of 33 characters or more, so the door refuses shorter ones.",
    operator: NONE,
  },
  FIELD_NOT_ALLOWED: {
    cause: "`payload` of the stack config denies the field, does not allow it, or renames another field to its name.",
    operator: "Extend `payload.allow` or shorten `payload.deny` if the field is meant to reach the agent.",
  },
  FIELD_INVALID: {
    cause: "The body does not fit `payload.schema`; the message names the first field.",
    operator: "Compare the field with the schema.",
  },
  INVALID_HEADER: {
    cause: "A client header of `headerMap` has more than 4096 characters, or others than printable ASCII.",
    operator: NONE,
  },
  SENSITIVE_DATA: {
    cause:
      "A detector or pattern of `redaction` whose action is `reject` found something; the message names field and detector.",
    operator:
      "Set the action to `mask` if the request shall pass without the finding. The log counts findings by detector.",
  },
  INVALID_EVENT: {
    cause: "The function was invoked directly, by the console's test or the Invoke API.",
    operator: "Test through the door's URL. Check which principals have `lambda:InvokeFunction` on the function.",
  },
  HOOK_REFUSED: {
    cause: "`beforeInvoke` of the stack's hooks refused the request. `reason` in the log is the code that it gave.",
    operator: NONE,
  },
  HOOK_FAILED: {
    cause:
      "A hook threw, or returned what it must not; the agent was not asked. `cause` in the log is the class of its error, `reason` says what was wrong.",
    operator:
      "Correct the module of `hooks`, or the function of `hookFunctionArn` and its permissions (docs/hooks.md).",
  },
  HOOK_TIMEOUT: {
    cause: "A hook took longer than `hookTimeoutMs`; the agent was not asked.",
    operator: "Make the hook faster, let it pass on its `signal`, or raise `hookTimeoutMs`.",
  },
  TOKEN_MISSING: {
    cause: "`runtimeAuth` is oauth, and the request has no bearer token that the door could pass on.",
    operator:
      "If CloudFront OAC or SigV4 uses `Authorization`, clients send `X-Auth-Token`; CloudFront must forward that header.",
  },
  UNAUTHORIZED: {
    cause:
      "`edgeAuth` is set, and the token in `X-Auth-Token` is missing, expired, of another issuer, audience or kind, or badly signed. `reason` in the log says which.",
    operator:
      "Compare the token's `iss`, `aud` and `typ` with `jwt` (docs/auth.md). REST doors have this code of API Gateway.",
  },
  ACCESS_DENIED: {
    cause: "`edgeAuth` is set, and the token has none of `jwt.scopes`.",
    operator:
      "Give the user or the client the scope, or name the claim that contains it in `jwt.scopeClaims`. REST doors have this code of API Gateway.",
  },
  AUTHORIZER_FAILURE: {
    cause: "`edgeAuth` is set, no key of the issuer is known, and the issuer does not answer with its keys.",
    operator:
      "See whether the issuer's discovery document and `jwt.jwksUri` answer, over https and without a redirect.",
  },
  TOKEN_REFUSED: {
    cause:
      "AgentCore answered the token with 401 or 403: expired, another issuer, audience, client or scope, or a bad signature.",
    operator:
      "Compare the token with the runtime's JWT authorizer: discovery URL, allowed audiences, clients and scopes. Cognito access tokens carry `client_id`, not `aud`.",
  },
  REQUEST_BLOCKED: {
    cause:
      "A rule of the web ACL matched; `X-Reference` names it. Rules on bodies only count, so it was an address, a header, a cookie, the path or the query.",
    operator:
      "Find the request in the log group `aws-waf-logs-*`. `NoUserAgent_HEADER` requires a User-Agent. Put your own addresses into `wafAllowIps`: the rate and reputation rules then skip them.",
  },
  CALLER_UNKNOWN: {
    cause:
      "The event names no caller: the authorizer returns no `principalId` that is a text, the token has no `sub`, or it is the console's test event. Or the role session is `CognitoIdentityCredentials`, which all users of an identity pool share, without the identity of the user: a Function URL does not pass it on.",
    operator:
      "Let the authorizer return a different `principalId` for each caller. Give users of an identity pool a REST door with `apiAuth: iam`, which passes on their identity, or with `cognito` or `jwt`.",
  },
  CALLER_NAME_INVALID: {
    cause:
      "With `callerHeader` or `runtimeUserId`, the caller's encoded subject has more than 4096 characters (1024 for `runtimeUserId`), or contains half a surrogate pair. Nothing reached the agent.",
    operator:
      "Let the issuer or authorizer give callers shorter names, or set `callerHeader.value` to hash and `runtimeUserId` to false.",
  },
  NOT_FOUND: {
    cause:
      "The path is not in the contract, or the request stops a session while `stopSession` of the stack config is false.",
    operator: "Set `stopSession` to true if callers are meant to stop their sessions.",
  },
  AGENT_NOT_FOUND: {
    cause:
      "`agents` of the stack config has no such name; or the path is /invoke or /sessions/{id}, and the stack has no `agentRuntimeArn` and no `sampleAgent`.",
    operator: "Compare the name with `agents`. Names are not listed to callers.",
  },
  SESSION_NOT_FOUND: {
    cause:
      "The session was stopped, idled out, or belongs to another caller: a session belongs to the caller that started it.",
    operator: NONE,
  },
  METHOD_NOT_ALLOWED: { cause: "The path exists, but not with that method.", operator: NONE },
  SESSION_BUSY: {
    cause: "The session's microVM is being provisioned or torn down. The door tried three times.",
    operator: "Nothing, unless it lasts: then one client sends several requests of one session at the same time.",
  },
  BODY_TOO_LARGE: {
    cause:
      "The body is larger than `maxBodyBytes`: by default than the part that AWS WAF inspects, because the rest would reach the agent without inspection.",
    operator: "Raise `maxBodyBytes` if the agent takes images or documents as fields (docs/requests.md#body).",
  },
  PROMPT_TOO_LARGE: {
    cause: "`prompt` is longer than `payload.maxPromptBytes` of the stack config.",
    operator: "Raise `payload.maxPromptBytes` if longer prompts are meant to pass.",
  },
  UNSUPPORTED_MEDIA_TYPE: { cause: "The request names another content type.", operator: NONE },
  RATE_LIMITED: {
    cause: "One address sent more than `rateLimitPerFiveMinutes` requests within five minutes.",
    operator:
      "Raise the limit, or put the address of a known proxy into `wafAllowIps`. Behind your own CDN every request has the CDN's address: set `wafRateKey` to forwardedIp.",
  },
  AGENT_THROTTLED: {
    cause: "AgentCore's rate of the account is used up. The door tried three times.",
    operator: "Raise the AgentCore quota, or lower the door's throttle so that callers are slowed down earlier.",
  },
  INTERNAL: {
    cause: "An error of the front door itself.",
    operator: "The log line has `cause` and `stack`. Report it.",
  },
  AGENT_ERROR: {
    cause:
      "The agent's container answered with an error (`agent_status` in the log), reported one in its stream or in a JSON answer, or its connection broke.",
    operator: "Look into the agent's own log group, at the time of the request.",
  },
  AGENT_INPUT_INVALID: {
    cause:
      "The agent's container answered with a 4xx of its own (`agent_status` in the log), such as 422 for a field that is missing or has another type. Other than 408, 409, 423, 425 and 429, which are `AGENT_ERROR`.",
    operator:
      "Tell callers which fields the agent expects. If it reads them from another one, such as `input.prompt`, let `payload.rename` or the agent adapt. 404 and 405: the agent has no `POST /invocations`.",
  },
  AGENT_REFUSED: {
    cause:
      "AgentCore refused the call. `AccessDeniedException`: the role may not call this ARN (it needs the runtime and `runtime-endpoint/*`; `agent-runtime/` is a wrong form), or a resource policy denies it. `ResourceNotFoundException`: wrong runtime or `qualifier`. `ValidationException`: the runtime needs MMDSv2.",
    operator: "`cause` in the log names the exception. Correct `agentRuntimeArn` or `qualifier`, then `pulumi up`.",
  },
  RUNTIME_WANTS_OAUTH: {
    cause: "The runtime has a JWT authorizer and answered the signature with `Authorization method mismatch`, or 401.",
    operator: "Set `runtimeAuth` to oauth and have clients send their token, or use a runtime without JWT authorizer.",
  },
  RUNTIME_WANTS_SIGV4: {
    cause: "The runtime has no JWT authorizer and answered the token with `Authorization method mismatch`.",
    operator: "Set `runtimeAuth` to sigv4, or give the runtime a JWT authorizer.",
  },
  ANSWER_TOO_LARGE: {
    cause: "A buffered answer of Lambda has at most 6 MB, including its JSON escapes.",
    operator: "Offer such clients a streaming door.",
  },
  STREAM_TOO_LARGE: {
    cause:
      "A streamed answer of Lambda has at most 200 MB, comments included. The door ended the call of the agent before Lambda would have cut the answer. An event stream ends with this event; any other answer breaks off, because it has no place for an error.",
    operator: "Let the agent write such results to S3 and answer with a presigned URL.",
  },
  ANSWER_NOT_TEXT: {
    cause:
      "The agent was silent for 15 seconds, so a streaming door began an event stream. Then an image or other bytes came, which no event can contain.",
    operator:
      "Let the agent answer sooner, or tell clients to ask for the collected answer, which has the bytes as base64.",
  },
  REDACTION_TIMEOUT: {
    cause:
      "Detectors and patterns of `redaction` ran for 2 s, or until the request's own time was up, or their masks made the request 4 MB longer. The message names the field and the pattern that was looking. Nothing reached the agent.",
    operator:
      "Change the pattern: one that looks ahead from each of its matches, as in `id:[0-9]+(?: .*secret)?`, needs time that grows with the square of the text's length. Limit its repetitions, raise `memorySizeMb`, or lower `payload.maxPromptBytes`.",
  },
  AGENT_UNAVAILABLE: {
    cause:
      "No connection to AgentCore, status 503, or `ServiceQuotaExceededException` (`maxVms`): too many live sessions. An agent whose `/ping` renews `time_of_last_update` each time never idles out.",
    operator: "Raise the quota, or stop sessions: `DELETE /sessions/{id}`, and shorter idle timeouts of the runtime.",
  },
  SESSIONS_UNAVAILABLE: {
    cause:
      "At an anonymous public edge the function has to call KMS once before it can check session ids. The call failed or lasted more than 3 seconds; the next request calls again.",
    operator:
      "`reason` in the log has the status of KMS. 400: the function's role may not use the key, or the key is disabled or waits for its deletion (`aws kms describe-key`). Otherwise see the AWS Health Dashboard.",
  },
  AGENT_START_FAILED: {
    cause:
      "AgentCore could not start the agent; `reason` in the log says how: `initialization_timeout`, `health_check`, or `image`. The door tried twice. Most often the container crashes at once (a module that is missing, another architecture than ARM64), listens on another port than 8080, or cannot pull its image or reach what it waits for from its subnets.",
    operator:
      "Look into the agent's own log group for the crash. If it only starts slowly: move imports and connections behind the first request, and answer `/ping` from the start.",
  },
  AGENT_TIMEOUT: {
    cause:
      "The door's deadline passed: a cold start of the agent (1 to 10 s), a long answer, or an agent that stalls. The call was aborted, and the stream ended with this event.",
    operator:
      "Raise `maxDurationSeconds` (at most 900), or move the client from `bufferedApi` (29 s) to a streaming door.",
  },
  CLIENT_TOO_SLOW: {
    cause: "The client did not read its answer until the door's deadline.",
    operator: "Nothing, unless many do: then look for a proxy in front that buffers answers.",
  },
};

const REPEATS: Readonly<Record<Repeat, string>> = {
  safe: "The door repeats it, because the prompt was not run; after that, send it again when `Retry-After` has passed",
  later: "Send it again when `Retry-After` has passed: the prompt was not run",
  once: "The door does not repeat it, because the prompt may have run: send it again only if that does no harm",
  never: "To send it again is useless until that is changed",
};

function agentCoreText({ text, advice, source, door }: AgentCoreText): string {
  const { sigv4, oauth } = door?.code ?? {};
  const codes = sigv4 === oauth ? `\`${sigv4}\`` : `\`${sigv4}\`, with \`runtimeAuth\` oauth \`${oauth}\``;
  const atDoor = door && `At a door: ${codes}. ${REPEATS[door.repeat]}.`;
  return `- \`${text}\`: ${[advice, atDoor, `([source](${source}))`].filter(Boolean).join(" ")}`;
}

/** Error texts of other services, each with advice. */
export const AWS_TEXTS: readonly (readonly [text: string, advice: string])[] = [
  [
    "Forbidden. For troubleshooting Function URL authorization issues",
    "`streamingUrl`: the signature is wrong (service `lambda`, the URL's region), or the caller lacks `lambda:InvokeFunctionUrl` or `lambda:InvokeFunction`: both are needed.",
  ],
  [
    "The request signature we calculated does not match the signature you provided",
    "The key, the clock, the region or the service of the signature is wrong; behind CloudFront OAC the client has to send `x-amz-content-sha256`.",
  ],
  [
    "Endpoint request timed out",
    "API Gateway's own 504. The door answers `AGENT_TIMEOUT` two seconds earlier, so this means a very slow cold start: raise `memorySizeMb`.",
  ],
  [
    "transfer closed with outstanding read data remaining",
    "curl's words for a stream that broke off: the agent's answer did (one that is no event stream), the function was killed, or a proxy in front cut it.",
  ],
  [
    "CloudWatch Logs role ARN must be set in account settings to enable logging",
    "From `pulumi up`: API Gateway has no role for its logs in this account and region. Set `ownsAccountLogging` to true in one stack there, and run `pulumi up` again.",
  ],
  [
    "decreases account's UnreservedConcurrentExecution below its minimum value",
    "From `pulumi up`: the account's Lambda concurrency, less the 100 that it keeps unreserved, is too small for `reservedConcurrency` times the number of doors; a new account has 10 and can reserve nothing. Set `reservedConcurrency` to -1 or lower, or have the quota L-B99A9384 raised.",
  ],
  ["Task timed out after", "In the function's log: a client that did not read kept the stream open to the end."],
];

/** The text of docs/errors.md. */
export function errorsPage(): string {
  const codes = Object.keys(ERRORS) as ErrorCode[];
  const entries = codes.map((code) => {
    const { status, message, remedy, retryAfterSeconds } = { retryAfterSeconds: undefined, ...ERRORS[code] };
    const { cause, operator } = RUNBOOK[code];
    const retry = retryAfterSeconds === undefined ? "" : `, \`Retry-After: ${String(retryAfterSeconds)}\``;
    return `### \`${code}\`

Status ${status}${retry}.

> ${message} ${remedy}

- **Cause**: ${cause}
- **Operator**: ${operator}
`;
  });
  const gateway = GATEWAY_ERRORS.filter(({ code }) => !(code in ERRORS)).map(
    ({ responseType, message }) => `- \`${responseType}\`: ${message}`,
  );
  return `# Errors

Every error: its text, its cause, and what to do. Search this page for the code or the text. It is made from the catalogue in contract/wire/errors.ts
and docs/runbook.ts by \`npm run docs\`; do not edit it.

Every door answers \`{"error": {"code", "message", "request_id"}}\`; within a stream a [last event](agents.md#the-last-event) says the same, and the
status stays 200. If the stack config has more details (a field, a header, a detector), \`message\` names them between its two sentences.
The function's log line contains the \`request_id\`, together with \`code\` and \`cause\`.

## Of the front door

${entries.join("\n")}
## Of API Gateway

API Gateway answers in the same shape without calling the function. \`code\` is its own name for the error, such as \`UNAUTHORIZED\`, \`INVALID_API_KEY\`,
\`MISSING_AUTHENTICATION_TOKEN\`, \`INVALID_SIGNATURE\`, \`ACCESS_DENIED\`, \`THROTTLED\`, \`QUOTA_EXCEEDED\` or \`INTEGRATION_TIMEOUT\`.

${gateway.join("\n")}

## Texts of AgentCore

Every error text of AWS's [troubleshooting page](https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-troubleshooting.html), and some that callers report. The doors never pass the text on.

${AGENT_CORE_TEXTS.map(agentCoreText).join("\n")}

## Other texts of AWS

${AWS_TEXTS.map(([text, advice]) => `- \`${text}\`: ${advice}`).join("\n")}
`;
}
