import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, is, UNKNOWN, type Truth } from "../model/value";
import { apiOf, partsOf } from "./apis";
import { TYPES } from "./types";

/** Settings of a stage's methods, and whether they are this stage's. */
export interface StageSettings {
  readonly resource: StackResource;
  /** True or `UNKNOWN`. */
  readonly sure: Truth;
}

/** Whether settings are those of every method of a stage, not of one. */
export function isStageWide({ props }: Pick<StackResource, "props">): Truth {
  return is(props["methodPath"], (path) => path === "*/*");
}

export function setting({ props }: Pick<StackResource, "props">, name: string): unknown {
  return at(props, "settings", name);
}

/** The stage-wide settings that hold for a stage, or for the stage of other settings. */
export function stageWideOf(graph: PolicyGraph, stageOrSettings: StackResource): readonly StageSettings[] {
  const api = apiOf(graph, stageOrSettings);
  const wide = graph.once(`stage-wide settings ${api ?? "of any API"}`, () =>
    partsOf(graph, api, TYPES.methodSettings).flatMap(({ part, belongs }): StageSettings[] => {
      const holds = and(belongs, isStageWide(part));
      return holds === false ? [] : [{ resource: part, sure: holds }];
    }),
  );
  return wide.flatMap(({ resource, sure }): StageSettings[] => {
    const holds = and(sure, isSameStage(graph, stageOrSettings, resource));
    return holds === false ? [] : [{ resource, sure: holds }];
  });
}

/** Whether two things of one API name the same stage. */
function isSameStage(graph: PolicyGraph, one: StackResource, other: StackResource): Truth {
  const [name, otherName] = [one.props["stageName"], other.props["stageName"]];
  if (typeof name === "string" && typeof otherName === "string") return name === otherName;
  const [stage, otherStage] = [stageOf(graph, one), stageOf(graph, other)];
  return stage !== undefined && stage === otherStage ? true : UNKNOWN;
}

function stageOf(graph: PolicyGraph, resource: StackResource): StackResource | undefined {
  if (resource.type === TYPES.stage) return resource;
  const [stage, ...more] = graph.sources(resource, "stageName", TYPES.stage);
  return more.length === 0 ? stage : undefined;
}
