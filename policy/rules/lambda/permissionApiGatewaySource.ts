import { targetOf } from "../../aws/functionTarget";
import { linkedFrom } from "../../aws/links";
import { isApiGateway } from "../../aws/permission";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, not, or, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly requireMethod: boolean;
}

/** API, stage, method and path; or API and authorizer. */
const sourceArn = (method: string) =>
  new RegExp(
    `^arn:aws[\\w-]*:execute-api:[a-z0-9-]+:\\d{12}:[a-z0-9]+/(?:authorizers/[a-z0-9]+|(?!authorizers/)[\\w$-]+/${method})$`,
  );
const ANY_METHOD = sourceArn("(?:[A-Z]+/.+|\\*(?:/.+)?)");
const ONE_METHOD = sourceArn("[A-Z]+/.+");

const judged = (permission: Resource, source: Truth, { requireMethod }: Settings) =>
  judgeProperty(
    permission,
    "sourceArn",
    permission.props["sourceArn"],
    or(not(isApiGateway(permission)), source),
    `arn:aws:execute-api:<region>:<account>:<api>/<stage>/${requireMethod ? "<method>/<path>" : "*"}, or <api>/authorizers/<id>`,
  );

const isPinned = ({ props }: Resource, { requireMethod }: Settings): Truth =>
  is(props["sourceArn"], (known) => (requireMethod ? ONE_METHOD : ANY_METHOD).test(String(known)));

/** An ARN that is made of an API's, where this API does call the function. */
function isOfCaller(graph: PolicyGraph, permission: StackResource): boolean {
  const [api, ...more] = graph.sources(permission, "sourceArn", TYPES.restApi);
  if (!api || more.length > 0) return false;
  const { fn, written } = targetOf(graph, permission, "function");
  const called = functionsCalledBy(graph, api);
  return [fn, written].some((each) => each !== undefined && each !== UNKNOWN && called.has(each));
}

function functionsCalledBy(graph: PolicyGraph, api: StackResource): ReadonlySet<unknown> {
  return graph.once(`called by ${api.urn}`, () => {
    const callers = [
      [TYPES.integration, "uri"],
      [TYPES.authorizer, "authorizerUri"],
    ] as const;
    const targets = callers.flatMap(([type, property]) =>
      linkedFrom(graph, api, type, "restApi").map(({ from }) => targetOf(graph, from, property)),
    );
    return new Set<unknown>(targets.flatMap(({ fn, written }) => [fn, written]));
  });
}

export const permissionApiGatewaySource = defineRule<Settings>({
  id: "fd-lambda-permission-apigateway-source",
  description: "A Lambda permission for API Gateway names one API and one stage of it, or one authorizer.",
  rationale:
    "With a wildcard for the API any API of the account can call the function, also one without authorization; with a wildcard for the stage so can a stage without a web ACL (https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html).",
  severity: "high",
  frameworks: {
    catalogue: ["FD07"],
    checkov: ["CKV_AWS_364"],
    trivy: ["AWS-0067"],
    pulumi: ["aws-lambda-permission-configure-source-arn"],
  },
  remediationSteps:
    "Make sourceArn of the API's own executionArn and the name of the stage, for example `${api.executionArn}/live/POST/invoke` or `${api.executionArn}/live/*`.",
  settings: {
    requireMethod: {
      type: "boolean",
      default: false,
      description: "The source ARN names one method too. By default it may stand for every method of its stage.",
    },
  },
  resource: {
    types: [TYPES.permission],
    // The ARN of a new API is not known before the update: the stack form follows it.
    check: (permission, settings) =>
      permission.props["sourceArn"] === UNKNOWN ? [] : judged(permission, isPinned(permission, settings), settings),
  },
  stack: {
    types: [TYPES.permission],
    check: (graph, settings) =>
      graph.all(TYPES.permission).flatMap((permission) => {
        const followed = permission.props["sourceArn"] === UNKNOWN && isOfCaller(graph, permission);
        return judged(permission, followed || isPinned(permission, settings), settings);
      }),
  },
});
