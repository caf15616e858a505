import { streamEndpoint } from "../../../policy/rules/stages/streamEndpoint";
import { streamFeatures } from "../../../policy/rules/stages/streamFeatures";
import { streamIntegration } from "../../../policy/rules/stages/streamIntegration";
import { testRule } from "../support/cases";
import { declare, known, text, unknown, type Declared } from "../support/declare";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:fn";
const PATH = "arn:aws:apigateway:us-east-1:lambda:path";
const STREAMING = `${PATH}/2021-11-15/functions/${ARN}/response-streaming-invocations`;
const WHOLE = `${PATH}/2015-03-31/functions/${ARN}/invocations`;

const regional = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const edge = declare("restApi", "api", { endpointConfiguration: { types: "EDGE" } });
const integration = (api: Declared, props: object = {}, name = "integration") =>
  declare("integration", name, {
    restApi: api.out("id"),
    resourceId: api.out("rootResourceId"),
    httpMethod: "POST",
    type: "AWS_PROXY",
    integrationHttpMethod: "POST",
    uri: STREAMING,
    responseTransferMode: "STREAM",
    ...props,
  });
const buffered = { responseTransferMode: "BUFFERED", uri: WHOLE };

/** An API and its integration. */
const onApi = (props: Declared["props"], given: object = {}) => {
  const api = declare("restApi", "api", props);
  return [api, integration(api, given)];
};

const ENDPOINT = [["api", "endpointConfiguration.types"]] as const;

testRule(streamEndpoint, {
  pass: [
    { title: "a regional API", resources: [regional, integration(regional)] },
    {
      title: "a private API",
      resources: onApi({ endpointConfiguration: { types: "PRIVATE" } }),
    },
    { title: "an edge-optimized API with whole answers", resources: [edge, integration(edge, buffered)] },
    {
      title: "an edge-optimized API whose integrations say nothing, so give whole answers",
      resources: [edge, integration(edge, { responseTransferMode: undefined })],
    },
    {
      title: "an edge-optimized API beside a regional one that streams",
      resources: [
        declare("restApi", "edge", { endpointConfiguration: { types: "EDGE" } }),
        regional,
        integration(regional),
      ],
    },
    {
      title: "whole answers of an API that is not in the stack",
      resources: [declare("integration", "integration", { restApi: "abc123", ...buffered })],
    },
  ],
  fail: [
    { title: "an edge-optimized API", resources: [edge, integration(edge)], findings: ENDPOINT },
    {
      title: "an API without an endpoint type, which is edge-optimized",
      resources: onApi({}),
      findings: ENDPOINT,
    },
    {
      title: "an endpoint type in a list, as older providers have it",
      resources: onApi({ endpointConfiguration: { types: ["EDGE"] } }),
      findings: ENDPOINT,
    },
    {
      title: "one stream among whole answers",
      resources: [edge, integration(edge, buffered), integration(edge, {}, "stream")],
      findings: ENDPOINT,
    },
  ],
  unknown: [
    {
      title: "an endpoint type of another stack",
      resources: onApi({ endpointConfiguration: { types: unknown } }),
      findings: ENDPOINT,
    },
    {
      title: "a transfer mode of another stack",
      resources: [edge, integration(edge, { responseTransferMode: unknown })],
      findings: ENDPOINT,
    },
    {
      title: "a stream of an API that is not in the stack",
      resources: [integration(edge, { restApi: "abc123" })],
      findings: [["integration", "restApi"]],
    },
    {
      title: "a stream of an API that is not known",
      resources: [edge, integration(edge, { restApi: unknown })],
      findings: [...ENDPOINT, ["integration", "restApi"]],
    },
  ],
  notApplicable: [{ title: "an API without integrations", resources: [edge] }],
});

const fn = declare("function", "fn", { name: "fn" });
const generated = declare("function", "generated");
const alias = declare("alias", "alias", { name: "live", functionName: generated.out("name") });
const URI = [["integration", "uri"]] as const;
const one = (props: object) => onApi({ endpointConfiguration: { types: "REGIONAL" } }, props);

testRule(streamIntegration, {
  pass: [
    { title: "a function's streaming path", resources: one({}) },
    { title: "an alias's streaming path", resources: one({ uri: STREAMING.replace(":fn/", ":fn:live/") }) },
    {
      title: "a text that is known before the update",
      resources: [
        fn,
        ...one({
          uri: text`${PATH}/2021-11-15/functions/arn:aws:lambda:us-east-1:123456789012:function:${fn.out("name")}/response-streaming-invocations`,
        }),
      ],
    },
    {
      title: "the function's own output",
      resources: [generated, ...one({ uri: generated.out("responseStreamingInvokeArn") })],
    },
    { title: "a whole answer", resources: one(buffered) },
    {
      title: "a whole answer's output",
      resources: [generated, ...one({ ...buffered, uri: generated.out("invokeArn") })],
    },
    {
      title: "an output of an alias that is yet to be made",
      modes: ["preview"],
      resources: [generated, alias, ...one({ ...buffered, uri: alias.out("invokeArn") })],
    },
    {
      title: "a stream of a web server",
      resources: one({ type: "HTTP_PROXY", uri: "https://agent.example.com/", integrationHttpMethod: "ANY" }),
    },
    {
      title: "a preflight",
      resources: one({
        type: "MOCK",
        uri: undefined,
        integrationHttpMethod: undefined,
        responseTransferMode: undefined,
      }),
    },
    {
      title: "a web server whose address is not known",
      resources: one({ type: "HTTP_PROXY", uri: unknown, responseTransferMode: "BUFFERED" }),
    },
  ],
  fail: [
    { title: "a stream of the path for whole answers", resources: one({ uri: WHOLE }), findings: URI },
    {
      title: "a stream of the output for whole answers",
      modes: ["update"],
      resources: [generated, ...one({ uri: generated.out("invokeArn") })],
      findings: URI,
    },
    { title: "a whole answer of the streaming path", resources: one({ ...buffered, uri: STREAMING }), findings: URI },
    {
      title: "a whole answer, as nothing is said, of the streaming path",
      resources: one({ responseTransferMode: undefined }),
      findings: URI,
    },
    {
      title: "half of the streaming path",
      resources: one({ uri: STREAMING.replace("response-streaming-invocations", "invocations") }),
      findings: URI,
    },
    {
      title: "a whole answer of half of the streaming path",
      resources: one({ ...buffered, uri: WHOLE.replace("2015-03-31", "2021-11-15") }),
      findings: URI,
    },
    { title: "a function's ARN", resources: one({ uri: ARN }), findings: URI },
    { title: "no URI", resources: one({ uri: undefined }), findings: URI },
    {
      title: "a stream through a mapped integration",
      resources: one({ type: "AWS" }),
      findings: [["integration", "type"]],
    },
    { title: "a stream of nothing", resources: one({ type: "MOCK" }), findings: [["integration", "type"]] },
    {
      title: "GET, with which no function can be invoked",
      resources: one({ integrationHttpMethod: "GET" }),
      findings: [["integration", "integrationHttpMethod"]],
    },
    {
      title: "no method for the function",
      resources: one({ ...buffered, integrationHttpMethod: undefined }),
      findings: [["integration", "integrationHttpMethod"]],
    },
  ],
  unknown: [
    { title: "a URI of another stack", resources: one({ uri: unknown }), findings: URI },
    { title: "a URI of another stack for whole answers", resources: one({ ...buffered, uri: unknown }), findings: URI },
    {
      title: "outputs of two functions in one text",
      modes: ["preview"],
      resources: [
        generated,
        declare("function", "other"),
        ...one({ uri: text`${generated.out("invokeArn")}${declare("function", "other").out("arn")}` }),
      ],
      findings: URI,
    },
    { title: "a transfer mode of another stack", resources: one({ responseTransferMode: unknown }), findings: URI },
    {
      title: "a type of another stack",
      resources: one({ type: unknown }),
      findings: [["integration", "type"]],
    },
  ],
  notApplicable: [{ title: "an API without integrations", resources: [regional] }],
});

const compressing = (minimumCompressionSize: unknown) => onApi({ minimumCompressionSize });
const path = declare("apiResource", "path", { restApi: regional.out("id"), pathPart: "invoke" });
const response = (props: object = {}) =>
  declare("integrationResponse", "response", {
    restApi: regional.out("id"),
    resourceId: regional.out("rootResourceId"),
    httpMethod: "POST",
    statusCode: "200",
    ...props,
  });
const stage = (props: object = {}) =>
  declare("stage", "stage", { restApi: regional.out("id"), stageName: "live", ...props });
const settings = (given: unknown, methodPath = "*/*") =>
  declare("methodSettings", "settings", {
    restApi: regional.out("id"),
    stageName: "live",
    methodPath,
    settings: given,
  });
const RESPONSE = [["response", "integrationResponse"]] as const;

testRule(streamFeatures, {
  pass: [
    { title: "a stream and nothing else", resources: [...one({}), stage(), settings({})] },
    { title: "no compression", resources: compressing("-1") },
    {
      title: "compression, a cache, and answers that are changed, without a stream",
      resources: [
        ...onApi({ minimumCompressionSize: "0" }, { ...buffered, contentHandling: "CONVERT_TO_TEXT" }),
        response(),
        stage({ cacheClusterEnabled: true }),
      ],
    },
    {
      title: "a preflight beside a stream",
      resources: [
        ...one({}),
        integration(regional, { httpMethod: "OPTIONS", type: "MOCK", responseTransferMode: undefined }, "preflight"),
        response({ httpMethod: "OPTIONS" }),
      ],
    },
    {
      title: "another path's answer beside a stream",
      resources: [
        path,
        ...one({}),
        integration(regional, { ...buffered, resourceId: path.out("id") }, "buffered"),
        response({ resourceId: path.out("id") }),
      ],
    },
    {
      title: "ids as texts, as in an imported stack",
      resources: [
        integration(regional, { restApi: "abc123", resourceId: "r1" }),
        response({ restApi: "abc123", resourceId: "r2" }),
      ],
    },
    {
      title: "paths by ids that were looked up in the API",
      resources: [
        regional,
        integration(regional, { resourceId: known("r1", regional) }),
        response({ resourceId: known("r2", regional) }),
      ],
    },
  ],
  fail: [
    { title: "compression", resources: compressing("1024"), findings: [["api", "minimumCompressionSize"]] },
    { title: "compression of everything", resources: compressing("0"), findings: [["api", "minimumCompressionSize"]] },
    {
      title: "compression as a number, as older providers have it",
      resources: compressing(0),
      findings: [["api", "minimumCompressionSize"]],
    },
    {
      title: "a cache",
      resources: [...one({}), stage({ cacheClusterEnabled: true })],
      findings: [["stage", "cacheClusterEnabled"]],
    },
    {
      title: "a cache of a method",
      resources: [...one({}), stage(), settings({ cachingEnabled: true }, "invoke/POST")],
      findings: [["settings", "settings.cachingEnabled"]],
    },
    {
      title: "a conversion",
      resources: one({ contentHandling: "CONVERT_TO_BINARY" }),
      findings: [["integration", "contentHandling"]],
    },
    {
      title: "a template for the answer",
      resources: [...one({}), response({ responseTemplates: { "application/json": "$input.body" } })],
      findings: RESPONSE,
    },
    {
      title: "a template for the answer of a path",
      resources: [path, ...one({ resourceId: path.out("id") }), response({ resourceId: path.out("id") })],
      findings: RESPONSE,
    },
    {
      title: "ids as texts, as in an imported stack",
      resources: [
        integration(regional, { restApi: "abc123", resourceId: "r1" }),
        response({ restApi: "abc123", resourceId: "r1" }),
      ],
      findings: RESPONSE,
    },
  ],
  unknown: [
    {
      title: "a compression of another stack",
      resources: compressing(unknown),
      findings: [["api", "minimumCompressionSize"]],
    },
    {
      title: "a transfer mode of another stack",
      resources: [...one({ responseTransferMode: unknown }), stage({ cacheClusterEnabled: true })],
      findings: [["stage", "cacheClusterEnabled"]],
    },
    {
      title: "a template for an answer of a method that is not known",
      resources: [...one({}), response({ httpMethod: unknown })],
      findings: RESPONSE,
    },
    {
      title: "a template for an answer of a path that is not known",
      resources: [...one({}), response({ resourceId: unknown })],
      findings: RESPONSE,
    },
    {
      title: "a stream of a path that is not known",
      resources: [...one({ resourceId: unknown }), response()],
      findings: RESPONSE,
    },
  ],
  notApplicable: [
    { title: "an API without integrations", resources: [regional, stage({ cacheClusterEnabled: true })] },
  ],
});
