import { errors } from "jose";

/** The token is invalid. API Gateway answers 401 to exactly this message, and 500 to any other. */
export class Unauthorized extends Error {
  constructor(readonly reason: string) {
    super("Unauthorized");
    this.name = "Unauthorized";
  }
}

/** The issuer's keys are unavailable. This is not the caller's fault, but the request must still be refused: with 500, not 401. */
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

/** The library's error code; `invalid` for any other error, such as a key that does not fit the algorithm. */
export function tokenFault(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && TOKEN_FAULTS.has(code) ? code : "invalid";
}
