import type { DoorPolicy } from "../../contract/runtime/doorPolicy";
import type { ErrorCode } from "../../contract/wire/errors";
import { jwtCaller } from "./caller";
import type { DoorRequest } from "./request";

/** A refused token. `reason` is for the log, and contains nothing of the token. */
export class TokenRefused extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly reason: string,
  ) {
    super();
  }
}

/**
 * Finds the user of a request at a public edge. Without tokens in the policy, and at any other door, a request stays as it is.
 *
 * @throws TokenRefused if the request has no token that opens the door
 */
export type SignIn = (request: DoorRequest) => Promise<DoorRequest>;

/** Creates the search for users, or undefined if callers do not sign in. */
export async function signInOf({ userTokens }: DoorPolicy): Promise<SignIn | undefined> {
  if (!userTokens) return undefined;
  const { tokenJudge } = await import("./userTokens.mjs");
  const judge = tokenJudge(process.env);
  return async (request) => {
    const judged = await judge(request);
    if (!judged) return request;
    if ("code" in judged) throw new TokenRefused(judged.code, judged.reason);
    return { ...request, caller: jwtCaller(judged), isPublic: false };
  };
}
