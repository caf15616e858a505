/** A path of the REST doors with its methods at API Gateway. */
export interface RestPath {
  /** The path in API Gateway's notation: `/invoke`, `/{proxy+}`, `/`. */
  readonly path: string;
  /** API Gateway validates `POST` against the model of `POST /invoke`. With `ANY`, the function validates everything. */
  readonly methods: readonly ("POST" | "ANY")[];
  /** Whether web pages call the path, so that it must answer preflights. */
  readonly forPages: boolean;
}

/**
 * The paths of every REST door: the validated routes, and catch-alls, for which the function answers in the shape of the contract.
 *
 * The paths of named agents are there without agents as well. Pulumi deletes last, so a deployment that is made when the last agent goes would
 * keep their methods, with the authorization of before.
 *
 * If a request matches a resource such as `/agents`, API Gateway does not fall back to `{proxy+}` of the root, and answers 403 if that resource
 * has no method. So each level accepts any method, and `{agent}` has its own `{proxy+}`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html
 */
export const REST_PATHS: readonly RestPath[] = [
  { path: "/invoke", methods: ["POST", "ANY"], forPages: true },
  { path: "/{proxy+}", methods: ["ANY"], forPages: true },
  { path: "/", methods: ["ANY"], forPages: false },
  { path: "/agents", methods: ["ANY"], forPages: false },
  { path: "/agents/{agent}", methods: ["ANY"], forPages: false },
  { path: "/agents/{agent}/invoke", methods: ["POST", "ANY"], forPages: true },
  { path: "/agents/{agent}/{proxy+}", methods: ["ANY"], forPages: true },
];

/** The names of routes in the stack config, such as `POST /invoke`. Without the root: it only answers 404, so it needs no throttle. */
export const REST_ROUTE_NAMES: readonly string[] = REST_PATHS.filter(({ path }) => path !== "/").flatMap(
  ({ path, methods }) => methods.map((method) => `${method} ${path}`),
);

/**
 * The `methodPath` of a route's settings: the path with each slash escaped as in a JSON pointer, including the first, then the method.
 *
 * The provider sends `/<methodPath>/throttling/rateLimit` and looks for `methodSettings[<methodPath>]` in the answer. It does not change the
 * value, so the value must be the key that API Gateway uses. Observed, for one level and for more:
 * - examples of AWS send `/~1resourceName/GET/...`, and the answers have `~1resourceName/GET` and `~1resource~1subresource/POST`
 *   https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigateway/update-stage.rst (and get-stage.rst, get-stages.rst)
 * - with the provider, a nested path works only in this form
 *   https://github.com/hashicorp/terraform-provider-aws/issues/9738
 * - the provider does not change the value
 *   https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/method_settings.go
 *
 * The provider's documentation removes the first slash (`path1/GET`), and its tests read such a key of one level back. Assumed, not observed: API
 * Gateway stores that key, but it applies to no route. Users report settings without effect: https://github.com/hashicorp/terraform-provider-aws/issues/41104
 *
 * @param route method and path, such as `POST /invoke`
 */
export function methodPathOf(route: string): string {
  const [method = "", path = ""] = route.split(" ");
  return `${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}`;
}
