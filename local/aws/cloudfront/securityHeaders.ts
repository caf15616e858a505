import { TYPES, type Graph } from "../../program/graph";

interface Config {
  readonly strictTransportSecurity?: {
    readonly accessControlMaxAgeSec: number;
    readonly includeSubdomains?: boolean;
    readonly preload?: boolean;
  };
  readonly contentTypeOptions?: object;
  readonly frameOptions?: { readonly frameOption: string };
  readonly referrerPolicy?: { readonly referrerPolicy: string };
  readonly contentSecurityPolicy?: { readonly contentSecurityPolicy: string };
}

/**
 * The headers that a response headers policy adds to every answer.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 *
 * @throws Error if the policy is not in the stack, or has other headers than security headers
 */
export function securityHeaders(graph: Graph, policyId: string | undefined): Record<string, string> {
  if (policyId === undefined) return {};
  const policy = graph.byId(TYPES.responseHeadersPolicy, policyId);
  if (!policy) throw new Error(`The response headers policy ${policyId} is not in the stack.`);
  const { securityHeadersConfig, ...rest } = policy.inputs;
  const strange = ["corsConfig", "customHeadersConfig", "removeHeadersConfig"].find((part) => part in rest);
  if (strange) throw new Error(`${policy.type} "${policy.name}": the local target does not serve \`${strange}\`.`);
  const {
    strictTransportSecurity: hsts,
    contentTypeOptions,
    frameOptions,
    referrerPolicy,
    contentSecurityPolicy,
  } = (securityHeadersConfig ?? {}) as Config;
  return {
    ...(hsts && {
      "Strict-Transport-Security": [
        `max-age=${String(hsts.accessControlMaxAgeSec)}`,
        ...(hsts.includeSubdomains ? ["includeSubDomains"] : []),
        ...(hsts.preload ? ["preload"] : []),
      ].join("; "),
    }),
    ...(contentTypeOptions && { "X-Content-Type-Options": "nosniff" }),
    ...(frameOptions && { "X-Frame-Options": frameOptions.frameOption }),
    ...(referrerPolicy && { "Referrer-Policy": referrerPolicy.referrerPolicy }),
    ...(contentSecurityPolicy && { "Content-Security-Policy": contentSecurityPolicy.contentSecurityPolicy }),
  };
}
