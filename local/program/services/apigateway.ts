import { createHash } from "node:crypto";
import { TYPES } from "../graph";
import { autoName, digest, idOnly, type Service } from "./creation";

export const API_GATEWAY: Service = {
  [TYPES.restApi]: (made) => ({
    id: made.suffix,
    name: autoName(made),
    rootResourceId: digest(`root ${made.suffix}`),
    executionArn: `arn:aws:execute-api:${made.region}:${made.accountId}:${made.suffix}`,
    arn: `arn:aws:apigateway:${made.region}::/restapis/${made.suffix}`,
  }),
  [TYPES.stage]: ({ inputs, region, accountId }) => {
    const [api, stage] = [String(inputs["restApi"]), String(inputs["stageName"])];
    return {
      id: `ags-${api}-${stage}`,
      arn: `arn:aws:apigateway:${region}::/restapis/${api}/stages/${stage}`,
      invokeUrl: `https://${api}.execute-api.${region}.amazonaws.com/${stage}`,
      executionArn: `arn:aws:execute-api:${region}:${accountId}:${api}/${stage}`,
    };
  },
  [TYPES.apiKey]: (made) => ({
    id: made.suffix,
    name: autoName(made),
    value: createHash("sha256").update(made.suffix).digest("hex").slice(0, 40),
  }),
  [TYPES.authorizer]: (made) => ({ id: made.suffix, name: autoName(made) }),
  [TYPES.domainName]: ({ inputs, region, accountId, suffix }) => {
    const name = String(inputs["domainName"]);
    return {
      id: name,
      arn: `arn:aws:apigateway:${region}::/domainnames/${name}`,
      domainNameArn: `arn:aws:apigateway:${region}:${accountId}:/domainnames/${name}`,
      regionalDomainName: `d-${suffix}.execute-api.${region}.amazonaws.com`,
      regionalZoneId: "Z1UJRXOUMOOFQ8",
    };
  },
  [TYPES.basePathMapping]: ({ inputs }) => ({
    id: `${String(inputs["domainName"])}/${typeof inputs["basePath"] === "string" ? inputs["basePath"] : ""}`,
  }),
  [TYPES.account]: () => ({ id: "api-gateway-account" }),
  [TYPES.restApiPolicy]: ({ inputs }) => ({ id: String(inputs["restApiId"]) }),
  [TYPES.model]: (made) => ({ id: made.suffix, name: autoName(made) }),
  [TYPES.requestValidator]: (made) => ({ id: made.suffix, name: autoName(made) }),
  [TYPES.usagePlan]: (made) => ({ id: made.suffix, name: autoName(made) }),
  [TYPES.resource]: idOnly,
  [TYPES.method]: idOnly,
  [TYPES.integration]: idOnly,
  [TYPES.integrationResponse]: idOnly,
  [TYPES.methodResponse]: idOnly,
  [TYPES.response]: idOnly,
  [TYPES.deployment]: idOnly,
  [TYPES.methodSettings]: idOnly,
  [TYPES.usagePlanKey]: idOnly,
};
