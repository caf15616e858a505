import type { Rule } from "../../model/rule";
import { accountLoggingRole } from "./accountLoggingRole";
import { apiKeyValue } from "./apiKeyValue";
import { authorizerCache } from "./authorizerCache";
import { authorizerType } from "./authorizerType";
import { cors } from "./cors";
import { deployment } from "./deployment";
import { gatewayResponses } from "./gatewayResponses";
import { methodApiKey } from "./methodApiKey";
import { methodAuthorization } from "./methodAuthorization";
import { methodAuthorizer } from "./methodAuthorizer";
import { openApiBody } from "./openApiBody";
import { requestValidation } from "./requestValidation";
import { stageWebAcl } from "./stageWebAcl";

export const API_GATEWAY_RULES: readonly Rule[] = [
  methodAuthorization,
  methodAuthorizer,
  methodApiKey,
  authorizerCache,
  authorizerType,
  requestValidation,
  openApiBody,
  deployment,
  gatewayResponses,
  cors,
  apiKeyValue,
  accountLoggingRole,
  stageWebAcl,
];
