import type { IncomingMessage, ServerResponse } from "node:http";
import { render } from "velocityjs";
import { TYPES, type Graph } from "../../program/graph";
import { headerPairs } from "../http";
import type { Served } from "../requestLog";
import { fixedHeaders, type GatewayResponses } from "./responses";
import type { Match } from "./routes";

/**
 * A MOCK integration: API Gateway itself answers, with the declared templates.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function answerMock(
  graph: Graph,
  { integration, method }: Match,
  request: IncomingMessage,
  response: ServerResponse,
  responses: GatewayResponses,
): Served {
  const headers = Object.fromEntries(headerPairs(request));
  const overridden: Record<string, string> = {};
  const variables = {
    input: { params: () => ({ header: headers }) },
    context: { responseOverride: { header: overridden } },
  };
  const { requestTemplates = {} } = integration.inputs as { requestTemplates?: Record<string, string> };
  const status = statusOf(render(requestTemplates["application/json"] ?? "", variables));
  const declared = graph
    .where(TYPES.integrationResponse, "resourceId", method.inputs["resourceId"])
    .find(
      ({ inputs }) => inputs["httpMethod"] === method.inputs["httpMethod"] && inputs["statusCode"] === String(status),
    );
  if (!declared) return responses.send(response, "API_CONFIGURATION_ERROR", "the mock has no response of its status");
  const { responseParameters = {}, responseTemplates = {} } = declared.inputs as {
    responseParameters?: Record<string, string>;
    responseTemplates?: Record<string, string>;
  };
  const body = render(responseTemplates["application/json"] ?? "", variables).trim();
  const fixed = fixedHeaders(responseParameters, "method.response.header.");
  response.writeHead(status, { ...fixed, ...overridden }).end(body);
  return { status, note: "mock" };
}

function statusOf(text: string): number {
  try {
    return Number((JSON.parse(text) as { statusCode?: unknown }).statusCode);
  } catch {
    return NaN;
  }
}
