import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type CryptoKey, type JWK, type JWTPayload } from "jose";
import { discoveryUrl } from "../../../contract/runtime/jwt";
import { close, listen, readBody, sendJson, type Listening } from "../http";

/** Lifetime of a default token, seconds. */
export const TOKEN_LIFE_SECONDS = 12 * 60 * 60;

/** An issuer that the stack trusts. */
export interface IssuerProfile {
  /** `iss` of its tokens. */
  readonly issuer: string;
  /** URL of its keys, if the discovery document does not name it. */
  readonly jwksUri?: string | undefined;
  /** Claims of a token that the door accepts. */
  readonly claims: JWTPayload;
}

const KEYS_PATH = "/.well-known/jwks.json";
const DISCOVERY_PATH = "/.well-known/openid-configuration";
const TOKEN_PATH = "/token";
const CLAIMS_BYTES = 16_384;

/**
 * Replaces an OIDC issuer. It has its own keys, because the real issuer's are unavailable here. It serves its discovery document and keys,
 * and issues a token to any caller: `POST /token` accepts claims as JSON, which override those of a default token; null removes a claim.
 */
export class LocalIssuer {
  private constructor(
    readonly profile: IssuerProfile,
    private readonly privateKey: CryptoKey,
    private readonly publicKey: CryptoKey,
    private readonly jwk: JWK,
    private readonly listening: Listening,
  ) {}

  static async start(profile: IssuerProfile): Promise<LocalIssuer> {
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const jwk = { ...(await exportJWK(publicKey)), kid: randomUUID(), alg: "RS256", use: "sig" };
    const started: { issuer?: LocalIssuer } = {};
    const listening = await listen(async (request, response) => {
      await started.issuer?.serve(request, response);
    });
    return (started.issuer = new LocalIssuer(profile, privateKey, publicKey, jwk, listening));
  }

  /** URL that issues tokens. */
  get tokenUrl(): string {
    return this.listening.origin + TOKEN_PATH;
  }

  /** Maps the URLs of the real issuer to those of this one. */
  get redirects(): Record<string, string> {
    const { origin } = this.listening;
    return {
      [new URL(discoveryUrl(this.profile.issuer)).href]: origin + DISCOVERY_PATH,
      [this.keysUrl]: origin + KEYS_PATH,
    };
  }

  /** @param claims override those of a default token; null removes one */
  async token(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const all: Record<string, unknown> = {
      iss: this.profile.issuer,
      sub: "local",
      iat: now,
      exp: now + TOKEN_LIFE_SECONDS,
      ...this.profile.claims,
      ...claims,
    };
    const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as JWTPayload;
    return await new SignJWT(payload)
      .setProtectedHeader({ alg: "RS256", kid: this.jwk.kid ?? "" })
      .sign(this.privateKey);
  }

  /**
   * Verifies a token of this issuer and returns its claims.
   *
   * @throws JOSEError for any other text
   */
  async verify(token: string): Promise<JWTPayload> {
    const options = { issuer: this.profile.issuer, algorithms: ["RS256"], requiredClaims: ["exp"] };
    return (await jwtVerify(token, this.publicKey, options)).payload;
  }

  async stop(): Promise<void> {
    await close(this.listening);
  }

  private get keysUrl(): string {
    return new URL(this.profile.jwksUri ?? new URL(KEYS_PATH, this.profile.issuer)).href;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = request;
    const { body } = await readBody(request, CLAIMS_BYTES);
    if (method === "GET" && url === DISCOVERY_PATH) {
      sendJson(response, 200, { issuer: this.profile.issuer, jwks_uri: this.keysUrl });
    } else if (method === "GET" && url === KEYS_PATH) {
      sendJson(response, 200, { keys: [this.jwk] });
    } else if (method === "POST" && url === TOKEN_PATH) {
      const claims = readClaims(body);
      if (claims) {
        const token = { access_token: await this.token(claims), token_type: "Bearer", expires_in: TOKEN_LIFE_SECONDS };
        sendJson(response, 200, token);
      } else {
        sendJson(response, 400, { error: "invalid_request", error_description: "The body is not a JSON object." });
      }
    } else {
      sendJson(response, 404, { error: "not_found" });
    }
  }
}

function readClaims(body: Buffer | undefined): Record<string, unknown> | undefined {
  try {
    const claims = JSON.parse(body?.toString() ?? "") as unknown;
    return typeof claims === "object" && claims !== null && !Array.isArray(claims)
      ? (claims as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
