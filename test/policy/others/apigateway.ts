import { declare, type Declared } from "../support/declare";
import { catches, misses, refuses, type OtherCase, type RightCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const api = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const apiWith = (props: Props) => declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" }, ...props });
const apiOfType = (types: string) => [apiWith({ endpointConfiguration: { types } })];
const theStage = declare("stage", "stage", { restApi: api.out("id"), stageName: "prod" });
const stage = (props: Props = {}) => [api, declare("stage", "stage", { ...theStage.props, ...props })];
const settings = (props: Props, methodPath = "*/*") => [
  api,
  theStage,
  declare("methodSettings", "settings", {
    restApi: api.out("id"),
    stageName: theStage.out("stageName"),
    methodPath,
    settings: props,
  }),
];
const path = declare("apiResource", "path", { restApi: api.out("id"), pathPart: "invoke" });
const method = (props: Props, of: Declared = api) =>
  declare("method", "method", { restApi: of.out("id"), resourceId: path.out("id"), authorization: "NONE", ...props });
const association = (resourceArn: unknown, webAclArn: unknown) =>
  declare("webAclAssociation", "association", { resourceArn, webAclArn });
const acl = declare("webAcl", "acl", { scope: "REGIONAL", rules: [{ name: "rate" }] });
const emptyAcl = declare("webAcl", "acl", { scope: "REGIONAL", rules: [] });
const classicAcl = declare("aws:wafregional/webAcl:WebAcl", "acl", { defaultAction: { type: "ALLOW" } });
const logGroup = "arn:aws:logs:us-east-1:123456789012:log-group:api";
const httpApi = declare("aws:apigatewayv2/api:Api", "http", { protocolType: "HTTP" });
const v2 = (type: "route:Route" | "stage:Stage", props: Props) => [
  httpApi,
  declare(`aws:apigatewayv2/${type}`, "part", { apiId: httpApi.out("id"), ...props }),
];
const OPEN_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Principal: "*", Resource: "execute-api:/*" }],
});
const openApi = apiWith({ policy: OPEN_POLICY });

const LOG = "fd-apigateway-access-log";
const AUTH = "fd-apigateway-method-authorization";
const ACL = "fd-apigateway-stage-web-acl";
const ENDPOINT = "fd-apigateway-endpoint-type";
const THROTTLING = "fd-apigateway-throttling";
const VALIDATION = "fd-apigateway-request-validation";
const INGRESS = "fd-stack-ingress";

export const API_GATEWAY_CASES: readonly OtherCase[] = [
  ...catches(
    "cdk-nag",
    "APIGWAccessLogging",
    ["Noncompliance 1", LOG, stage()],
    ["Noncompliance 2", INGRESS, v2("stage:Stage", { name: "$default", autoDeploy: true })],
    ["Noncompliance: CfnStage undefined settings", LOG, stage({ accessLogSettings: { destinationArn: logGroup } })],
  ),
  ...catches(
    "cdk-nag",
    "APIGWAssociatedWithWAF",
    ["Noncompliance 1", ACL, stage()],
    ["Noncompliance 2", ACL, [...stage(), acl, association(api.out("id"), acl.out("arn"))]],
    [
      "Noncompliance 3",
      ACL,
      [...stage(), acl, association("arn:aws:apigateway:us-east-1::/restapis/other/stages/foo/baz", acl.out("arn"))],
    ],
  ),
  ...catches(
    "cdk-nag",
    "APIGWAuthorization",
    ["Noncompliance 1", AUTH, [api, path, method({ httpMethod: "ANY" })]],
    ["Noncompliance 2", INGRESS, v2("route:Route", { routeKey: "ANY /bar", authorizationType: "NONE" })],
  ),
  ...catches(
    "cdk-nag",
    "APIGWRequestValidation",
    [
      "Noncompliance 1",
      VALIDATION,
      [api, path, method({ httpMethod: "ANY", authorization: "AWS_IAM" })],
      { [VALIDATION]: { methods: ["ANY"] } },
    ],
    [
      "Noncompliance 2",
      VALIDATION,
      [
        api,
        path,
        method({ httpMethod: "POST", authorization: "AWS_IAM" }),
        declare("requestValidator", "validator", { restApi: "foo", validateRequestBody: true }),
      ],
    ],
  ),
  ...catches(
    "cdk-nag",
    "APIGWDefaultThrottling",
    ["Noncompliance 1: REST API without throttling", THROTTLING, stage()],
    ["Noncompliance 2: HTTP API without throttling", INGRESS, v2("stage:Stage", { name: "prod" })],
    ["Noncompliance 3: REST API with incomplete throttling", THROTTLING, settings({ throttlingRateLimit: 100 })],
  ),
  ...catches("checkov", "CKV_AWS_59", ["test_failure", AUTH, [api, path, method({ httpMethod: "GET" })]]),
  ...catches(
    "checkov",
    "CKV2_AWS_70",
    [
      "APIGatewayMethodWOAuth: fail1",
      AUTH,
      [
        api,
        path,
        method({ httpMethod: "OPTIONS", apiKeyRequired: false }),
        declare("restApiPolicy", "policy", { restApiId: api.out("id"), policy: OPEN_POLICY }),
      ],
    ],
    [
      "APIGatewayMethodWOAuth: fail2",
      AUTH,
      [openApi, path, method({ httpMethod: "OPTIONS", apiKeyRequired: false }, openApi)],
    ],
  ),
  ...misses("checkov", "CKV2_AWS_70", [
    "GET without authorization",
    "looks at OPTIONS alone: every other method passes",
    AUTH,
    [openApi, path, method({ httpMethod: "GET", apiKeyRequired: false }, openApi)],
  ]),
  ...catches("checkov", "CKV2_AWS_29", ["APIProtectedByWAF: no_assoc", ACL, stage()]),
  ...misses(
    "checkov",
    "CKV2_AWS_29",
    [
      "APIProtectedByWAF: wafv2_regional, with an ACL that has no rules",
      "does not look into the ACL",
      ACL,
      [...stage(), emptyAcl, association(theStage.out("arn"), emptyAcl.out("arn"))],
    ],
    [
      "APIProtectedByWAF: regional",
      "passes WAF Classic, which AWS has retired",
      `${ACL} fd-waf-classic`,
      [
        ...stage(),
        classicAcl,
        declare("aws:wafregional/webAclAssociation:WebAclAssociation", "association", {
          resourceArn: theStage.out("arn"),
          webAclId: classicAcl.out("id"),
        }),
      ],
    ],
  ),
  ...catches("checkov", "CKV_AWS_309", [
    "APIGatewayV2RouteDefinesAuthorizationType: fail2",
    INGRESS,
    v2("route:Route", { routeKey: "$default", authorizationType: "NONE" }),
  ]),
  ...catches("trivy", "AWS-0004", [
    "test_deny_get_method_without_auth",
    AUTH,
    [api, path, method({ httpMethod: "GET" })],
  ]),
  ...catches("cfn-guard", "API_GW_METHOD_AUTHORIZATION_TYPE_RULE", [
    "NONE and HttpMethod is POST",
    "fd-apigateway-method-api-key",
    [api, path, method({ httpMethod: "POST", apiKeyRequired: true })],
    { "fd-apigateway-method-api-key": { keyAlone: false } },
  ]),
  ...catches("prowler", "apigateway_restapi_authorizers_enabled", [
    "test_apigateway_one_rest_api_without_api_or_methods_authorizer",
    AUTH,
    [api, path, method({ httpMethod: "GET" })],
  ]),
  ...catches("prowler", "apigateway_restapi_public", [
    "test_apigateway_one_public_rest_api",
    ENDPOINT,
    apiOfType("EDGE"),
  ]),
  ...catches("prowler", "apigateway_restapi_waf_acl_attached", [
    "test_apigateway_one_rest_api_without_waf",
    ACL,
    stage(),
  ]),
  ...misses("Pulumi", "apigateway-endpoint-type (awsguard)", [
    "an edge-optimized API",
    "allows EDGE alone, where a stream may idle for 30 seconds only",
    ENDPOINT,
    apiOfType("EDGE"),
  ]),
];

const options = method({ httpMethod: "OPTIONS" });

export const API_GATEWAY_RIGHT: readonly RightCase[] = [
  ...refuses("trivy", "AWS-0004", [
    "a CORS preflight of a MOCK integration",
    "excepts `OPTION`, a method that does not exist",
    AUTH,
    [
      api,
      path,
      options,
      declare("integration", "integration", {
        restApi: api.out("id"),
        resourceId: path.out("id"),
        httpMethod: options.out("httpMethod"),
        type: "MOCK",
      }),
    ],
  ]),
  ...refuses("Pulumi", "apigateway-endpoint-type (awsguard)", [
    "a regional API",
    "streams may idle for five minutes there",
    ENDPOINT,
    apiOfType("REGIONAL"),
  ]),
];
