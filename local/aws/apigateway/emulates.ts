import { authorizerFunction, profileOf, standsIn } from "../cognito/issuers";
import { LINES, type Emulates, type Gap } from "../emulation";
import { TYPES, type Resource } from "../../program/graph";
import { identityHeader } from "./authorizer";
import { NETWORK_KEYS } from "./resourcePolicy";

/** Not emulated for custom domains and their DNS records. */
export const DOMAINS = "TLS and DNS of custom domains: only their base paths are served, on 127.0.0.1";
const THROTTLES = "throttles and quotas of stages, methods and usage plans";

/** Authorizers that call something outside the stack. */
const authorizers: Gap = {
  inputs: [],
  says: (resources, { graph }) => [
    ...resources.flatMap((authorizer) => {
      if (profileOf(graph, authorizer) || authorizerFunction(graph, authorizer)) return [];
      const { authorizerUri, identitySource } = authorizer.inputs;
      const arn = /functions\/(.+)\/invocations$/.exec(String(authorizerUri))?.[1] ?? "";
      return [
        `YOUR AUTHORIZER ${arn} IS NOT ASKED: it is not in the stack. Every request with a non-empty \`${identityHeader(identitySource)}\` is let in as "local"`,
      ];
    }),
    ...resources.flatMap((authorizer) => {
      const profile = profileOf(graph, authorizer);
      return profile ? [standsIn(profile.issuer)] : [];
    }),
  ],
};

/** Rare inputs that the double of an authorizer ignores. */
const authorizerOptions: Gap = {
  inputs: [],
  says: (resources) => {
    const some = (fits: (inputs: Resource["inputs"]) => boolean) => resources.some(({ inputs }) => fits(inputs));
    const isPool = ({ type }: Resource["inputs"]) => type === "COGNITO_USER_POOLS";
    return [
      ...(some((inputs) => inputs["type"] === "REQUEST")
        ? ["authorizers of type REQUEST: they are asked as TOKEN"]
        : []),
      ...(some((inputs) => isPool(inputs) && ((inputs["providerArns"] ?? []) as string[]).length > 1)
        ? ["authorizers with several user pools: only the first one's tokens are accepted"]
        : []),
      ...(some((inputs) => isPool(inputs) && inputs["identityValidationExpression"] !== undefined)
        ? ["validation expressions of user pool authorizers"]
        : []),
    ];
  },
};

const ifTrue =
  (input: string, line: string): Gap["says"] =>
  (resources) =>
    resources.some(({ inputs }) => inputs[input] === true) ? [line] : [];

const privateApis: Gap["says"] = (resources) =>
  resources.some(
    ({ inputs }) => (inputs["endpointConfiguration"] as { types?: unknown } | undefined)?.types === "PRIVATE",
  )
    ? ["private APIs: they answer on 127.0.0.1, but AWS accepts requests from their VPC endpoints only"]
    : [];

const places: Gap["says"] = (resources) =>
  resources.some(({ outputs }) => NETWORK_KEYS.some((key) => String(outputs["policy"]).includes(`"${key}"`)))
    ? [
        "resource policies' conditions on addresses and VPC endpoints: callers here are on 127.0.0.1, so only principals and routes are evaluated",
      ]
    : [];

/** How far the doubles of API Gateway emulate its types. */
export const API_GATEWAY: Emulates = {
  [TYPES.authorizer]: {
    enforces: [
      "authorizerResultTtlInSeconds",
      "authorizerUri",
      "identitySource",
      "identityValidationExpression",
      "providerArns",
      "restApi",
      "type",
    ],
    plain: ["name"],
    gaps: [authorizers, authorizerOptions],
  },
  [TYPES.methodSettings]: {
    enforces: [],
    plain: ["restApi", "stageName"],
    gaps: [{ inputs: ["methodPath", "settings"], says: () => [THROTTLES] }],
  },
  [TYPES.usagePlan]: {
    enforces: ["apiStages"],
    plain: ["name", "description"],
    gaps: [{ inputs: ["quotaSettings", "throttleSettings"], says: () => [THROTTLES] }],
  },
  [TYPES.usagePlanKey]: { enforces: ["keyId", "usagePlanId"], plain: ["keyType"] },
  [TYPES.apiKey]: { enforces: ["enabled", "value"], plain: ["name", "description"] },
  [TYPES.account]: { enforces: [], gaps: [{ inputs: ["cloudwatchRoleArn"], says: () => [LINES.logs] }] },
  [TYPES.restApiPolicy]: { enforces: ["policy", "restApiId"], gaps: [{ inputs: [], says: places }] },
  [TYPES.restApi]: {
    enforces: ["disableExecuteApiEndpoint"],
    plain: ["name", "description"],
    gaps: [{ inputs: ["endpointConfiguration"], says: privateApis }],
  },
  [TYPES.domainName]: {
    enforces: [],
    plain: ["domainName"],
    gaps: [
      {
        inputs: [
          "certificateArn",
          "endpointAccessMode",
          "endpointConfiguration",
          "mutualTlsAuthentication",
          "regionalCertificateArn",
          "securityPolicy",
        ],
        says: () => [DOMAINS],
      },
    ],
  },
  [TYPES.basePathMapping]: { enforces: ["basePath", "restApi", "stageName"], plain: ["domainName"] },
  [TYPES.stage]: {
    enforces: ["deployment", "restApi", "stageName"],
    plain: ["description"],
    gaps: [
      { inputs: ["accessLogSettings"], says: () => [LINES.logs] },
      { inputs: ["xrayTracingEnabled"], says: ifTrue("xrayTracingEnabled", LINES.traces) },
    ],
  },
  [TYPES.deployment]: { enforces: ["restApi"], plain: ["description", "triggers"] },
  [TYPES.resource]: { enforces: ["parentId", "pathPart", "restApi"] },
  [TYPES.method]: {
    enforces: [
      "apiKeyRequired",
      "authorization",
      "authorizationScopes",
      "authorizerId",
      "httpMethod",
      "requestModels",
      "requestValidatorId",
      "resourceId",
      "restApi",
    ],
  },
  [TYPES.methodResponse]: {
    enforces: [],
    plain: ["httpMethod", "resourceId", "responseModels", "responseParameters", "restApi", "statusCode"],
  },
  [TYPES.requestValidator]: { enforces: ["validateRequestBody"], plain: ["name", "restApi"] },
  [TYPES.model]: { enforces: ["name", "restApi", "schema"], plain: ["contentType", "description"] },
  [TYPES.integration]: {
    enforces: [
      "httpMethod",
      "requestTemplates",
      "resourceId",
      "responseTransferMode",
      "restApi",
      "timeoutMilliseconds",
      "type",
      "uri",
    ],
    plain: ["integrationHttpMethod"],
  },
  [TYPES.integrationResponse]: {
    enforces: ["httpMethod", "resourceId", "responseParameters", "responseTemplates", "statusCode"],
    plain: ["restApi"],
  },
  [TYPES.response]: {
    enforces: ["responseParameters", "responseTemplates", "responseType", "restApiId", "statusCode"],
  },
};
