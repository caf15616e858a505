import { linkedFrom, link } from "../../aws/links";
import {
  allows,
  coversEverything,
  isAbout,
  isBoundBy,
  matches,
  statementsOf,
  type Statement,
} from "../../aws/iamPolicy";
import { isForOthers, namesSome } from "../../aws/iamPrincipals";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, show, some, UNKNOWN, type Truth } from "../../model/value";

const SERVICE = /\.bedrock-agentcore(?:[.-][\w.-]+)?$/;

/** What nobody names: only a wildcard matches these. */
const ANY_ACTION = "bedrock-agentcore:WhatNobodyNames";
const ANY_RESOURCE = "arn:aws:bedrock-agentcore:xx-nowhere-0:000000000000:runtime/what_nobody_names";

const BINDING_KEYS = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:ResourceAccount",
  "aws:ResourceOrgID",
];

export const agentCoreEndpoint = defineRule({
  id: "fd-ec2-agentcore-endpoint",
  description:
    "A VPC endpoint of AgentCore has a policy of its own that is not open, private DNS, and security groups of its own.",
  rationale:
    "An endpoint's own default lets everything through, for everybody's account: whoever gets into the network can carry data to an agent elsewhere. Without private DNS, calls go past the endpoint and its policy (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).",
  severity: "high",
  frameworks: { prowler: ["bedrock_vpc_endpoints_configured"] },
  remediationSteps:
    "Give the VpcEndpoint a policy that allows the actions that its callers need on the runtimes that they call, for this account (aws:PrincipalAccount); set privateDnsEnabled to true, and name securityGroupIds that let in only those callers on port 443.",
  resource: { types: [TYPES.vpcEndpoint], check },
  stack: {
    types: [TYPES.vpcEndpoint],
    check: (graph) =>
      graph.all(TYPES.vpcEndpoint).flatMap((endpoint) => [...check(endpoint), ...openGroups(graph, endpoint)]),
  },
});

const RULES_OF_GROUPS: readonly string[] = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];

/** Security groups of an endpoint that let every address in. */
function openGroups(graph: PolicyGraph, endpoint: StackResource): readonly Finding[] {
  const other = not(
    is(endpoint.props["serviceName"] ?? undefined, (name) => typeof name === "string" && SERVICE.test(name)),
  );
  const groups = link(graph, endpoint, "securityGroupIds", TYPES.securityGroup, UNKNOWN).to;
  return groups.flatMap((group) => {
    const rules = RULES_OF_GROUPS.flatMap((type) =>
      linkedFrom(graph, group, type, "securityGroupId").map(({ from, sure }) =>
        and(sure || UNKNOWN, letsAllIn(from.props)),
      ),
    );
    const inline = some(list(group.props["ingress"]), letsAllIn);
    return judge(endpoint, or(other, not(or(inline, ...rules))), {
      finding: `securityGroupIds.${group.name}`,
      seen: `its security group ${group.name} lets every address in, or may`,
      wanted: "a group that lets in only its callers",
    });
  });
}

function letsAllIn(rule: unknown): Truth {
  const ranges = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"].map((name) => list(at(rule, name)));
  return and(
    is(at(rule, "type"), (known) => known !== "egress"),
    or(...ranges.map((range) => is(range, (known) => coversEverything(known as unknown[])))),
  );
}

function check(endpoint: Resource): readonly Finding[] {
  const { serviceName, policy, privateDnsEnabled, securityGroupIds } = endpoint.props;
  const other = not(is(serviceName ?? undefined, (name) => typeof name === "string" && SERVICE.test(name)));
  const report = (finding: string, right: Truth, seen: string, wanted: string) =>
    judge(endpoint, or(other, right), { finding, seen, wanted });
  return [
    ...policyFindings(policy ?? undefined, report),
    ...report(
      "privateDnsEnabled",
      is(privateDnsEnabled ?? undefined, (known) => known === true),
      `\`privateDnsEnabled\` is ${show(privateDnsEnabled ?? undefined)}`,
      "true",
    ),
    ...report(
      "securityGroupIds",
      is(list(securityGroupIds), (known) => (known as unknown[]).length > 0),
      `\`securityGroupIds\` is ${show(securityGroupIds ?? undefined)}, so the VPC's default group counts`,
      "security groups of its own",
    ),
  ];
}

type Report = (finding: string, right: Truth, seen: string, wanted: string) => readonly Finding[];

const WANTED = "a policy that names actions and resources, or whose callers they are";

function policyFindings(policy: unknown, report: Report): readonly Finding[] {
  if (policy === undefined || policy === "") return report("policy", false, "it has no policy of its own", WANTED);
  const statements = statementsOf(policy);
  if (statements === UNKNOWN) return report("policy", UNKNOWN, "its policy is not known", WANTED);
  return statements.flatMap((statement) =>
    report(
      statement.path,
      not(isOpen(statement)),
      `\`${statement.path}\` of its policy lets everything through`,
      WANTED,
    ),
  );
}

function isOpen(statement: Statement): Truth {
  return and(
    allows(statement),
    isForEverybody(statement),
    isAbout(statement, ANY_ACTION),
    isForEverything(statement),
    not(isBoundBy(statement.condition, BINDING_KEYS)),
  );
}

function isForEverybody(statement: Statement): Truth {
  return or(
    statement.principals === undefined,
    isForOthers(statement),
    namesSome(statement, (principal) => principal === "*"),
  );
}

function isForEverything({ resources, notResources }: Statement): Truth {
  const anything = (patterns: Statement["resources"]): Truth =>
    some(patterns ?? [], (pattern) => is(pattern, (known) => matches(known, ANY_RESOURCE)));
  return or(anything(resources), notResources === undefined ? false : not(anything(notResources)));
}
