import { keepsOrigins, templatesKeepOrigins } from "../../aws/corsHeaders";
import { writtenResponses } from "../../aws/gatewayResponses";
import { hasPlainTarget, hasStreamShape } from "../../aws/integrations";
import { isGuarded, isRestricted } from "../../aws/methods";
import { openApi, operations, type Operation } from "../../aws/openApi";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { at, entries, is, matches, not, show, UNKNOWN, type Truth } from "../../model/value";

export const openApiBody = defineRule({
  id: "fd-apigateway-open-api-body",
  description:
    "An OpenAPI document in a RestApi's body is JSON that can be read before the update, and its methods keep the same rules as Method and Integration resources.",
  rationale:
    "Methods of a document never appear as resources, so every rule that looks at Methods passes them by. The document is therefore read here: who may call each method, where its integration leads and how it streams, and which origins its responses allow (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).",
  severity: "critical",
  frameworks: { catalogue: ["FD23"] },
  remediationSteps:
    "Declare the API by Resource, Method and Integration, or give body as JSON whose texts are known before the update. In the document, give each operation a security requirement with a scheme that has x-amazon-apigateway-authtype or x-amazon-apigateway-authorizer, lead no integration to http://, and allow only exact origins.",
  unwaivable: true,
  // What the API's policy says may stand in another resource, and the stack form sees it.
  resource: {
    types: [TYPES.restApi],
    check: (api) => findings(api, UNKNOWN).filter(({ status }) => status === "fail"),
  },
  stack: {
    types: [TYPES.restApi],
    check: (graph) => graph.all(TYPES.restApi).flatMap((api) => findings(api, isRestricted(graph, api))),
  },
});

function findings(api: Resource, restricted: Truth): readonly Finding[] {
  const body = api.props["body"];
  if (body === undefined || body === "") return [];
  const document = openApi(body);
  const methods = operations(document);
  const readable = is(document, (known) => typeof known === "object" && known !== null);
  if (readable !== true || methods === UNKNOWN)
    return judge(api, readable, {
      finding: "body",
      seen: readable === UNKNOWN ? "`body` is not known before the update" : "`body` is no JSON",
      wanted: "an OpenAPI document as JSON, or none",
    });
  return [
    ...methods.flatMap((method) => ofOperation(api, method, restricted)),
    ...Object.entries(writtenResponses(api) ?? {}).flatMap(([type, response]) =>
      ofResponse(api, `body.${type}`, response),
    ),
  ];
}

function ofOperation(api: Resource, operation: Operation, restricted: Truth): readonly Finding[] {
  const { path, httpMethod, authorization, apiKeyRequired, integration } = operation;
  const id = `body.${nameOf(path)}.${httpMethod}`;
  const mock = matches(at(integration, "type"), /^mock$/i);
  const responses = entries(at(integration, "responses"));
  return [
    ...judge(api, isGuarded(operation, { mock, restricted }), {
      finding: `${id}.security`,
      seen: `\`${httpMethod} ${path}\` has authorization ${show(authorization)} and API key required ${show(apiKeyRequired)}`,
      wanted: "a security requirement whose scheme says how API Gateway checks it",
    }),
    ...judgeProperty(
      api,
      `${id}.integration.uri`,
      at(integration, "uri"),
      not(hasPlainTarget(integration)),
      "https://",
    ),
    ...judge(api, hasStreamShape(integration), {
      finding: `${id}.integration.responseTransferMode`,
      seen: `\`responseTransferMode\` is ${show(at(integration, "responseTransferMode"))} with \`type\` ${show(at(integration, "type"))} and \`uri\` ${show(at(integration, "uri"))}`,
      wanted:
        "STREAM with a proxy to the function's streaming invocation path by POST, and no such path without STREAM",
    }),
    ...(responses === UNKNOWN ? [] : responses).flatMap(([pattern, response]) =>
      ofResponse(api, `${id}.responses.${nameOf(pattern)}`, response),
    ),
  ];
}

function ofResponse(api: Resource, id: string, response: unknown): readonly Finding[] {
  const parameters = at(response, "responseParameters");
  const templates = at(response, "responseTemplates");
  const wanted = "one exact origin in single quotes";
  return [
    ...judgeProperty(api, `${id}.responseParameters`, parameters, keepsOrigins(parameters), wanted),
    ...judgeProperty(api, `${id}.responseTemplates`, templates, templatesKeepOrigins(templates), wanted),
  ];
}

/** A path as part of a finding's id. */
const nameOf = (path: string): string => path.replace(/[\s"]/g, encodeURIComponent);
