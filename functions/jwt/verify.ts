import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import type { JwtSettings } from "../../contract/runtime/jwt";
import { claimFault } from "./claims";
import { KeysUnavailable, tokenFault, Unauthorized } from "./faults";
import { kindFault } from "./kind";

/** Asymmetric algorithms only. With HS* an attacker could use the public key as the secret, and `none` has no signature. */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
  ...["EdDSA", "Ed25519"],
];

/** Tolerated difference between clocks. */
const LEEWAY_SECONDS = 30;

/**
 * Verifies a token and returns its claims. It does not judge scopes. The authorizer and the public edge share it.
 *
 * @param token three parts in base64url, without a scheme
 * @throws Unauthorized for any token that does not open the door; KeysUnavailable if it cannot be judged
 */
export async function verifyToken(token: string, settings: JwtSettings, keys: JWTVerifyGetKey): Promise<JWTPayload> {
  const { payload: claims, protectedHeader } = await jwtVerify(token, keys, {
    issuer: settings.issuer,
    algorithms: ALGORITHMS,
    clockTolerance: LEEWAY_SECONDS,
    requiredClaims: ["exp"],
  }).catch((cause: unknown) => {
    throw cause instanceof KeysUnavailable ? cause : new Unauthorized(tokenFault(cause));
  });
  const { typ, kid } = protectedHeader;
  const wrong = kindFault({ typ, kid }, claims, settings) ?? claimFault(claims, settings);
  if (wrong !== undefined) throw new Unauthorized(wrong);
  return claims;
}
