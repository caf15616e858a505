import { fact } from "./fact";
import type { LinkedNode, PolicyGraph } from "./graph";

export const STAGE = "aws:apigateway/stage:Stage";

/** Whether an association names the stage: by its ARN where that is known, else by where the ARN came from. */
export function linkTo(
  graph: PolicyGraph,
  association: LinkedNode,
  stage: LinkedNode,
): "linked" | "elsewhere" | "unproven" {
  const arn = fact(() => association.props["resourceArn"]);
  if (arn.known) return arn.value === stageArn(stage) || namesStage(arn.value, stage) ? "linked" : "elsewhere";
  const stages = graph.sources(association, "resourceArn", STAGE);
  if (!stages.some(({ urn }) => urn === stage.urn)) return stages.length > 0 ? "elsewhere" : "unproven";
  // Outputs of several stages in one text: which of them it names is not known.
  return stages.length === 1 ? "linked" : "unproven";
}

function stageArn(stage: LinkedNode): unknown {
  const arn = fact(() => stage.props["arn"]);
  return arn.known && typeof arn.value === "string" ? arn.value : Symbol("unknown");
}

function namesStage(arn: unknown, { props }: LinkedNode): boolean {
  const names = fact(() => [props["restApi"], props["stageName"]]);
  const [, api, name] = /:\/restapis\/([^/]+)\/stages\/([^/]+)$/.exec(String(arn)) ?? [];
  return names.known && api !== undefined && api === names.value[0] && name === names.value[1];
}

/** True for a stage of an API that only VPC endpoints reach. */
export function isPrivate(graph: PolicyGraph, stage: LinkedNode): boolean {
  const [api, ...more] = graph.sources(stage, "restApi", "aws:apigateway/restApi:RestApi");
  if (!api || more.length > 0) return false;
  const types = fact(() => {
    const { types: value } = (api.props["endpointConfiguration"] ?? {}) as { types?: unknown };
    return [value].flat();
  });
  return types.known && types.value.length === 1 && types.value[0] === "PRIVATE";
}
