import type { JwtSettings } from "../../../contract/runtime/jwt";

/** A token of a provider, as changes of its header and its claims, and the result: let in, denied for its scopes, or refused. */
export interface ProviderToken {
  readonly header?: Readonly<Record<string, unknown>>;
  /** Undefined removes a claim of the provider's usual token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly result: "allow" | "deny" | "refuse";
}

/** What a provider puts into its access token (its ID token, if it has no other), and the settings of docs/auth.md for it. */
export interface Provider {
  readonly settings: JwtSettings;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly tokens: Readonly<Record<string, ProviderToken>>;
}

const allow = { result: "allow" } as const;
const refuse = (claims: object, header?: Readonly<Record<string, unknown>>): ProviderToken => ({
  claims: { ...claims },
  ...(header && { header }),
  result: "refuse",
});
const deny = (claims: object): ProviderToken => ({ claims: { ...claims }, result: "deny" });
const TENANT = "9b2f4a6e-0000-4000-8000-5d1c7e3a9f10";
const APP = "1c7e3a9f-0000-4000-8000-9b2f4a6e5d10";

export const PROVIDERS: Readonly<Record<string, Provider>> = {
  Cognito: {
    settings: {
      issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123",
      audience: ["4client"],
      scopes: ["agent/invoke"],
    },
    claims: { token_use: "access", client_id: "4client", scope: "openid agent/invoke", version: 2, jti: "j" },
    tokens: {
      "an access token": allow,
      "an ID token": refuse({ token_use: "id", aud: "4client", client_id: undefined, at_hash: "h" }),
      "an ID token without hashes": refuse({ token_use: "id", aud: "4client", client_id: undefined }),
      "a token of another client": refuse({ client_id: "other" }),
      "a token of the client with another scope": deny({ scope: "openid profile" }),
    },
  },
  "Entra, version 2": {
    settings: {
      issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      audience: [APP],
      scopes: ["Agent.Invoke"],
      scopeClaims: ["scp", "roles"],
    },
    header: { typ: "JWT" },
    claims: { aud: APP, ver: "2.0", tid: TENANT, azp: "client", scp: "Agent.Invoke User.Read", rh: "r", uti: "u" },
    tokens: {
      "a user's token": allow,
      "an application's token with an app role": { ...allow, claims: { scp: undefined, roles: ["Agent.Invoke"] } },
      "a user's token with an app role and other scopes": { ...allow, claims: { scp: "x", roles: ["Agent.Invoke"] } },
      "an application's token with another role": deny({ scp: undefined, roles: ["Other"] }),
      "an ID token": refuse({ scp: undefined, nonce: "n" }),
      "a token of version 1": refuse({ iss: `https://sts.windows.net/${TENANT}/`, ver: "1.0" }),
      "a token of another tenant": refuse({ iss: "https://login.microsoftonline.com/other/v2.0" }),
      "a proof-of-possession token": refuse({ cnf: { kid: "k" } }, { typ: "pop" }),
    },
  },
  "Entra, version 1": {
    settings: {
      issuer: `https://sts.windows.net/${TENANT}/`,
      audience: [`api://${APP}`],
      scopes: ["Agent.Invoke"],
    },
    header: { typ: "JWT", x5t: "t" },
    claims: { aud: `api://${APP}`, ver: "1.0", appid: "client", scp: "Agent.Invoke" },
    tokens: {
      "a user's token": allow,
      "an app role that is not asked for": deny({ scp: undefined, roles: ["Agent.Invoke"] }),
      "a token for Microsoft Graph": refuse({ aud: "https://graph.microsoft.com" }),
    },
  },
  Okta: {
    settings: {
      issuer: "https://dev-1.okta.com/oauth2/default",
      audience: ["api://default"],
      scopes: ["agent.invoke"],
    },
    claims: { aud: "api://default", ver: 1, cid: "0oa", uid: "00u", scp: ["openid", "agent.invoke"], auth_time: 1 },
    tokens: {
      "an access token": allow,
      "a scope beside an empty text": { ...allow, claims: { scope: "" } },
      "an ID token": refuse({ aud: "0oa", scp: undefined, amr: ["pwd"], at_hash: "h" }),
      "a token of the organization's own server": refuse({ iss: "https://dev-1.okta.com" }),
      "a token bound to a key": refuse({ cnf: { jkt: "t" } }),
      "other scopes": deny({ scp: ["openid"] }),
    },
  },
  Auth0: {
    settings: {
      issuer: "https://tenant.eu.auth0.com/",
      audience: ["https://agent.example.com"],
      scopes: ["invoke:agent"],
      scopeClaims: ["scope", "permissions"],
    },
    header: { typ: "at+jwt" },
    claims: {
      aud: ["https://agent.example.com", "https://tenant.eu.auth0.com/userinfo"],
      azp: "client",
      scope: "openid profile",
      permissions: ["invoke:agent"],
    },
    tokens: {
      "a token of the profile RFC 9068 with a permission": allow,
      "a token of Auth0's own profile with a scope": {
        ...allow,
        header: { typ: "JWT" },
        claims: { permissions: undefined, scope: "invoke:agent" },
      },
      "another permission": deny({ permissions: ["read:agent"] }),
      "an ID token": refuse({ aud: "client", nonce: "n", sid: "s" }, { typ: "JWT" }),
      "a logout token": refuse(
        { events: { "http://schemas.openid.net/event/backchannel-logout": {} } },
        { typ: "logout+jwt" },
      ),
    },
  },
  Keycloak: {
    settings: { issuer: "https://keycloak.example.com/realms/main", audience: ["agent"], scopes: ["agent-invoke"] },
    header: { typ: "JWT" },
    claims: {
      aud: ["agent", "account"],
      typ: "Bearer",
      azp: "app",
      scope: "openid agent-invoke",
      realm_access: { roles: ["user"] },
    },
    tokens: {
      "an access token": allow,
      "a refresh token": refuse({ typ: "Refresh" }),
      "an offline token": refuse({ typ: "Offline" }),
      "an ID token": refuse({ typ: "ID", aud: "agent" }),
      "a logout token": refuse({ typ: "Logout", events: {} }),
      "a logout token by its type alone": refuse({ typ: "Logout" }),
      "a token for DPoP": refuse({ typ: "DPoP", cnf: { jkt: "t" } }),
      "a registration token": refuse({ typ: "RegistrationAccessToken" }),
      "an action token": refuse({ typ: "verify-email" }),
    },
  },
  Google: {
    settings: {
      issuer: "https://accounts.google.com",
      audience: ["1.apps.googleusercontent.com"],
      scopes: [],
      tokens: ["access", "id"],
    },
    header: { typ: "JWT" },
    claims: {
      aud: "1.apps.googleusercontent.com",
      azp: "1.apps.googleusercontent.com",
      at_hash: "h",
      nonce: "n",
      email: "a@b.c",
    },
    tokens: {
      "an ID token": allow,
      "an ID token of an Android client for this one": { ...allow, claims: { azp: "2.apps.googleusercontent.com" } },
      "an ID token of another client": refuse({ aud: "2.apps.googleusercontent.com" }),
      "a security event": refuse({ events: {} }, { typ: "secevent+jwt" }),
    },
  },
  Firebase: {
    settings: {
      issuer: "https://securetoken.google.com/my-project",
      audience: ["my-project"],
      scopes: [],
      tokens: ["access", "id"],
    },
    header: { typ: "JWT" },
    claims: { aud: "my-project", user_id: "ann", auth_time: 1, firebase: { sign_in_provider: "password" } },
    tokens: {
      "an ID token": allow,
      "a session cookie": refuse({ iss: "https://session.firebase.google.com/my-project" }),
      "a token of another project": refuse({ aud: "other", iss: "https://securetoken.google.com/other" }),
    },
  },
  Apple: {
    settings: {
      issuer: "https://appleid.apple.com",
      audience: ["com.example.app"],
      scopes: [],
      tokens: ["access", "id"],
    },
    claims: { aud: "com.example.app", nonce: "n", nonce_supported: true, c_hash: "h", email: "a@b.c" },
    tokens: {
      "an ID token": allow,
      "an ID token of a web service": refuse({ aud: "com.example.web" }),
      "a server-to-server notification": refuse({ events: '{"type":"account-delete"}' }),
    },
  },
};
