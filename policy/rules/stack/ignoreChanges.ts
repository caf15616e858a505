import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";

interface Settings {
  readonly ignorable: readonly string[];
}

/** Every type that a rule reads. */
const GUARDED = Object.values(TYPES);

/** The property that a path begins with: `rules[0].action`, `["rules"]`, `*`. */
const rootOf = (path: string): string => /^\[?([^.[\]]*)/.exec(path)?.[1] ?? path;

function check(resource: Resource, { ignorable }: Settings): readonly Finding[] {
  const paths = new Set(resource.options.ignoreChanges.map((path) => path.replace(/["'\s]/g, "")));
  return [...paths].flatMap((path) => {
    const root = rootOf(path);
    const isHarmless = [root, `${resource.type}.${root}`].some((property) => ignorable.includes(property));
    return judge(resource, isHarmless, {
      finding: `ignoreChanges.${path}`,
      seen: `\`ignoreChanges\` has ${path}`,
      wanted: `nothing in it but ${ignorable.join(", ")}`,
    });
  });
}

export const ignoreChanges = defineRule<Settings>({
  id: "fd-stack-ignore-changes",
  description: "No resource of the front door ignores changes of a property that a rule may read.",
  rationale:
    "What ignoreChanges names keeps its old value whatever the program says, so that a resource rule sees a program that is not what is deployed, and drift is never mended (https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/).",
  severity: "critical",
  frameworks: { catalogue: ["FD25"] },
  remediationSteps:
    "Remove the path from ignoreChanges and let the program say what is wanted. If something else than Pulumi has to set the property, name it in this rule's setting ignorable as <type>.<property>.",
  settings: {
    ignorable: {
      type: "array",
      items: { type: "string" },
      // The name of a runtime grants nothing; the provider generates none, so a program keeps the one that a runtime was made with.
      default: [
        "tags",
        "tagsAll",
        "description",
        "comment",
        "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime.agentRuntimeName",
        // Addresses that clients have: what admits callers there follows the resource's id, and so what is deployed.
        "aws:lambda/functionUrl:FunctionUrl.qualifier",
        "aws:apigateway/basePathMapping:BasePathMapping.basePath",
      ],
      description:
        "Properties whose changes may be ignored, of every type (`tags`) or of one (`aws:lambda/alias:Alias.functionVersion`). Those of one type in the default keep the address of a door or the name of a runtime.",
    },
  },
  resource: { types: GUARDED, check },
  stack: {
    types: GUARDED,
    check: (graph, settings) => graph.all(...GUARDED).flatMap((resource) => check(resource, settings)),
  },
});
