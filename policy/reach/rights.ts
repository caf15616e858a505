import { RUNTIME_ACTIONS } from "../aws/agentRights";
import { allowsSome, type Statement } from "../aws/iamPolicy";
import { rightsOf, type RoleDocument } from "../aws/roleRights";
import type { PolicyGraph, StackResource } from "../model/graph";
import { STACK_REFERENCE, typeOf } from "../model/urn";
import { and, or, some, UNKNOWN, type Truth } from "../model/value";
import { isOfAgentCore } from "./marks";

/** AWS's own policies that reach functions, roles or agents; every other one of AWS's is for something else. */
export const REACHING =
  /^arn:[^:]+:iam::aws:policy\/(?:[\w-]+\/)*(?:AdministratorAccess[\w-]*|PowerUserAccess|IAMFullAccess|AWSLambda_FullAccess|AWSLambdaRole|AWSLambdaFullAccess|AmazonAPIGatewayAdministrator|AWSWAFFullAccess|\w*AgentCore\w*)$/;

const OF_AWS = /^arn:[^:]+:iam::aws:/;

/** Actions that change what a function does, who may call it, or what stands before it. */
export const CHANGES: readonly string[] = [
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "lambda:AddPermission",
  "lambda:CreateFunctionUrlConfig",
  "lambda:UpdateFunctionUrlConfig",
  "lambda:CreateEventSourceMapping",
  "lambda:UpdateAlias",
];

/** Whether a role may call an agent: true, false, or not known because a part of its rights cannot be read. */
export function mayInvokeAgents(graph: PolicyGraph, role: StackResource): Truth {
  return graph.once(`agents of ${role.urn}`, () => {
    const { documents, foreign } = rightsOf(graph, role);
    return or(
      ...documents.map((document) => and(document.held, ofDocument(document))),
      ...foreign.map(({ arn, held }) => and(held, ofForeign(arn))),
    );
  });
}

function ofDocument({ statements, resource, property }: RoleDocument): Truth {
  if (statements === UNKNOWN) return isExplained(resource, property) ? false : UNKNOWN;
  return some(statements, (each) => allowsSome(each as Statement, RUNTIME_ACTIONS));
}

/** One of AWS's own policies is known by its name; one of another stack may say anything. */
function ofForeign(arn: unknown): Truth {
  if (typeof arn !== "string") return UNKNOWN;
  if (!OF_AWS.test(arn)) return UNKNOWN;
  return REACHING.test(arn) && !/AWSLambda|IAMFull|APIGateway|AWSWAF/.test(arn);
}

/**
 * Whether a document that a preview does not know is explained by what flowed into it: one unknown ARN makes the whole of it unknown.
 * A document out of another stack, or with an agent's ARN in it, is not explained.
 */
function isExplained({ sources }: StackResource, property: string): boolean {
  const types = (sources[property] ?? []).map(typeOf);
  return types.length > 0 && types.every((type) => type !== STACK_REFERENCE && !isOfAgentCore(type));
}
