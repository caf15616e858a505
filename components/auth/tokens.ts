import * as pulumi from "@pulumi/pulumi";
import { omitUndefined } from "../shared/omitUndefined";

/** Whose tokens open a door, and which of them. */
export interface TokenArgs {
  /** `https` URL of the OIDC issuer, exactly as in the `iss` claim of its tokens. */
  issuer: pulumi.Input<string>;
  /** A token's `aud` must contain one of these. If a token has no `aud`, its `client_id` must be one of these. */
  audience: pulumi.Input<string>[];
  /**
   * The claims of `scopeClaims` must contain one of these.
   * @default [] - no scope is required
   */
  scopes?: pulumi.Input<string>[];
  /**
   * Claims that contain scopes, roles or permissions: a text with spaces, or a list.
   * @default ["scope", "scp"]
   */
  scopeClaims?: pulumi.Input<string>[];
  /**
   * Kinds of tokens that open the door: `access`, and `id` for issuers that have no access tokens for your API.
   * @default ["access"]
   */
  tokens?: pulumi.Input<string>[];
  /**
   * Ids (`kid`) of keys of the issuer that verify nothing from the update on, whatever its key set says.
   * @default [] - none
   */
  refusedKeys?: pulumi.Input<string>[];
  /**
   * URL of the issuer's key set.
   * @default - `jwks_uri` of the issuer's `/.well-known/openid-configuration`
   */
  jwksUri?: pulumi.Input<string>;
}

/** The settings of the verifier, as JSON for an environment variable. What is not set is left out. */
export function tokenSettings(args: TokenArgs): pulumi.Output<string> {
  const { issuer, audience, scopes = [], scopeClaims, tokens, refusedKeys, jwksUri } = args;
  const settings = { issuer, audience, scopes, ...omitUndefined({ jwksUri, scopeClaims, tokens, refusedKeys }) };
  return pulumi.jsonStringify(settings);
}
