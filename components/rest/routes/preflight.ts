import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  CORS_MAX_AGE_SECONDS,
  CORS_METHODS,
  corsRequestHeaders,
  PREFLIGHT_REQUEST,
  preflightTemplate,
} from "../../../contract/wire/cors";
import type { Snapshot } from "../snapshot";

export interface Cors {
  /** Exact origins. Empty if no web page may call. */
  readonly origins: readonly string[];
  /** Client headers that the door passes on to the agent. */
  readonly mappedHeaders: readonly string[];
}

const STATUS = "204";

/**
 * Creates the OPTIONS method that answers the preflights of one path. A browser sends preflights without credentials, so the method needs no
 * authorization. API Gateway answers it, so no function runs for an unauthenticated request.
 */
export function preflight(
  name: string,
  path: { restApi: pulumi.Input<string>; resourceId: pulumi.Input<string> },
  { origins, mappedHeaders }: Cors,
  snapshot: Snapshot,
  opts: pulumi.CustomResourceOptions,
): void {
  const [first] = origins;
  if (first === undefined) return;
  const headers = {
    "Access-Control-Allow-Origin": first,
    "Access-Control-Allow-Methods": CORS_METHODS.join(", "),
    "Access-Control-Allow-Headers": corsRequestHeaders(mappedHeaders).join(", "),
    "Access-Control-Max-Age": CORS_MAX_AGE_SECONDS.toString(),
    Vary: "Origin",
  };
  const parameters = <T>(value: (text: string) => T) =>
    Object.fromEntries(
      Object.entries(headers).map(([header, text]) => [`method.response.header.${header}`, value(text)]),
    );

  const method = snapshot.add(
    aws.apigateway.Method,
    name,
    { ...path, httpMethod: "OPTIONS", authorization: "NONE" },
    opts,
  );
  const methodKey = { ...path, httpMethod: method.httpMethod };
  const integration = snapshot.add(
    aws.apigateway.Integration,
    `${name}-integration`,
    { ...methodKey, type: "MOCK", requestTemplates: PREFLIGHT_REQUEST },
    opts,
  );
  const response = snapshot.add(
    aws.apigateway.MethodResponse,
    `${name}-response`,
    { ...methodKey, statusCode: STATUS, responseParameters: parameters(() => true) },
    opts,
  );
  snapshot.add(
    aws.apigateway.IntegrationResponse,
    `${name}-integration-response`,
    {
      ...methodKey,
      statusCode: response.statusCode,
      responseParameters: parameters((text) => `'${text}'`),
      responseTemplates: { "application/json": preflightTemplate(origins) },
    },
    { ...opts, dependsOn: integration },
  );
}
