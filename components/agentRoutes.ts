import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A method of the API, to be integrated with the function. */
export interface AgentRoute {
  readonly key: string;
  readonly resourceId: pulumi.Input<string>;
  readonly httpMethod: string;
  /** How the body is validated, where it is. */
  readonly body?: BodyValidation;
}

export interface BodyValidation {
  readonly requestValidatorId: pulumi.Input<string>;
  readonly requestModels: Record<string, pulumi.Input<string>>;
}

interface AgentRoutes {
  readonly routes: readonly AgentRoute[];
  /** Paths that web pages call, by a key for names: their preflights must be answered. */
  readonly forPages: Readonly<Record<string, aws.apigateway.Resource>>;
}

export const NO_AGENT_ROUTES: AgentRoutes = { routes: [], forPages: {} };

/**
 * `/agents/{agent}/invoke`, and all else below `/agents`. API Gateway does not come back to the root's `{proxy+}` from a path that it has
 * begun to follow, and answers 403 where a resource has no method: so each level takes any method, and `{agent}` has a `{proxy+}` of its own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html
 */
export function agentRoutes(
  name: string,
  {
    restApi,
    rootResourceId,
    body,
  }: { restApi: pulumi.Input<string>; rootResourceId: pulumi.Input<string>; body: BodyValidation },
  opts: pulumi.CustomResourceOptions,
): AgentRoutes {
  const resource = (key: string, parentId: pulumi.Input<string>, pathPart: string) =>
    new aws.apigateway.Resource(`${name}-${key}`, { restApi, parentId, pathPart }, opts);
  const agents = resource("agents", rootResourceId, "agents");
  const agent = resource("agent", agents.id, "{agent}");
  const invoke = resource("agent-invoke", agent.id, "invoke");
  const proxy = resource("agent-proxy", agent.id, "{proxy+}");
  return {
    routes: [
      { key: "agents-any", resourceId: agents.id, httpMethod: "ANY" },
      { key: "agent-any", resourceId: agent.id, httpMethod: "ANY" },
      { key: "agent-invoke-post", resourceId: invoke.id, httpMethod: "POST", body },
      { key: "agent-invoke-any", resourceId: invoke.id, httpMethod: "ANY" },
      { key: "agent-proxy-any", resourceId: proxy.id, httpMethod: "ANY" },
    ],
    forPages: { "agent-invoke": invoke, "agent-proxy": proxy },
  };
}
