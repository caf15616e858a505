import type { Rule } from "../../model/rule";
import { functionAgentRuntime } from "./agentRuntime";
import { functionCodeSource } from "./codeSource";
import { functionEnvironmentHijack } from "./environmentHijack";
import { functionEnvironmentSecrets } from "./environmentSecrets";
import { functionLayers } from "./layers";
import { functionLogFormat } from "./logFormat";
import { functionLogGroup } from "./logGroup";
import { functionLogLevel } from "./logLevel";
import { functionOwnRole } from "./ownRole";
import { functionReservedConcurrency } from "./reservedConcurrency";
import { functionRuntime } from "./runtime";
import { functionTimeout } from "./timeout";
import { functionTracing } from "./tracing";
import { functionVpc } from "./vpc";

export const FUNCTION_RULES: readonly Rule[] = [
  functionRuntime,
  functionReservedConcurrency,
  functionTimeout,
  functionEnvironmentSecrets,
  functionEnvironmentHijack,
  functionAgentRuntime,
  functionCodeSource,
  functionLogLevel,
  functionLogFormat,
  functionTracing,
  functionLayers,
  functionOwnRole,
  functionLogGroup,
  functionVpc,
];
