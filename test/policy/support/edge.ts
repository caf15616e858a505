import { declare, text, type Declared, type Output } from "./declare";

export const fn = declare("function", "fn", { name: "fn", timeout: 300 });
export const url = declare("functionUrl", "url", { functionName: fn.out("name"), authorizationType: "AWS_IAM" });
export const control = declare("originAccessControl", "oac", {
  originAccessControlOriginType: "lambda",
  signingBehavior: "always",
  signingProtocol: "sigv4",
});
export const MANAGED = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  exceptHost: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  securityHeaders: "67f7725c-6f97-4210-82d7-5512b31e9d03",
  cors: "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
} as const;

/** Host of a Function URL that is known already. */
export const KNOWN_HOST = "abcdefghij0123456789abcdefghij01.lambda-url.us-east-1.on.aws";

/** Host of a Function URL of the stack: known in an update. */
export function hostOf(functionUrl: Declared): Output {
  const whole = text`${functionUrl.out("functionUrl")}`;
  return { ...whole, value: (mode) => whole.value(mode)?.replace(/^https:\/\/|\/$/g, "") };
}

const TLS = { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] };

/** An origin of one's own; the stack's Function URL with its access control unless told otherwise. */
export function origin(props: object = {}, custom: object = {}): Record<string, unknown> {
  return {
    originId: "function-url",
    domainName: hostOf(url),
    originAccessControlId: control.out("id"),
    customOriginConfig: { ...TLS, ...custom },
    ...props,
  };
}

/** An origin that is a bucket. */
export function bucket(props: object = {}): Record<string, unknown> {
  return { originId: "bucket", domainName: "site.s3.us-east-1.amazonaws.com", ...props };
}

export function behaviour(props: object = {}): Record<string, unknown> {
  return {
    targetOriginId: "function-url",
    viewerProtocolPolicy: "https-only",
    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: MANAGED.cachingDisabled,
    originRequestPolicyId: MANAGED.exceptHost,
    ...props,
  };
}

/** A distribution in front of a Function URL. */
export function distribution(props: object = {}): Declared {
  return declare("distribution", "edge", {
    enabled: true,
    origins: [origin()],
    defaultCacheBehavior: behaviour(),
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
    ...props,
  });
}

/** A distribution with what its origin is made of. */
export function edge(props: object = {}, ...more: readonly Declared[]): readonly Declared[] {
  return [fn, url, control, distribution(props), ...more];
}

/** A policy of the stack for the default behaviour. */
export function withDefault(props: object, ...more: readonly Declared[]): readonly Declared[] {
  return edge({ defaultCacheBehavior: behaviour(props) }, ...more);
}

/** Statuses that CloudFront keeps unless it is told otherwise. */
export const NEVER_KEPT = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504] as const;
