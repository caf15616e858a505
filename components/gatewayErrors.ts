import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { gatewayTemplate, GATEWAY_ERRORS } from "../contract/gatewayErrors";

/**
 * What API Gateway itself refuses, in the contract's error shape. The defaults would show the caller's ARN and
 * account to whoever is denied.
 */
export function gatewayErrors(
  name: string,
  restApi: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.apigateway.Response[] {
  return GATEWAY_ERRORS.map(
    (error) =>
      new aws.apigateway.Response(
        `${name}-${error.responseType.toLowerCase().replaceAll("_", "-")}`,
        {
          restApiId: restApi,
          responseType: error.responseType,
          responseTemplates: { "application/json": gatewayTemplate(error) },
        },
        opts,
      ),
  );
}
