/** A path of the REST doors and the methods that API Gateway knows there. */
export interface RestPath {
  /** As API Gateway writes it: `/invoke`, `/{proxy+}`, `/`. */
  readonly path: string;
  /** `POST` is checked against the model of `POST /invoke`; `ANY` leaves everything to the function. */
  readonly methods: readonly ("POST" | "ANY")[];
  /** Whether web pages call it, so that preflights must be answered. */
  readonly forPages: boolean;
}

/** What every REST door serves: the validated route, and all else for the function to answer in the contract's own words. */
export const REST_PATHS: readonly RestPath[] = [
  { path: "/invoke", methods: ["POST", "ANY"], forPages: true },
  { path: "/{proxy+}", methods: ["ANY"], forPages: true },
  { path: "/", methods: ["ANY"], forPages: false },
];

/**
 * What a REST door of several agents serves beside. API Gateway does not come back to the root's `{proxy+}` from a path that it has begun to
 * follow, and answers 403 where a resource has no method: so each level takes any method, and `{agent}` has a `{proxy+}` of its own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html
 */
export const AGENT_PATHS: readonly RestPath[] = [
  { path: "/agents", methods: ["ANY"], forPages: false },
  { path: "/agents/{agent}", methods: ["ANY"], forPages: false },
  { path: "/agents/{agent}/invoke", methods: ["POST", "ANY"], forPages: true },
  { path: "/agents/{agent}/{proxy+}", methods: ["ANY"], forPages: true },
];

/** The routes as callers of the config name them: `POST /invoke`. The root has no work to throttle: it answers 404. */
export function restRouteNames(paths: readonly RestPath[]): string[] {
  return paths
    .filter(({ path }) => path !== "/")
    .flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));
}

/**
 * The `methodPath` of a route's settings: the path with each slash as JSON pointers write it, the first included, then the method.
 *
 * The provider sends `/<methodPath>/throttling/rateLimit` and looks for `methodSettings[<methodPath>]` in the answer, both as given, so it has
 * to be the key that API Gateway uses itself. Seen, for one level and for more:
 * - AWS's own examples send `/~1resourceName/GET/...` and are answered `~1resourceName/GET`, `~1resource~1subresource/POST`
 *   https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigateway/update-stage.rst (and get-stage.rst, get-stages.rst)
 * - a nested path works with the provider in this form only
 *   https://github.com/hashicorp/terraform-provider-aws/issues/9738
 * - the provider changes nothing in it
 *   https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/method_settings.go
 *
 * The provider's page trims the first slash (`path1/GET`), and its tests read such a key of one level back. Believed: that is kept as it was
 * sent, and applies to no route; users report settings without effect https://github.com/hashicorp/terraform-provider-aws/issues/41104
 *
 * @param route `POST /invoke`
 */
export function methodPathOf(route: string): string {
  const [method = "", path = ""] = route.split(" ");
  return `${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}`;
}
