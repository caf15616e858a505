import { TYPES } from "../../../../local/program/graph";
import type { Cloud, Served } from "../../provider/cloud/cloud";
import type { Thing } from "../../provider/kind";
import { snapshotOf } from "../../provider/kinds/deployment";
import { isDenied } from "../../provider/cloud/policies";
import { nameOf, shortType } from "../things";

/** Routes and what belongs to them, as they are declared. */
export function declaredParts(cloud: Cloud, api: Thing): readonly Thing[] {
  return snapshotOf(api.id, cloud).parts;
}

/** What the stage serves is what a deployment of this moment would serve. */
export function* snapshotProblems(cloud: Cloud, api: Thing, served: Served): Generator<string> {
  const { policy = "null", parts } = snapshotOf(api.id, cloud);
  const actual = JSON.stringify(served.policy);
  if (actual !== JSON.stringify(JSON.parse(policy as string))) yield `serves another policy than declared: ${actual}`;
  const [then, today] = [served.parts, parts].map((each) => new Set(each.map(described)));
  for (const part of today ?? []) if (!then?.has(part)) yield `does not serve ${part}`;
  const unnoticed = new Set(served.parts.filter((part) => isUnnoticed(part, api, served)).map(described));
  for (const part of then ?? []) if (!today?.has(part) && !unnoticed.has(part)) yield `still serves ${part}`;
}

/**
 * Whether no caller notices a part of a snapshot when it is no longer declared. Pulumi deletes last, so such a part goes with the next snapshot:
 * what answered preflights, if the policy denies them; and an authorizer that no declared method asks.
 */
function isUnnoticed({ type, inputs }: Thing, { outputs }: Thing, { policy }: Served): boolean {
  if (type === TYPES.authorizer) return true;
  const resource = `${String(outputs["executionArn"])}/live/OPTIONS/invoke`;
  const noPreflights = policy !== undefined && isDenied(policy, { action: "execute-api:Invoke", resource });
  return noPreflights && inputs["httpMethod"] === "OPTIONS";
}

function described({ type, urn, inputs }: Thing): string {
  return `${shortType(type)} ${nameOf(urn)} ${JSON.stringify(inputs)}`;
}
