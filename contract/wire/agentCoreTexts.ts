import type { ErrorCode } from "./errors";

/**
 * Whether a request that failed may be sent again:
 * - `safe`: the prompt was not run. The door repeats the call within its deadline, and then asks the client to, with `Retry-After`.
 * - `later`: the prompt was not run, and at once it would fail again. Only the client repeats it, after `Retry-After`.
 * - `once`: the prompt may have run. The door does not repeat it; the client decides.
 * - `never`: it fails again until the request, the agent or the configuration changes.
 */
export type Repeat = "safe" | "later" | "once" | "never";

/** How InvokeAgentRuntime answers with a text. */
export interface RuntimeAnswer {
  readonly status: number;
  readonly exception: string;
  /** The whole message. */
  readonly message: string;
}

/** A text of AgentCore that people search for. */
export interface AgentCoreText {
  /** Its part that does not differ from case to case. */
  readonly text: string;
  readonly advice: string;
  /** URL of the page or issue that has it. */
  readonly source: string;
  /** Undefined if a door never receives it: it is a text of a client, of a build or of the agent's own log. */
  readonly door?: {
    readonly answer: RuntimeAnswer;
    /** The door's code, by its `runtimeAuth`. */
    readonly code: { readonly sigv4: ErrorCode; readonly oauth: ErrorCode };
    readonly repeat: Repeat;
  };
}

const PAGE = "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-troubleshooting.html";

const both = (code: ErrorCode): { sigv4: ErrorCode; oauth: ErrorCode } => ({ sigv4: code, oauth: code });

const answered = (status: number, exception: string, message: string): RuntimeAnswer => ({
  status,
  exception,
  message,
});

const fromAgent = (status: number): RuntimeAnswer =>
  answered(
    424,
    "RuntimeClientError",
    `Received error (${status}) from runtime. Please check your CloudWatch logs for more information`,
  );

const HEALTH =
  "Runtime health check failed or timed out. Please make sure that health check is implemented according to the requirements here";

/**
 * The error texts of AgentCore Runtime: every one of AWS's troubleshooting page, and those that callers of it report. A text without an exception on
 * the page has the exception that the API reference gives for its case.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-troubleshooting.html,
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html#API_InvokeAgentRuntime_Errors
 */
export const AGENT_CORE_TEXTS: readonly AgentCoreText[] = [
  {
    text: "This runtime is not MMDSv2-enabled",
    advice:
      "Call UpdateAgentRuntime with `requireMMDSV2` true in `metadataConfiguration`. Only runtimes from before 2026-02-15 need it.",
    source: `${PAGE}#troubleshoot-runtime-mmdsv2-validation`,
    door: {
      answer: answered(400, "ValidationException", "This runtime is not MMDSv2-enabled"),
      code: both("AGENT_REFUSED"),
      repeat: "never",
    },
  },
  {
    text: "504 Gateway Timeout",
    advice:
      "The agent did not answer in AgentCore's time. Check that its image is for ARM64, listens on port 8080 and has the path `/invocations`.",
    source: `${PAGE}#troubleshoot-runtime-timeout`,
    door: { answer: answered(504, "", "Gateway Timeout"), code: both("AGENT_TIMEOUT"), repeat: "once" },
  },
  {
    text: "ServiceQuotaExceededException",
    advice:
      "With `maxVms`: too many live sessions. An agent whose `GET /ping` renews `time_of_last_update` each time never idles out; `DELETE /sessions/{id}` ends a session.",
    source: `${PAGE}#troubleshoot-runtime-idle-not-releasing`,
    door: {
      answer: answered(402, "ServiceQuotaExceededException", "maxVms limit exceeded"),
      code: both("AGENT_UNAVAILABLE"),
      repeat: "later",
    },
  },
  {
    text: "Runtime initialization time exceeded. Please make sure that initialization completes in 30s.",
    advice:
      "The agent crashed at its start or was slow (60s and 120s are seen, too). The log has `reason` `initialization_timeout`.",
    source: "https://github.com/aws/bedrock-agentcore-sdk-python/issues/599",
    door: {
      answer: answered(
        424,
        "RuntimeClientError",
        "Runtime initialization time exceeded. Please make sure that initialization completes in 30s.",
      ),
      code: both("AGENT_START_FAILED"),
      repeat: "safe",
    },
  },
  {
    text: HEALTH,
    advice: "The agent's `GET /ping` does not answer. The log has `reason` `health_check`.",
    source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-service-contract.html",
    door: {
      answer: answered(
        424,
        "RuntimeClientError",
        `${HEALTH} - https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-service-contract.html`,
      ),
      code: both("AGENT_START_FAILED"),
      repeat: "safe",
    },
  },
  {
    text: "Failed to mount overlay: No such file or directory",
    advice:
      "The agent's own log has it, and the call fails with status 424: the image has more than 53 layers and a `USER` that is not a number. Write the number, or use fewer layers.",
    source: `${PAGE}#troubleshoot-runtime-overlay-mount-failure`,
    door: {
      answer: answered(424, "RuntimeClientError", "Failed to mount overlay: No such file or directory"),
      code: both("AGENT_START_FAILED"),
      repeat: "safe",
    },
  },
  {
    text: "RuntimeClientError (403)",
    advice:
      "The container did not start, the runtime's execution role lacks a right, or the bearer token is invalid. The agent's log group has the first.",
    source: `${PAGE}#runtime-client-error`,
    door: {
      answer: answered(403, "RuntimeClientError", "An error occurred when starting the runtime."),
      code: { sigv4: "AGENT_ERROR", oauth: "TOKEN_REFUSED" },
      repeat: "once",
    },
  },
  {
    text: "Received error (422) from runtime. Please check your CloudWatch logs for more information",
    advice:
      'The agent does not accept the body: a field is missing, has another type, or belongs into another one, such as `{"input": {"prompt": "..."}}`. The same for its other 4xx; `agent_status` in the log has the number.',
    source: `${PAGE}#common-error-codes`,
    door: { answer: fromAgent(422), code: both("AGENT_INPUT_INVALID"), repeat: "never" },
  },
  {
    text: "Received error (403) from runtime. Please check your CloudWatch logs for more information",
    advice: "The agent's own code refuses the caller. Its log has the cause.",
    source: `${PAGE}#common-error-codes`,
    door: { answer: fromAgent(403), code: both("AGENT_INPUT_INVALID"), repeat: "never" },
  },
  {
    text: "Received error (500) from runtime. Please check your CloudWatch logs for more information",
    advice: "The agent's code threw an exception. Its log has the stack trace, and the door's log has `agent_status`.",
    source: `${PAGE}#common-error-codes`,
    door: { answer: fromAgent(500), code: both("AGENT_ERROR"), repeat: "once" },
  },
  {
    text: "Session operation in progress, please retry",
    advice: "The session is being started or stopped.",
    source: `${PAGE}#common-error-codes`,
    door: {
      answer: answered(409, "RetryableConflictException", "Session operation in progress, please retry"),
      code: both("SESSION_BUSY"),
      repeat: "safe",
    },
  },
  {
    text: "Authorization method mismatch. The agent is configured for a different authorization method than what was used in your request.",
    advice:
      "The runtime has a JWT authorizer and got a signature, or the other way round. Set `runtimeAuth` to what it has.",
    source: "https://github.com/aws/agentcore-cli/issues/714",
    door: {
      answer: answered(
        403,
        "AccessDeniedException",
        "Authorization method mismatch. The agent is configured for a different authorization method than what was used in your request. Check the agent's authorization configuration and ensure your request uses the matching method (OAuth or SigV4)",
      ),
      code: { sigv4: "RUNTIME_WANTS_OAUTH", oauth: "RUNTIME_WANTS_SIGV4" },
      repeat: "never",
    },
  },
  {
    text: "The agent is configured for OAuth but request used SigV4",
    advice: "The same, in other words. Set `runtimeAuth` to oauth.",
    source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html",
    door: {
      answer: answered(403, "AccessDeniedException", "The agent is configured for OAuth but request used SigV4"),
      code: { sigv4: "RUNTIME_WANTS_OAUTH", oauth: "RUNTIME_WANTS_SIGV4" },
      repeat: "never",
    },
  },
  {
    text: "is not authorized to perform: bedrock-agentcore:InvokeAgentRuntime on resource",
    advice:
      "The caller's policy lacks the runtime or its `runtime-endpoint/*`. The role of a door's function has both.",
    source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
    door: {
      answer: answered(
        403,
        "AccessDeniedException",
        "User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: bedrock-agentcore:InvokeAgentRuntime on resource: arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/r",
      ),
      code: { sigv4: "AGENT_REFUSED", oauth: "TOKEN_REFUSED" },
      repeat: "never",
    },
  },
  {
    text: "ResourceNotFound",
    advice:
      "In the agent's log: its S3 Files or EFS file system, or the access point, was deleted. From InvokeAgentRuntime, as `ResourceNotFoundException`: there is no such runtime or endpoint.",
    source: `${PAGE}#troubleshoot-byo-storage-resource-not-found`,
    door: {
      answer: answered(404, "ResourceNotFoundException", "No endpoint or agent found with qualifier"),
      code: both("AGENT_REFUSED"),
      repeat: "never",
    },
  },
  {
    text: "Access denied",
    advice:
      "When a runtime mounts S3 Files or EFS: its execution role lacks `s3files:ClientMount` or `elasticfilesystem:ClientMount`. A mount that times out lacks NFS (port 2049) in its security groups.",
    source: `${PAGE}#troubleshoot-byo-storage-access-denied`,
    door: {
      answer: answered(403, "AccessDeniedException", "Access denied"),
      code: { sigv4: "AGENT_REFUSED", oauth: "TOKEN_REFUSED" },
      repeat: "never",
    },
  },
  {
    text: "Permission denied",
    advice:
      "In the agent's log, when it writes to a mounted file system: the execution role lacks `ClientWrite`, or the directory belongs to another user. What a door answers depends on what the agent makes of it.",
    source: `${PAGE}#troubleshoot-byo-storage-write-permission-denied`,
  },
  {
    text: "exec /bin/sh: exec format error",
    advice:
      "From `docker build`, or in the agent's log: the image is not for ARM64. A door then answers `AGENT_START_FAILED`.",
    source: `${PAGE}#troubleshoot-runtime-exec-format`,
  },
  {
    text: "403 Forbidden",
    advice: "From `docker build` with images of `public.ecr.aws`: run `docker logout public.ecr.aws`, or log in again.",
    source: `${PAGE}#troubleshoot-runtime-docker-403`,
  },
  {
    text: "Unknown service: 'bedrock-agent-core-runtime'",
    advice: "From a boto3 that is older than 1.39.8. The service's name there is `bedrock-agentcore`.",
    source: `${PAGE}#troubleshoot-runtime-boto3`,
  },
  {
    text: "AccessDeniedException",
    advice:
      "When a runtime is created: whoever deploys lacks `bedrock-agentcore:CreateAgentRuntime`, or AgentCore cannot assume the execution role.",
    source: `${PAGE}#troubleshoot-runtime-access-denied`,
  },
  {
    text: "CREATE_FAILED",
    advice:
      "Of a capacity provider: GetCapacityProvider has the reason in `statusReason`. Doors do not use capacity providers.",
    source: `${PAGE}#troubleshoot-instances-capacity-provider-create-failed`,
  },
  {
    text: "Invalid length for parameter runtimeSessionId, value: 16, valid min length: 33",
    advice: "boto3's words, from a client that calls the runtime itself. At a door the same is `INVALID_SESSION_ID`.",
    source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html",
  },
];
