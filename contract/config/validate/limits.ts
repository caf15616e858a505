import { LAMBDA_MEMORY_MB, LOG_RETENTION_DAYS, RAISED_INTEGRATION_SECONDS } from "../../aws/limits";
import type { Settings } from "../settings";
import { MAX_BUFFERED_SECONDS, MAX_STREAMING_SECONDS, MIN_DURATION_SECONDS } from "../../aws/timeouts";
import { validateInteger, formatValue } from "./shape";

/** Validates numbers against the limits of AWS. Each error names the source of the limit. */
export function* validateLimits(settings: Settings): Generator<string> {
  yield* validateInteger(
    "maxDurationSeconds",
    settings.maxDurationSeconds,
    MIN_DURATION_SECONDS,
    MAX_STREAMING_SECONDS,
    "the longest that Lambda runs",
  );
  const { bufferedQuotaSeconds: quota } = settings;
  yield* validateInteger(
    "bufferedQuotaSeconds",
    quota,
    MAX_BUFFERED_SECONDS,
    RAISED_INTEGRATION_SECONDS,
    "API Gateway's default, and what its quota L-E5AE38E3 can be raised to",
  );
  yield* validateInteger(
    "bufferedMaxDurationSeconds",
    settings.bufferedMaxDurationSeconds,
    MIN_DURATION_SECONDS,
    Number.isInteger(quota) ? Math.max(quota, MAX_BUFFERED_SECONDS) : MAX_BUFFERED_SECONDS,
    "the longest that API Gateway waits for a whole answer, its quota L-E5AE38E3; a longer one needs a streaming door, or the raised quota in `bufferedQuotaSeconds`",
  );
  yield* validateInteger(
    "memorySizeMb",
    settings.memorySizeMb,
    LAMBDA_MEMORY_MB.min,
    LAMBDA_MEMORY_MB.max,
    "what a Lambda function can have",
  );
  yield* validateInteger(
    "throttleRateLimit",
    settings.throttleRateLimit,
    1,
    10_000,
    "the account's default rate of API Gateway",
  );
  yield* validateInteger(
    "throttleBurstLimit",
    settings.throttleBurstLimit,
    1,
    5_000,
    "the account's default burst of API Gateway",
  );
  yield* validateInteger(
    "rateLimitPerFiveMinutes",
    settings.rateLimitPerFiveMinutes,
    10,
    2_000_000_000,
    "what a WAF rate rule accepts",
  );
  if (!LOG_RETENTION_DAYS.includes(settings.logRetentionInDays)) {
    yield `\`logRetentionInDays\` is ${formatValue(settings.logRetentionInDays)}. Use one of ${LOG_RETENTION_DAYS.join(", ")} (the days that CloudWatch Logs accepts).`;
  }
}
