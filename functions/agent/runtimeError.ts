/** HTTP status of an AWS service's error. */
export function statusOf(error: Error): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** The agent container's HTTP status, from AgentCore's message. */
export function agentStatusOf({ message }: Error): number | undefined {
  const status = /Received error \(([1-5][0-9]{2})\) from runtime/.exec(message)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** Statuses of an agent after which the same request can succeed: the agent timed out, is busy or is throttled. */
const PASSING = new Set([408, 409, 423, 425, 429]);

/** True if the agent itself answered that something is wrong with the request. */
export function isRejectedByAgent(error: Error): boolean {
  const status = agentStatusOf(error);
  return status !== undefined && status >= 400 && status < 500 && !PASSING.has(status);
}

/** Why AgentCore could not start the agent. The log has only this, never the message. */
export type StartFailure = "initialization_timeout" | "health_check" | "image";

/**
 * AgentCore's messages for a failed start, with or without its advice. A pattern matches the whole message: a longer one can be about an
 * agent that has run.
 * The first message comes with status 424 (https://github.com/aws/bedrock-agentcore-sdk-python/issues/599); its number of seconds differs.
 * The second ends with the address of a page. The third is about an image with many layers.
 */
const START_FAILURES: readonly (readonly [reason: StartFailure, words: RegExp])[] = [
  [
    "initialization_timeout",
    /^Runtime initialization (?:time(?:out)? exceeded|timed out)(?:\.?|\. Please make sure that initialization completes\b[^.\n]*\.?)$/i,
  ],
  [
    "health_check",
    /^(?:Runtime )?health check (?:failed|timed out|failed or timed out)(?:\.?|\. Please make sure that health check is implemented\b[^.\n]*(?:\.\S*)?)$/i,
  ],
  ["image", /^Failed to mount overlay: No such file or directory\.?$/i],
];

/** Why the agent did not start, or undefined for any other error. If the agent did not start, the prompt was not run. */
export function startFailureOf(error: unknown): StartFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  // The troubleshooting page gives 403 for this exception:
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-troubleshooting.html
  if (statusOf(error) !== 424 && error.name !== "RuntimeClientError") return undefined;
  const message = error.message.trim();
  return START_FAILURES.find(([, words]) => words.test(message))?.[0];
}
