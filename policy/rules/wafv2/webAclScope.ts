import { TYPES } from "../../aws/types";
import { hasScope, namesAclOf, namesDistribution } from "../../aws/webAclScope";
import type { PolicyGraph, Resource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { at, is, not, or, show, UNKNOWN, type Truth } from "../../model/value";

export const webAclScope = defineRule({
  id: "fd-wafv2-web-acl-scope",
  description: "A web ACL has the scope and the region of what it protects.",
  rationale:
    "A distribution takes only an ACL of the scope CLOUDFRONT, which exists in us-east-1 alone and is named by the distribution itself; a stage takes only a regional one, by an association (https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html). A mismatch shows late, during the update, when the door is already open.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD15"] },
  remediationSteps:
    'For a distribution make a WebAcl with the scope "CLOUDFRONT" and the region "us-east-1" and set the distribution\'s webAclId to its arn, without an association. For a stage make one with the scope "REGIONAL" and a WebAclAssociation.',
  resource: {
    types: [TYPES.webAcl, TYPES.webAclAssociation, TYPES.distribution],
    // What is not known of one resource, the stack form follows.
    check: (resource) => ofOne(resource).filter(({ status }) => status === "fail"),
  },
  stack: {
    types: [TYPES.webAcl, TYPES.webAclAssociation, TYPES.distribution],
    check: (graph) => [
      ...graph.all(TYPES.webAcl).flatMap(ofAcl),
      ...graph.all(TYPES.distribution).flatMap((distribution) => ofDistribution(distribution, graph)),
      ...graph.all(TYPES.webAclAssociation).flatMap((association) => ofAssociation(association, graph)),
    ],
  },
});

function ofOne(resource: Resource): readonly Finding[] {
  if (resource.type === TYPES.webAcl) return ofAcl(resource);
  return resource.type === TYPES.distribution ? ofDistribution(resource) : ofAssociation(resource);
}

function ofAcl(acl: Resource): readonly Finding[] {
  // Without either the region is that of the provider's own configuration.
  const region = at(acl.props, "region") ?? at(acl.provider, "region") ?? UNKNOWN;
  const right = or(
    not(hasScope("CLOUDFRONT", acl)),
    is(region, (known) => known === "us-east-1"),
  );
  return judge(acl, right, {
    finding: "region",
    seen: region === UNKNOWN ? "the region of an ACL for CloudFront is not known" : `the region is ${show(region)}`,
    wanted: 'the region "us-east-1" for an ACL of the scope CLOUDFRONT',
  });
}

function ofDistribution(distribution: Resource, graph?: PolicyGraph): readonly Finding[] {
  const named = distribution.props["webAclId"];
  // That it names none is another rule's affair.
  if (named === undefined || named === "") return [];
  const right = namesAclOf("CLOUDFRONT", distribution, "webAclId", graph);
  return judge(distribution, right, {
    finding: "webAclId",
    seen: seen("webAclId", named, right),
    wanted: 'the `arn` of a WebAcl with the scope "CLOUDFRONT" in us-east-1',
  });
}

function ofAssociation(association: Resource, graph?: PolicyGraph): readonly Finding[] {
  const { resourceArn, webAclArn } = association.props;
  const place = not(namesDistribution(association, graph));
  const right = namesAclOf("REGIONAL", association, "webAclArn", graph);
  return [
    ...judge(association, place, {
      finding: "resourceArn",
      seen: seen("resourceArn", resourceArn, place),
      wanted: "no distribution: that names its ACL itself, in `webAclId`",
    }),
    ...judge(association, right, {
      finding: "webAclArn",
      seen: seen("webAclArn", webAclArn, right),
      wanted: 'the `arn` of a WebAcl with the scope "REGIONAL"',
    }),
  ];
}

function seen(property: string, value: unknown, right: Truth): string {
  if (value !== UNKNOWN) return `\`${property}\` is ${show(value)}`;
  return `what \`${property}\` names is ${right === UNKNOWN ? "not known before the update" : "of the other kind"}`;
}
