import type { Rule } from "../../model/rule";
import { accessLog } from "./accessLog";
import { accessLogFields } from "./accessLogFields";
import { cache } from "./cache";
import { dataTrace } from "./dataTrace";
import { domainTls } from "./domainTls";
import { executionLog } from "./executionLog";
import { functionTimeout } from "./functionTimeout";
import { integrationTimeout } from "./integrationTimeout";
import { methodSettingsOverride } from "./methodSettingsOverride";
import { stageVariables } from "./stageVariables";
import { streamEndpoint } from "./streamEndpoint";
import { streamFeatures } from "./streamFeatures";
import { streamIntegration } from "./streamIntegration";
import { throttling } from "./throttling";
import { tracing } from "./tracing";

export const STAGE_RULES: readonly Rule[] = [
  accessLog,
  accessLogFields,
  executionLog,
  dataTrace,
  throttling,
  methodSettingsOverride,
  cache,
  tracing,
  domainTls,
  stageVariables,
  streamEndpoint,
  streamIntegration,
  streamFeatures,
  integrationTimeout,
  functionTimeout,
];
