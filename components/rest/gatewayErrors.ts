import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EXPOSED_HEADERS } from "../../contract/wire/cors";
import { gatewayTemplate, GATEWAY_ERRORS, type GatewayError } from "../../contract/wire/gatewayErrors";
import { CACHE_CONTROL } from "../../contract/wire/headers";
import type { Snapshot } from "./snapshot";

/**
 * What API Gateway itself refuses, in the contract's error shape. The defaults would show the caller's ARN and
 * account to whoever is denied. Their headers are fixed texts or an echo of the request, and an echo would let any page in: so only
 * the first origin can read them.
 */
export function gatewayErrors(
  name: string,
  restApi: pulumi.Input<string>,
  corsOrigins: readonly string[],
  snapshot: Snapshot,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const error of GATEWAY_ERRORS) {
    snapshot.add(
      aws.apigateway.Response,
      `${name}-${error.responseType.toLowerCase().replaceAll("_", "-")}`,
      {
        restApiId: restApi,
        responseType: error.responseType,
        responseTemplates: { "application/json": gatewayTemplate(error) },
        ...headerParameters(error, corsOrigins),
      },
      opts,
    );
  }
}

function headerParameters(
  { retryAfterSeconds }: GatewayError,
  [origin]: readonly string[],
): Pick<aws.apigateway.ResponseArgs, "responseParameters"> {
  const headers = {
    "Cache-Control": CACHE_CONTROL,
    ...(retryAfterSeconds !== undefined && { "Retry-After": retryAfterSeconds.toString() }),
    ...(origin !== undefined && {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Expose-Headers": EXPOSED_HEADERS.join(", "),
      Vary: "Origin",
    }),
  };
  return {
    responseParameters: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [`gatewayresponse.header.${name}`, `'${text}'`]),
    ),
  };
}
