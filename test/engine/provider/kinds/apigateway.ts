import { TYPES } from "../../../../local/program/graph";
import { dnsSuffix, regionOf, text, type Kinds, type Making, type Values } from "../kind";
import { refuseDeployment } from "./deployment";
import { NAME } from "./names";

const apiArn = (making: Making, rest: string) => `arn:${making.partition}:apigateway:${regionOf(making)}::${rest}`;
const executionArn = (making: Making, rest: string) =>
  `arn:${making.partition}:execute-api:${regionOf(making)}:${making.accountId}:${rest}`;
const id = ({ random }: Making) => ({ id: random(6) });
const key = (inputs: Values, ...properties: string[]) => properties.map((each) => text(inputs, each)).join("-");

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
    replaces: ["restApi"],
    make: id,
    unique: ({ inputs }) => key(inputs, "restApi", "parentId", "pathPart"),
  },
  [TYPES.method]: {
    replaces: ["restApi", "resourceId", "httpMethod"],
    make: ({ inputs }) => ({ id: `agm-${key(inputs, "restApi", "resourceId", "httpMethod")}` }),
  },
  [TYPES.methodResponse]: {
    replaces: ["restApi", "resourceId", "httpMethod", "statusCode"],
    make: ({ inputs }) => ({ id: `agmr-${key(inputs, "restApi", "resourceId", "httpMethod", "statusCode")}` }),
  },
  [TYPES.integration]: {
    replaces: ["restApi", "resourceId", "httpMethod", "type", "integrationHttpMethod", "credentials"],
    make: ({ inputs }) => ({ id: `agi-${key(inputs, "restApi", "resourceId", "httpMethod")}` }),
    puts: true,
  },
  [TYPES.integrationResponse]: {
    replaces: ["restApi", "resourceId", "httpMethod", "statusCode"],
    make: ({ inputs }) => ({ id: `agir-${key(inputs, "restApi", "resourceId", "httpMethod", "statusCode")}` }),
    puts: true,
  },
  [TYPES.response]: {
    replaces: ["restApiId", "responseType"],
    make: ({ inputs }) => ({ id: `aggr-${key(inputs, "restApiId", "responseType")}` }),
    puts: true,
  },
  // A change from or to COGNITO_USER_POOLS makes another one: seen in authorizer.go. Their names are unique in an API (believed).
  [TYPES.authorizer]: {
    named: NAME,
    replaces: ["restApi", "type"],
    make: id,
    unique: ({ inputs }) => key(inputs, "restApi", "name"),
  },
  [TYPES.model]: {
    named: NAME,
    replaces: ["restApi", "name", "contentType"],
    make: id,
    unique: ({ inputs }) => key(inputs, "restApi", "name"),
  },
  [TYPES.requestValidator]: { named: NAME, replaces: ["restApi"], make: id },
  // The policy is a property of the API: put, and reset when the resource goes. Nobody feels either before the next deployment.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html (seen)
  [TYPES.restApiPolicy]: {
    replaces: ["restApiId"],
    make: ({ inputs }) => ({ id: text(inputs, "restApiId") }),
    puts: true,
  },
  // A snapshot of what the API has at this moment. `triggers` replaces: seen in deployment.go.
  [TYPES.deployment]: {
    replaces: ["restApi", "triggers", "variables"],
    make: (making) => ({ id: making.random(6), createdDate: new Date().toISOString() }),
    refuse: refuseDeployment,
    keep: ({ id }, account) => {
      const isUsed = account.all(TYPES.stage).some(({ inputs }) => inputs["deployment"] === id);
      if (isUsed && account.behaves("inUse")) {
        throw new Error("BadRequestException: Active stages pointing to this deployment must be moved or deleted");
      }
    },
  },
  [TYPES.stage]: {
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
      const logs = inputs["accessLogSettings"] !== undefined;
      if (logs && account.settings.loggingRole === undefined && account.behaves("loggingRole")) {
        throw new Error(
          "BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging",
        );
      }
    },
  },
  [TYPES.methodSettings]: {
    replaces: ["restApi", "stageName", "methodPath"],
    make: ({ inputs }) => ({ id: key(inputs, "restApi", "stageName", "methodPath") }),
    puts: true,
  },
  [TYPES.account]: {
    make: ({ random }) => ({ id: "api-gateway-account", apiKeyVersion: random(6), features: ["UsagePlans"] }),
    puts: true,
    refuse: ({ inputs }, account) => {
      const role = account.all(TYPES.role).find(({ outputs }) => outputs["arn"] === inputs["cloudwatchRoleArn"]);
      const hasRights = account.all(TYPES.rolePolicy).some((policy) => policy.inputs["role"] === role?.id);
      if (role && !hasRights && account.behaves("loggingRights")) {
        throw new Error("BadRequestException: The role ARN does not have required permissions configured.");
      }
    },
    effect: (op, { inputs }, account) => {
      if (op !== "delete") account.settings.loggingRole = text(inputs, "cloudwatchRoleArn") || undefined;
      else if (account.behaves("accountReset")) account.settings.loggingRole = undefined;
    },
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
    replaces: "all",
    make: ({ inputs, random }) => ({ id: text(inputs, "keyId"), name: random(8) }),
    unique: ({ inputs }) => key(inputs, "usagePlanId", "keyId"),
  },
  [TYPES.domainName]: {
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
    replaces: ["domainName", "domainNameId"],
    make: ({ inputs }) => ({ id: `${text(inputs, "domainName")}/${text(inputs, "basePath")}` }),
  },
};
