import type { Resource } from "../model/graph";
import { judge, judgeProperty, type Finding } from "../model/rule";
import { and, at, every, is, list, not, or, type Truth } from "../model/value";

const PATH = ["authorizerConfiguration", "customJwtAuthorizer"] as const;
const DISCOVERY = /^https:\/\/[^\s/]+\/(?:\S*\/)?\.well-known\/openid-configuration$/;

/** Whether AgentCore itself checks bearer tokens, before it runs a runtime or a gateway. */
export function takesTokens({ props }: Resource): Truth {
  return is(at(props, ...PATH), (known) => known !== undefined);
}

/** Judges what such a check needs: whose tokens, and for whom they were made. */
export function judgeJwtAuthorizer(resource: Resource, applies: Truth): readonly Finding[] {
  const authorizer = at(resource.props, ...PATH);
  const discoveryUrl = at(authorizer, "discoveryUrl");
  const listed = (name: string) => {
    const values = list(at(authorizer, name));
    return and(
      is(values, (known) => (known as unknown[]).length > 0),
      every(values, (value) => is(value, (known) => !/^\**$/.test(String(known)))),
    );
  };
  return [
    ...judgeProperty(
      resource,
      [...PATH, "discoveryUrl"].join("."),
      discoveryUrl,
      or(
        not(applies),
        is(discoveryUrl, (known) => DISCOVERY.test(String(known))),
      ),
      "an https URL that ends in /.well-known/openid-configuration",
    ),
    ...judge(resource, or(not(applies), listed("allowedAudiences"), listed("allowedClients")), {
      finding: [...PATH, "allowedAudiences"].join("."),
      seen: "neither `allowedAudiences` nor `allowedClients` names anybody for certain, so a token for any application of the issuer will do",
      wanted: "the audiences or the clients whose tokens count",
    }),
  ];
}
