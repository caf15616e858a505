import { TYPES } from "../../../../local/program/graph";
import { dnsSuffix, regionOf, text, type Account, type Kinds, type Making, type Thing, type Values } from "../kind";
import { NAME } from "./names";

const apiArn = (making: Making, rest: string) => `arn:${making.partition}:apigateway:${regionOf(making)}::${rest}`;
const executionArn = (making: Making, rest: string) =>
  `arn:${making.partition}:execute-api:${regionOf(making)}:${making.accountId}:${rest}`;
const id = ({ random }: Making) => ({ id: random(6) });
const key = (inputs: Values, ...properties: string[]) => properties.map((each) => text(inputs, each)).join("-");

/** What a deployment holds of an API, beside its resource policy. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html (believed) */
const DEPLOYED = [
  TYPES.resource,
  TYPES.method,
  TYPES.methodResponse,
  TYPES.integration,
  TYPES.integrationResponse,
  TYPES.response,
  TYPES.authorizer,
  TYPES.model,
  TYPES.requestValidator,
] as const;

// Which properties replace: terraform-provider-aws, internal/service/apigateway/*.go (deployment.go seen, the others believed).
export const API_GATEWAY: Kinds = {
  [TYPES.restApi]: {
    named: NAME,
    // Seen: terraform-provider-aws, internal/service/apigateway/rest_api.go, `Optional` and `Computed`.
    stays: ["disableExecuteApiEndpoint"],
    // AWS lets many APIs have one name. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html (believed)
    make: (making) => {
      const api = making.random(10);
      return {
        id: api,
        rootResourceId: making.random(10),
        executionArn: executionArn(making, api),
        arn: apiArn(making, `/restapis/${api}`),
        createdDate: new Date().toISOString(),
      };
    },
  },
  [TYPES.resource]: {
    required: ["restApi", "parentId", "pathPart"],
    replaces: ["restApi"],
    make: id,
    unique: ({ inputs }) => key(inputs, "restApi", "parentId", "pathPart"),
  },
  [TYPES.method]: {
    required: ["restApi", "resourceId", "httpMethod", "authorization"],
    replaces: ["restApi", "resourceId", "httpMethod"],
    make: ({ inputs }) => ({ id: `agm-${key(inputs, "restApi", "resourceId", "httpMethod")}` }),
  },
  [TYPES.methodResponse]: {
    required: ["restApi", "resourceId", "httpMethod", "statusCode"],
    replaces: ["restApi", "resourceId", "httpMethod", "statusCode"],
    make: ({ inputs }) => ({ id: `agmr-${key(inputs, "restApi", "resourceId", "httpMethod", "statusCode")}` }),
  },
  [TYPES.integration]: {
    required: ["restApi", "resourceId", "httpMethod", "type"],
    replaces: ["restApi", "resourceId", "httpMethod", "type", "integrationHttpMethod", "credentials"],
    make: ({ inputs }) => ({ id: `agi-${key(inputs, "restApi", "resourceId", "httpMethod")}` }),
    puts: true,
  },
  [TYPES.integrationResponse]: {
    required: ["restApi", "resourceId", "httpMethod", "statusCode"],
    replaces: ["restApi", "resourceId", "httpMethod", "statusCode"],
    make: ({ inputs }) => ({ id: `agir-${key(inputs, "restApi", "resourceId", "httpMethod", "statusCode")}` }),
    puts: true,
  },
  [TYPES.response]: {
    required: ["restApiId", "responseType"],
    replaces: ["restApiId", "responseType"],
    make: ({ inputs }) => ({ id: `aggr-${key(inputs, "restApiId", "responseType")}` }),
    puts: true,
  },
  // A change from or to COGNITO_USER_POOLS makes another one: seen in authorizer.go. Their names are unique in an API (believed).
  [TYPES.authorizer]: {
    named: NAME,
    required: ["restApi"],
    replaces: ["restApi", "type"],
    make: id,
    unique: ({ inputs }) => key(inputs, "restApi", "name"),
  },
  [TYPES.model]: {
    named: NAME,
    required: ["restApi", "contentType"],
    replaces: ["restApi", "name", "contentType"],
    make: id,
    unique: ({ inputs }) => key(inputs, "restApi", "name"),
  },
  [TYPES.requestValidator]: { named: NAME, required: ["restApi"], replaces: ["restApi"], make: id },
  // The policy is a property of the API: put, and reset when the resource goes. Nobody feels either before the next deployment.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html (seen)
  [TYPES.restApiPolicy]: {
    required: ["restApiId", "policy"],
    replaces: ["restApiId"],
    make: ({ inputs }) => ({ id: text(inputs, "restApiId") }),
    puts: true,
  },
  // A snapshot of what the API has at this moment. `triggers` replaces: seen in deployment.go.
  [TYPES.deployment]: {
    required: ["restApi"],
    replaces: ["restApi", "triggers", "variables"],
    make: (making) => ({ id: making.random(6), createdDate: new Date().toISOString() }),
    refuse: ({ inputs }, account) => {
      const methods = ofApi(account, TYPES.method, text(inputs, "restApi"));
      if (methods.length === 0) throw new Error("BadRequestException: The REST API doesn't contain any methods");
      const served = (method: Thing) => key(method.inputs, "resourceId", "httpMethod");
      const integrated = new Set(ofApi(account, TYPES.integration, text(inputs, "restApi")).map(served));
      const open = methods.find((method) => !integrated.has(served(method)));
      if (open) throw new Error("BadRequestException: No integration defined for method");
      refuseWithoutPolicy(text(inputs, "restApi"), account);
    },
    snapshot: ({ inputs }, account) => {
      const api = text(inputs, "restApi");
      return {
        policy: account.all(TYPES.restApiPolicy).find((each) => each.id === api)?.inputs["policy"],
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html (seen: "you must deploy your API")
        executeApi:
          account.all(TYPES.restApi).find((each) => each.id === api)?.outputs["disableExecuteApiEndpoint"] !== true,
        parts: DEPLOYED.flatMap((type) => ofApi(account, type, api)),
      };
    },
    keep: (thing, account) => {
      if (account.all(TYPES.stage).some(({ inputs }) => inputs["deployment"] === thing.id)) {
        throw new Error("BadRequestException: Active stages pointing to this deployment must be moved or deleted");
      }
    },
  },
  [TYPES.stage]: {
    required: ["restApi", "deployment", "stageName"],
    replaces: ["restApi", "stageName"],
    make: (making) => {
      const [api, stage] = [text(making.inputs, "restApi"), text(making.inputs, "stageName")];
      return {
        id: `ags-${api}-${stage}`,
        arn: apiArn(making, `/restapis/${api}/stages/${stage}`),
        executionArn: executionArn(making, `${api}/${stage}`),
        invokeUrl: `https://${api}.execute-api.${regionOf(making)}.${dnsSuffix(making.partition)}/${stage}`,
      };
    },
    refuse: ({ inputs }, account) => {
      if (!account.all(TYPES.deployment).some((each) => each.id === inputs["deployment"])) {
        throw new Error("BadRequestException: Deployment id does not exist");
      }
    },
  },
  [TYPES.methodSettings]: {
    required: ["restApi", "stageName", "methodPath", "settings"],
    replaces: ["restApi", "stageName", "methodPath"],
    make: ({ inputs }) => ({ id: key(inputs, "restApi", "stageName", "methodPath") }),
    puts: true,
  },
  [TYPES.account]: {
    make: ({ random }) => ({ id: "api-gateway-account", apiKeyVersion: random(6), features: ["UsagePlans"] }),
    puts: true,
  },
  [TYPES.apiKey]: {
    named: NAME,
    replaces: ["value"],
    make: (making) => ({
      ...id(making),
      value: making.random(40),
      arn: apiArn(making, `/apikeys/${making.random(10)}`),
    }),
  },
  [TYPES.usagePlan]: { named: NAME, make: id },
  [TYPES.usagePlanKey]: {
    required: ["keyId", "keyType", "usagePlanId"],
    replaces: "all",
    make: ({ inputs, random }) => ({ id: text(inputs, "keyId"), name: random(8) }),
    unique: ({ inputs }) => key(inputs, "usagePlanId", "keyId"),
  },
  [TYPES.domainName]: {
    required: ["domainName"],
    replaces: ["domainName"],
    make: (making) => {
      const name = text(making.inputs, "domainName");
      return {
        id: name,
        arn: apiArn(making, `/domainnames/${name}`),
        domainNameArn: `arn:${making.partition}:apigateway:${regionOf(making)}:${making.accountId}:/domainnames/${name}`,
        regionalDomainName: `d-${making.random(10)}.execute-api.${regionOf(making)}.${dnsSuffix(making.partition)}`,
        regionalZoneId: "Z1UJRXOUMOOFQ8",
      };
    },
  },
  [TYPES.basePathMapping]: {
    required: ["restApi", "domainName"],
    replaces: ["domainName", "domainNameId"],
    make: ({ inputs }) => ({ id: `${text(inputs, "domainName")}/${text(inputs, "basePath")}` }),
  },
};

/** A private API cannot be deployed without a policy. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html (seen) */
function refuseWithoutPolicy(id: string, account: Account): void {
  const endpoint = account.all(TYPES.restApi).find((api) => api.id === id)?.inputs["endpointConfiguration"];
  const isPrivate = (endpoint as { types?: string } | undefined)?.types === "PRIVATE";
  if (isPrivate && !account.all(TYPES.restApiPolicy).some((policy) => policy.id === id)) {
    throw new Error("BadRequestException: Private REST API doesn't have a resource policy attached to it");
  }
}

function ofApi(account: Account, type: string, api: string): readonly Thing[] {
  return account.all(type).filter(({ inputs }) => (inputs["restApi"] ?? inputs["restApiId"]) === api);
}
