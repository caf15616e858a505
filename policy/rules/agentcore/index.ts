import type { Rule } from "../../model/rule";
import { codeBucket } from "./codeBucket";
import { gateway } from "./gateway";
import { memoryKey } from "./memoryKey";
import { resourcePolicy } from "./resourcePolicy";
import { runtimeAuthorizer } from "./runtimeAuthorizer";
import { runtimeEnvironment } from "./runtimeEnvironment";
import { runtimeHeaders } from "./runtimeHeaders";
import { runtimeLifecycle } from "./runtimeLifecycle";
import { runtimeNetwork } from "./runtimeNetwork";
import { toolNetwork } from "./toolNetwork";

export const AGENTCORE_RULES: readonly Rule[] = [
  resourcePolicy,
  runtimeNetwork,
  runtimeAuthorizer,
  runtimeHeaders,
  runtimeLifecycle,
  gateway,
  codeBucket,
  runtimeEnvironment,
  memoryKey,
  toolNetwork,
];
