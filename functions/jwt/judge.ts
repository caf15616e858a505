import type { JWTVerifyGetKey } from "jose";
import { TOKEN_HEADER_JWT } from "../../contract/runtime/jwt";
import { TOKEN_HEADER } from "../../contract/wire/headers";
import { jwtCaller } from "../request/caller/caller";
import type { DoorRequest } from "../request/request";
import { routed } from "../request/route";
import type { Prepare } from "../request/caller/prepare";
import { hasScope } from "./claims";
import { KeysUnavailable, Unauthorized } from "./faults";
import { issuerKeys } from "./keys";
import { readJwtSettings } from "./settings";
import { verifyToken } from "./verify";

const HEADER = new RegExp(TOKEN_HEADER_JWT);

/** Issuer and subject of a verified token, or why the request is refused. `reason` is for the log, and contains nothing of the token. */
export type Judged =
  | { readonly iss: string | undefined; readonly sub: string | undefined }
  | { readonly code: "UNAUTHORIZED" | "ACCESS_DENIED" | "AUTHORIZER_FAILURE"; readonly reason: string };

/** The preparation of requests at an edge at which users sign in: a verified caller instead of an anonymous one. */
export function userOf(env: NodeJS.ProcessEnv): Prepare {
  const judge = tokenJudge(env);
  return async (request) => {
    const judged = await judge(request);
    if (!judged || "code" in judged) return judged ?? {};
    return { caller: jwtCaller(judged), isPublic: false };
  };
}

/** Judges the token of a request. Undefined if the request needs none: at another door, and for `/health`, whose answer contains no caller's data. */
export type JudgeToken = (request: Pick<DoorRequest, "header" | "path" | "isPublic">) => Promise<Judged | undefined>;

/**
 * Creates the judge of users' tokens at a public edge. It accepts what the bundled authorizer of the REST doors accepts, and refuses with the codes
 * that API Gateway has there.
 *
 * @throws Error if the environment variable with the settings is missing or malformed
 */
export function tokenJudge(env: NodeJS.ProcessEnv, keys?: JWTVerifyGetKey): JudgeToken {
  const settings = readJwtSettings(env);
  const known = keys ?? issuerKeys(settings);
  return async ({ header: find, path, isPublic }) => {
    if (!isPublic || routed(path).path === "/health") return undefined;
    const header = find(TOKEN_HEADER.toLowerCase());
    if (header === undefined || !HEADER.test(header)) return { code: "UNAUTHORIZED", reason: "syntax" };
    try {
      const claims = await verifyToken(header.replace(/^\S+ +/, ""), settings, known);
      if (!hasScope(claims, settings)) return { code: "ACCESS_DENIED", reason: "scope" };
      return { iss: claims.iss, sub: claims.sub };
    } catch (error) {
      if (error instanceof Unauthorized) return { code: "UNAUTHORIZED", reason: error.reason };
      if (error instanceof KeysUnavailable) return { code: "AUTHORIZER_FAILURE", reason: "keys" };
      throw error;
    }
  };
}
