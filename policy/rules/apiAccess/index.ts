import type { Rule } from "../../model/rule";
import { defaultEndpoint } from "./defaultEndpoint";
import { endpointType } from "./endpointType";
import { integrationTarget } from "./integrationTarget";
import { privateApi } from "./privateApi";
import { apiResourcePolicy } from "./resourcePolicy";

export const API_ACCESS_RULES: readonly Rule[] = [
  apiResourcePolicy,
  integrationTarget,
  defaultEndpoint,
  endpointType,
  privateApi,
];
