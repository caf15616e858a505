import { TYPES } from "../../../../local/program/graph";
import type { Cloud } from "./cloud";
import { isAllowed, isDenied, type PolicyRequest } from "./policies";

/** Where a call comes from, and who signed it. */
export interface Caller {
  /** Used by routes that take signatures; the principal's own IAM policies allow everything. */
  readonly principalArn: string;
  readonly address: string;
  /** The VPC endpoint that the call comes through; undefined for the internet. */
  readonly vpcEndpointId?: string;
}

/**
 * Whether a call of `POST /invoke` passes what is served: network, signature and resource policy. Keys and tokens are taken as valid.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html (believed)
 *
 * @throws Error if the API is not served
 */
export function mayCall(cloud: Cloud, apiId: string, { principalArn, address, vpcEndpointId }: Caller): boolean {
  const served = cloud.served(apiId);
  const api = cloud.all(TYPES.restApi).find(({ id }) => id === apiId);
  const method = served?.parts.find(({ type, inputs }) => type === TYPES.method && inputs["httpMethod"] === "POST");
  if (!served || !api || !method) throw new Error(`The API ${apiId} serves no POST.`);
  const { types } = api.inputs["endpointConfiguration"] as { types: string };
  const isPrivate = types === "PRIVATE";
  if (isPrivate !== (vpcEndpointId !== undefined)) return false;

  const isSigned = method.inputs["authorization"] === "AWS_IAM";
  const request: PolicyRequest = {
    principalArn: isSigned ? principalArn : undefined,
    action: "execute-api:Invoke",
    resource: `${String(api.outputs["executionArn"])}/live/POST/invoke`,
    context: {
      // API Gateway has no other way in. https://docs.aws.amazon.com/apigateway/latest/developerguide/data-protection-encryption.html (believed)
      "aws:SecureTransport": "true",
      ...(vpcEndpointId === undefined
        ? { "aws:SourceIp": address }
        : { "aws:VpcSourceIp": address, "aws:SourceVpce": vpcEndpointId }),
    },
  };
  const isOwn = principalArn.split(":")[4] === cloud.place.accountId;
  // A private API without a policy lets nobody in. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html (believed)
  if (!served.policy) return !isPrivate && (!isSigned || isOwn);
  if (isDenied(served.policy, request)) return false;
  return (isSigned && isOwn) || isAllowed(served.policy, request);
}
