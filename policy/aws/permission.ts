import type { Resource } from "../model/graph";
import { and, is, not, type Truth } from "../model/value";

type Permission = Pick<Resource, "props">;

/** Whether a permission grants one of Lambda's actions, by its name or by a wildcard. IAM compares actions without regard to case. */
export function grants({ props }: Permission, action: "InvokeFunction" | "InvokeFunctionUrl"): Truth {
  const name = `lambda:${action}`.toLowerCase();
  return is(props["action"], (known) => {
    const text = String(known).toLowerCase();
    return text.endsWith("*") ? name.startsWith(text.slice(0, -1)) : text === name;
  });
}

const SERVICE = /^[a-z0-9.-]+\.amazon(?:aws)?\.com(?:\.cn)?$/i;
const CLOUDFRONT = /^cloudfront\.amazonaws\.com(?:\.cn)?$/i;
const API_GATEWAY = /^apigateway\.amazonaws\.com(?:\.cn)?$/i;

const principalIs = ({ props }: Permission, pattern: RegExp): Truth =>
  is(props["principal"], (known) => pattern.test(String(known)));

export const isService = (permission: Permission): Truth => principalIs(permission, SERVICE);

export const isCloudFront = (permission: Permission): Truth => principalIs(permission, CLOUDFRONT);

export const isApiGateway = (permission: Permission): Truth => principalIs(permission, API_GATEWAY);

/** A service that is neither CloudFront nor API Gateway. */
export const isOtherService = (permission: Permission): Truth =>
  and(isService(permission), not(isCloudFront(permission)), not(isApiGateway(permission)));
