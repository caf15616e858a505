import { userPoolIssuer } from "../../../contract/config/keys/auth";
import { ENVIRONMENT } from "../../../contract/runtime/environment";
import type { JwtSettings } from "../../../contract/runtime/jwt";
import { TYPES, type Graph, type Resource } from "../../program/graph";
import { LocalIssuer, type IssuerProfile } from "./issuer";

/** The issuers that the stack's authorizers trust, each replaced by a local one. */
export class Issuers {
  private constructor(
    private readonly graph: Graph,
    private readonly byName: ReadonlyMap<string, LocalIssuer>,
  ) {}

  static async start(graph: Graph): Promise<Issuers> {
    const profiles = new Map<string, IssuerProfile>();
    for (const authorizer of graph.all(TYPES.authorizer)) {
      const profile = profileOf(graph, authorizer);
      if (profile) profiles.set(profile.issuer, profile);
    }
    for (const url of graph.all(TYPES.functionUrl)) {
      const fn = urlFunction(graph, url);
      const profile = fn && functionProfile(fn);
      // A pool that REST doors trust as well: its token fits both.
      const claims = { ...profiles.get(profile?.issuer ?? "")?.claims, ...profile?.claims };
      if (profile) profiles.set(profile.issuer, { ...profile, claims });
    }
    const started = [...profiles].map(async ([name, profile]) => [name, await LocalIssuer.start(profile)] as const);
    return new Issuers(graph, new Map(await Promise.all(started)));
  }

  get all(): readonly LocalIssuer[] {
    return [...this.byName.values()];
  }

  /** The issuer that an authorizer trusts; undefined if a function of the user decides. */
  of(authorizer: Resource): LocalIssuer | undefined {
    return this.byName.get(profileOf(this.graph, authorizer)?.issuer ?? "");
  }

  /** The issuer whose tokens the function of a Function URL verifies; undefined if it verifies none. */
  ofUrl(url: Resource): LocalIssuer | undefined {
    return this.byName.get(urlIssuer(this.graph, url) ?? "");
  }

  /** Maps the URLs that a function fetches from the real issuers to local ones. */
  redirectsOf(fn: Resource): Record<string, string> {
    return this.byName.get(jwtSettings(fn)?.issuer ?? "")?.redirects ?? {};
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((issuer) => issuer.stop()));
  }
}

/** The function of an authorizer of type TOKEN, if it is in the stack. */
export function authorizerFunction(graph: Graph, { inputs }: Resource): Resource | undefined {
  const arn = /\/functions\/(.+)\/invocations$/.exec(String(inputs["authorizerUri"]))?.[1];
  return graph.all(TYPES.function).find(({ outputs }) => outputs["arn"] === arn);
}

/** The issuer that an authorizer trusts, with the claims that it requires; undefined if a function of the user decides. */
export function profileOf(graph: Graph, authorizer: Resource): IssuerProfile | undefined {
  const { type, providerArns = [] } = authorizer.inputs as { type?: string; providerArns?: string[] };
  if (type === "COGNITO_USER_POOLS") return poolProfile(graph, authorizer, providerArns[0] ?? "");
  const fn = authorizerFunction(graph, authorizer);
  return fn && functionProfile(fn);
}

/** What the terminal says of an issuer that a stack trusts. */
export const standsIn = (issuer: string): string =>
  `the issuer ${issuer}: a local one with keys of its own stands in for it`;

/** The issuer whose tokens the function of a Function URL verifies, by its real name; undefined if it verifies none. */
export function urlIssuer(graph: Graph, url: Resource): string | undefined {
  const fn = urlFunction(graph, url);
  return fn && jwtSettings(fn)?.issuer;
}

function urlFunction(graph: Graph, { inputs }: Resource): Resource | undefined {
  return graph.all(TYPES.function).find(({ outputs }) => outputs["name"] === inputs["functionName"]);
}

function functionProfile(fn: Resource): IssuerProfile | undefined {
  const settings = jwtSettings(fn);
  if (!settings) return undefined;
  const { issuer, audience, scopes, scopeClaims: [claim = "scope"] = [], jwksUri } = settings;
  return {
    issuer,
    jwksUri,
    claims: { aud: audience[0] ?? "", ...(scopes.length > 0 && { [claim]: scopes.join(" ") }) },
  };
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html */
function poolProfile(graph: Graph, authorizer: Resource, arn: string): IssuerProfile {
  const scopes = graph
    .where(TYPES.method, "authorizerId", authorizer.id)
    .flatMap(({ inputs }) => (inputs["authorizationScopes"] ?? []) as string[]);
  return {
    issuer: userPoolIssuer(arn),
    claims: { token_use: "access", client_id: "local", scope: [...new Set(scopes)].join(" ") },
  };
}

function jwtSettings({ inputs }: Resource): JwtSettings | undefined {
  const { variables = {} } = (inputs["environment"] ?? {}) as { variables?: Record<string, string> };
  const text = variables[ENVIRONMENT.jwt];
  return text === undefined ? undefined : (JSON.parse(text) as JwtSettings);
}
