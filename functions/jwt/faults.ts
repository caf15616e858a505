import { errors } from "jose";

/** A token is no proof. API Gateway answers 401 to exactly this message, and 500 to any other. */
export class Unauthorized extends Error {
  constructor(readonly reason: string) {
    super("Unauthorized");
    this.name = "Unauthorized";
  }
}

/** The issuer's keys cannot be had: that is nobody's fault who asks, and no reason to let anybody in. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super("The issuer's keys cannot be had.", { cause });
    this.name = "KeysUnavailable";
  }
}

const TOKEN_FAULTS: ReadonlySet<unknown> = new Set([
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JWTInvalid.code,
  errors.JWTExpired.code,
  errors.JWTClaimValidationFailed.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
]);

/** The library's code where an error is the token's fault; undefined for all else, first of all keys that cannot be had. */
export function tokenFault(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && TOKEN_FAULTS.has(code) ? code : undefined;
}
