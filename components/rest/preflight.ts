import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  CORS_MAX_AGE_SECONDS,
  CORS_METHODS,
  corsRequestHeaders,
  PREFLIGHT_REQUEST,
  preflightTemplate,
} from "../../contract/wire/cors";
import type { Snapshot } from "./snapshot";

export interface Cors {
  /** Exact origins; empty where no page may call. */
  readonly origins: readonly string[];
  /** Client headers that the stack hands on to the agent. */
  readonly mappedHeaders: readonly string[];
}

const STATUS = "204";

/**
 * Answers the preflights of one path: a browser sends them without credentials, so the method is open, and API Gateway answers it by
 * itself. No function runs for somebody who is not known.
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
  const at = { ...path, httpMethod: method.httpMethod };
  const integration = snapshot.add(
    aws.apigateway.Integration,
    `${name}-integration`,
    { ...at, type: "MOCK", requestTemplates: PREFLIGHT_REQUEST },
    opts,
  );
  const response = snapshot.add(
    aws.apigateway.MethodResponse,
    `${name}-response`,
    { ...at, statusCode: STATUS, responseParameters: parameters(() => true) },
    opts,
  );
  snapshot.add(
    aws.apigateway.IntegrationResponse,
    `${name}-integration-response`,
    {
      ...at,
      statusCode: response.statusCode,
      responseParameters: parameters((text) => `'${text}'`),
      responseTemplates: { "application/json": preflightTemplate(origins) },
    },
    { ...opts, dependsOn: integration },
  );
}
