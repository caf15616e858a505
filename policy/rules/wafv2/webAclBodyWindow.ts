import { TYPES } from "../../aws/types";
import { anyRule, blocks, flatRulesOf, present } from "../../aws/webAclRules";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

interface WindowSettings {
  readonly windowKb: number;
  readonly longBodies: "block" | "count";
}

export const webAclBodyWindow = defineRule<WindowSettings>({
  id: "fd-wafv2-web-acl-body-window",
  description: "A web ACL looks into bodies as far as it can, and a rule of its own blocks what is longer.",
  rationale:
    "API Gateway and CloudFront hand 16 KB of a body to WAF unless the ACL asks for more, 64 KB at most; what lies beyond is delivered without having been seen (https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html). With oversizeHandling CONTINUE, WAF's default, padding carries anything past every rule on bodies; one size rule with MATCH stops all of it.",
  severity: "high",
  frameworks: { catalogue: ["FD38"] },
  remediationSteps:
    "Set associationConfig.requestBodies to one entry with apiGateway (cloudfront for the scope CLOUDFRONT) and the defaultSizeInspectionLimit KB_64. Add a rule with the action block and a sizeConstraintStatement on the body: comparisonOperator GT, the longest body that the application takes, and oversizeHandling MATCH.",
  settings: {
    windowKb: {
      type: "integer",
      enum: [16, 32, 48, 64],
      default: 64,
      description: "Kilobytes of a body that WAF must see at least.",
    },
    longBodies: {
      type: "string",
      enum: ["block", "count"],
      default: "block",
      description:
        "What the rule on size must do at least. count is for agents that take images or documents as fields: WAF then delivers what it has not seen, and the application must limit bodies.",
    },
  },
  resource: { types: [TYPES.webAcl], check: window },
  stack: {
    types: [TYPES.webAcl],
    check: (graph, settings) =>
      graph.all(TYPES.webAcl).flatMap((acl) => [...window(acl, settings), ...sizeRule(graph, acl, settings)]),
  },
});

function window(acl: Resource, { windowKb }: WindowSettings): readonly Finding[] {
  const bodies = at(acl.props, "associationConfig", "requestBodies");
  const wide = (place: string) =>
    some(list(bodies), (body) =>
      is(at(body, place, "defaultSizeInspectionLimit"), (known) => kilobytes(known) >= windowKb),
    );
  const edge = is(at(acl.props, "scope"), (known) => known === "CLOUDFRONT");
  const truth = or(and(edge, wide("cloudfront")), and(not(edge), wide("apiGateway")));
  return judgeProperty(
    acl,
    "associationConfig.requestBodies",
    truth === UNKNOWN ? UNKNOWN : bodies,
    truth,
    `\`defaultSizeInspectionLimit\` of ${edge === true ? "cloudfront" : "apiGateway"} at KB_${windowKb.toString()} or more`,
  );
}

const kilobytes = (limit: unknown): number => Number(/^KB_(\d+)$/.exec(String(limit))?.[1]);

function sizeRule(graph: PolicyGraph, acl: StackResource, { longBodies }: WindowSettings): readonly Finding[] {
  const actions = longBodies === "block" ? ["block"] : ["block", "count"];
  const truth = anyRule(flatRulesOf(graph, acl), (rule) => and(blocks(rule, actions), limits(at(rule, "statement"))));
  return judge(acl, truth, {
    finding: "bodySize",
    seen:
      truth === UNKNOWN
        ? "whether a rule blocks long bodies is not known before the update"
        : `no rule ${longBodies}s every long body`,
    wanted:
      "a rule that blocks (or, with the setting `longBodies` count, counts), with a `sizeConstraintStatement` on the body and `oversizeHandling` MATCH",
  });
}

/** Whether a statement matches each body that is longer than something, those beyond the window included. */
function limits(statement: unknown): Truth {
  const size = at(statement, "sizeConstraintStatement");
  const body = or(
    ...["body", "jsonBody"].map((field) =>
      is(at(size, "fieldToMatch", field, "oversizeHandling"), (known) => known === "MATCH"),
    ),
  );
  const longer = is(at(size, "comparisonOperator"), (known) => known === "GT" || known === "GE");
  return or(
    and(body, longer),
    some(list(at(statement, "orStatement", "statements")), limits),
    // Behind what a request says of itself, or turned round, it may hold for none.
    and(holdsSize(statement), mayBeEvaded(statement) === true ? false : UNKNOWN),
  );
}

function holdsSize(statement: unknown): Truth {
  return or(
    some(list(at(statement, "andStatement", "statements")), isSize),
    isSize(at(statement, "notStatement", "statement")),
  );
}

/** Whether a condition beside it looks at a header, a cookie or a query, which the client writes. */
function mayBeEvaded(statement: unknown): Truth {
  const text = JSON.stringify(statement);
  return is(statement, () =>
    /"(?:singleHeader|headers|cookies|singleQueryArgument|allQueryArguments|queryString)":/.test(text),
  );
}

const isSize = (statement: unknown): Truth => present(at(statement, "sizeConstraintStatement"));
