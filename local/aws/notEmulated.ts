import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import type { Graph, Resource } from "../program/graph";
import { isRemote } from "../program/provider";
import { AGENTCORE } from "./agentcore/emulates";
import { API_GATEWAY } from "./apigateway/emulates";
import { CLOUDFRONT } from "./cloudfront/emulates";
import { COGNITO } from "./cognito/emulates";
import { EVERY_INPUT, type Emulates } from "./emulation";
import { IAM } from "./iam/emulates";
import { KMS } from "./kms/emulates";
import { LAMBDA } from "./lambda/emulates";
import { WITHOUT_DOUBLE } from "./services";
import { WAF } from "./waf/emulates";

/** Every resource type that is emulated or known to be left out, in the order of the list. */
export const EMULATES: Emulates = {
  ...WAF,
  ...API_GATEWAY,
  ...COGNITO,
  ...CLOUDFRONT,
  ...LAMBDA,
  ...IAM,
  ...KMS,
  ...AGENTCORE,
  ...WITHOUT_DOUBLE,
};

/** The list of what is declared but not enforced here: the gaps that the doubles declare, and what no double knows. One line each. */
export function notEmulated(graph: Graph, runtimeAuth: RuntimeAuth): string[] {
  const declared = Object.entries(EMULATES).flatMap(([type, { gaps = [] }]) => {
    const resources = graph.all(type);
    return resources.length > 0 ? gaps.flatMap(({ says }) => says(resources, { graph, runtimeAuth })) : [];
  });
  return [
    ...new Set([
      ...declared,
      ...unknownTypes(graph),
      ...unknownInputs(graph),
      "IAM policies of your own callers: the printed key may call execute-api:Invoke, and the Function URL if a permission names its principal",
      ...(runtimeAuth === "oauth"
        ? [
            "the runtime's JWT authorizer: a bearer token must be a JWT that has not expired; signature and claims are not checked",
          ]
        : []),
      "versions of runtimes: every runtime and endpoint is the same agent",
      "one microVM per session: a single agent process serves all sessions",
      "service limits on time between bytes, and Lambda's bandwidth cap",
    ]),
  ];
}

/** Types that no double knows: one line each. */
export function unknownTypes(graph: Graph): string[] {
  const types = new Set(graph.resources.filter(isOfAws).map(({ type }) => type));
  return [...types].filter((type) => !(type in EMULATES)).map((type) => `${type}: no double knows this type`);
}

/** Inputs that the double of their type does not know: one line each. They may restrict access, so they must be reported. */
export function unknownInputs(graph: Graph): string[] {
  const lines = graph.resources.flatMap(({ type, inputs }) => {
    const { enforces, plain = [], gaps = [] } = EMULATES[type] ?? { enforces: [EVERY_INPUT] };
    const named = [...enforces, ...plain, ...PLAIN, ...gaps.flatMap(({ inputs: each }) => each)];
    if (named.includes(EVERY_INPUT)) return [];
    return Object.entries(inputs)
      .filter(([name, value]) => value !== undefined && !named.includes(name))
      .map(([name]) => `\`${name}\` of ${type}: it is not enforced`);
  });
  return [...new Set(lines)];
}

/** Inputs of many types that do not influence requests. */
const PLAIN = ["tags", "tagsAll"];

/** False for providers, and for components that are built in this process. */
function isOfAws({ custom, type }: Resource): boolean {
  return (custom && !type.startsWith("pulumi:")) || isRemote(type);
}
