import {
  exportSPKI,
  generateKeyPair,
  importJWK,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from "jose";
import type { FrontDoor } from "../../../contract/wire/doors";

/** Tokens of the local issuer, and forged ones. */
export class Tokens {
  constructor(private readonly url: string) {}

  static of({ tokens }: FrontDoor): Tokens {
    if (!tokens) throw new Error("No door takes bearer tokens.");
    return new Tokens(tokens.url);
  }

  /** @param claims override those of a token that the door accepts; null removes one */
  async issued(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const response = await fetch(this.url, { method: "POST", body: JSON.stringify(claims) });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  /** A token with the issuer's claims and `kid`, signed with another key. */
  async otherKey(): Promise<string> {
    const { privateKey } = await generateKeyPair("RS256");
    const { kid = "" } = await this.jwk();
    return await new SignJWT(await this.claims()).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
  }

  /** A token with the issuer's claims, signed with a key that it does not publish. */
  async unknownKey(): Promise<string> {
    const { privateKey } = await generateKeyPair("ES256");
    return await new SignJWT(await this.claims()).setProtectedHeader({ alg: "ES256", kid: "mine" }).sign(privateKey);
  }

  /** A symmetric signature with the public key as the secret. */
  async publicKeyAsSecret(): Promise<string> {
    const jwk = await this.jwk();
    const pem = await exportSPKI((await importJWK(jwk, "RS256", { extractable: true })) as CryptoKey);
    return await new SignJWT(await this.claims())
      .setProtectedHeader({ alg: "HS256", kid: jwk.kid ?? "" })
      .sign(new TextEncoder().encode(pem));
  }

  /** `alg` none, with an empty signature. */
  async unsigned(): Promise<string> {
    return new UnsecuredJWT(await this.claims()).encode();
  }

  /** `alg` none, with a signature that is not one. */
  async unsignedButLong(): Promise<string> {
    return `${await this.unsigned()}c2lnbmF0dXJl`;
  }

  /** A token of the issuer whose claims were changed after signing. */
  async changed(claims: object): Promise<string> {
    const [header = "", payload = "", signature = ""] = (await this.issued()).split(".");
    const own = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...own, ...claims })).toString("base64url");
    return [header, changed, signature].join(".");
  }

  private async claims(): Promise<JWTPayload> {
    const [, payload = ""] = (await this.issued()).split(".");
    return JSON.parse(Buffer.from(payload, "base64url").toString()) as JWTPayload;
  }

  private async jwk(): Promise<JWK> {
    const response = await fetch(new URL("/.well-known/jwks.json", this.url));
    const { keys } = (await response.json()) as { keys: JWK[] };
    const [key] = keys;
    if (!key) throw new Error("The issuer publishes no key.");
    return key;
  }
}
