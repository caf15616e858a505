import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EXPOSED_HEADERS } from "../../../contract/wire/cors";
import { gatewayTemplate, GATEWAY_ERRORS, type GatewayError } from "../../../contract/wire/gatewayErrors";
import { CACHE_CONTROL } from "../../../contract/wire/headers";
import type { Snapshot } from "../snapshot";

/**
 * Creates the gateway responses: errors of API Gateway itself, in the error shape of the contract. The default responses would show a denied
 * caller an ARN and an account id. A header of a gateway response can only be a fixed text or a copy of a request header. A copy of `Origin`
 * would allow every web page, so the fixed text is the first origin, and only its pages can read these errors.
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
