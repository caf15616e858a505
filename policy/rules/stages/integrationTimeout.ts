import { isOfType, isStreamed, timeoutOf } from "../../aws/integrations";
import { BUFFERED_INTEGRATION_SECONDS, RAISED_INTEGRATION_SECONDS, STREAM_INTEGRATION_SECONDS } from "../../aws/limits";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, is, not, or } from "../../model/value";

interface Settings {
  readonly raisedQuotaMilliseconds: number;
}

const BUFFERED_MS = BUFFERED_INTEGRATION_SECONDS * 1000;
const STREAM_MS = STREAM_INTEGRATION_SECONDS * 1000;

export const integrationTimeout = defineRule<Settings>({
  id: "fd-apigateway-integration-timeout",
  description: "An integration's timeout is within AWS's quota, and one that streams sets its own.",
  rationale:
    "A whole answer may take 29 seconds unless the account's quota was raised; a stream may take 15 minutes, but is cut off after 29 seconds where nothing is set (https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD21"] },
  remediationSteps:
    "Set timeoutMilliseconds on the Integration: with STREAM up to 900000, else up to 29000. For longer whole answers, raise the quota L-E5AE38E3 and set raisedQuotaMilliseconds to what was granted.",
  settings: {
    raisedQuotaMilliseconds: {
      type: "integer",
      minimum: BUFFERED_MS,
      maximum: RAISED_INTEGRATION_SECONDS * 1000,
      default: BUFFERED_MS,
      description: "The account's quota for whole answers of REST APIs (L-E5AE38E3), milliseconds.",
    },
  },
  resource: { types: [TYPES.integration], check },
});

function check(integration: Resource, { raisedQuotaMilliseconds }: Settings) {
  const streamed = isStreamed(integration);
  const { value, isDefault } = timeoutOf(integration);
  const upTo = (max: number) => is(value, (known) => typeof known === "number" && known <= max);
  return judgeProperty(
    integration,
    "timeoutMilliseconds",
    isDefault === true ? undefined : value,
    or(
      isOfType(integration, "MOCK"),
      and(streamed, not(isDefault), upTo(STREAM_MS)),
      and(not(streamed), upTo(raisedQuotaMilliseconds)),
    ),
    `with STREAM a value up to ${String(STREAM_MS)}, else one up to ${String(raisedQuotaMilliseconds)}`,
  );
}
