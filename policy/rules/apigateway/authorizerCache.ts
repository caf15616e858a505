import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, is, matches, or, show, type Truth } from "../../model/value";

interface Settings {
  readonly maxSeconds: number;
  readonly routesInCacheKey: boolean;
}

// What the provider fills in.
const DEFAULT_SECONDS = 300;
const DEFAULT_SOURCE = "method.request.header.Authorization";

export const authorizerCache = defineRule<Settings>({
  id: "fd-apigateway-authorizer-cache",
  description:
    "An authorizer's decision is kept for five minutes at most, and for one caller: what identifies the caller is in the cache's key.",
  rationale:
    "A cached decision outlives a revoked token. The identity sources are the key of the cache (https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html): a REQUEST authorizer without a credential among them hands the decision for one caller to the next, and without the route in them a policy that was made for one method serves all.",
  severity: "high",
  frameworks: { catalogue: ["FD29"] },
  remediationSteps:
    "Set authorizerResultTtlInSeconds to 300 or less, or to 0 for no cache. Name the header or query parameter that holds the credential in identitySource of a cached REQUEST authorizer. Where decisions differ by route, add context.httpMethod and context.path, or switch the cache off.",
  settings: {
    maxSeconds: {
      type: "integer",
      minimum: 0,
      maximum: 3600,
      default: 300,
      description: "Longest time that a decision may be kept, in seconds.",
    },
    routesInCacheKey: {
      type: "boolean",
      default: false,
      description:
        "Whether a cached decision must be one for a route: identity sources then name context.httpMethod and context.path or context.resourcePath, and a TOKEN authorizer is not cached. Leave it off where the policies that authorizers return hold for every route.",
    },
  },
  resource: { types: [TYPES.authorizer], check },
});

function check(authorizer: Resource, { maxSeconds, routesInCacheKey }: Settings): readonly Finding[] {
  const type = authorizer.props["type"] ?? "TOKEN";
  const seconds = authorizer.props["authorizerResultTtlInSeconds"] ?? DEFAULT_SECONDS;
  const source = authorizer.props["identitySource"] ?? DEFAULT_SOURCE;
  const names = (pattern: RegExp): Truth => matches(source, pattern);
  const uncached = or(
    is(seconds, (known) => known === 0),
    is(type, (known) => known !== "REQUEST" && known !== "TOKEN"),
  );
  const byRoute = and(names(/\bcontext\.httpMethod\b/), names(/\bcontext\.(?:path|resourcePath)\b/));
  const seen = `\`type\` is ${show(type)}, \`authorizerResultTtlInSeconds\` ${show(seconds)}, \`identitySource\` ${show(source)}`;
  return [
    ...judgeProperty(
      authorizer,
      "authorizerResultTtlInSeconds",
      seconds,
      is(seconds, (known) => typeof known === "number" && known >= 0 && known <= maxSeconds),
      `0 to ${maxSeconds.toString()}`,
    ),
    ...judge(
      authorizer,
      or(uncached, names(/\bmethod\.request\.(?:header|querystring|multivaluequerystring|multivalueheader)\.\S/)),
      {
        finding: "identitySource",
        seen,
        wanted: "the header or query parameter that identifies the caller, or no cache",
      },
    ),
    ...judge(
      authorizer,
      routesInCacheKey
        ? or(
            uncached,
            and(
              is(type, (known) => known === "REQUEST"),
              byRoute,
            ),
          )
        : true,
      {
        finding: "identitySource.route",
        seen,
        wanted: "context.httpMethod and context.path in `identitySource` of a REQUEST authorizer, or no cache",
      },
    ),
  ];
}
