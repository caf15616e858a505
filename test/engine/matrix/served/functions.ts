import { TYPES } from "../../../../local/program/graph";
import { DOORS, type DoorName } from "../../../../contract/wire/doors";
import type { Settings } from "../../../../contract/config/settings";
import type { Cloud } from "../../provider/cloud/cloud";
import type { Thing, Values } from "../../provider/kind";
import { doorFunctions, nameOf } from "../things";
import { declaredRuntimes } from "./locks";

const RUNTIME = /arn:aws:bedrock-agentcore:[a-z0-9-]+:\d{12}:runtime\/[A-Za-z0-9_-]+/g;

/** What is wrong with the functions behind the doors: which runtimes they know and may call, and how much of them there is. */
export function* functionProblems(cloud: Cloud, settings: Settings): Generator<string> {
  const functions = doorFunctions(cloud);
  if (functions.length !== settings.doors.length) yield `there are ${String(functions.length)} functions of doors`;
  const runtimes = String([...declaredRuntimes(cloud, settings).keys()].sort());
  for (const fn of functions) {
    const known = runtimesIn(fn.inputs["environment"]);
    if (known !== runtimes) yield `${nameOf(fn.urn)} knows the runtimes ${known}`;
    const policy = rolePolicy(cloud, fn);
    const callable = settings.runtimeAuth === "oauth" ? runtimes : runtimesIn(policy);
    if (callable !== runtimes) yield `${nameOf(fn.urn)} may call ${callable}`;
    const stops = policy.includes("StopRuntimeSession");
    if (settings.runtimeAuth === "sigv4" && stops !== settings.stopSession)
      yield `${nameOf(fn.urn)} may stop sessions, or not`;
    yield* sizeProblems(cloud, fn, settings);
  }
}

function* sizeProblems(cloud: Cloud, { id, urn, inputs }: Thing, settings: Settings): Generator<string> {
  const { memorySize, reservedConcurrentExecutions: reserved, tracingConfig } = inputs;
  if (memorySize !== settings.memorySizeMb) yield `${nameOf(urn)} has ${String(memorySize)} MB`;
  if ((reserved ?? -1) !== settings.reservedConcurrency) yield `${nameOf(urn)} reserves ${String(reserved)}`;
  if (((tracingConfig as Values)["mode"] === "Active") !== settings.tracing) yield `${nameOf(urn)} traces, or does not`;
  const { variables } = inputs["environment"] as { variables: { DOOR: DoorName } };
  const longest = DOORS[variables.DOOR].buffered ? settings.bufferedMaxDurationSeconds : settings.maxDurationSeconds;
  if (Number(inputs["timeout"]) < longest) yield `${nameOf(urn)} has ${String(inputs["timeout"])} seconds`;
  const warm = cloud
    .all(TYPES.provisionedConcurrency)
    .filter(({ inputs: config }) => config["functionName"] === id)
    .map(({ inputs: config }) => config["provisionedConcurrentExecutions"]);
  if ((warm[0] ?? 0) !== settings.provisionedConcurrency) yield `${nameOf(urn)} keeps ${String(warm)} warm`;
}

function rolePolicy(cloud: Cloud, { inputs }: Thing): string {
  const role = cloud.all(TYPES.role).find(({ outputs }) => outputs["arn"] === inputs["role"]);
  return cloud
    .all(TYPES.rolePolicy)
    .filter((policy) => policy.inputs["role"] === role?.id)
    .map((policy) => String(policy.inputs["policy"]))
    .join("\n");
}

function runtimesIn(value: unknown): string {
  return String([...new Set(JSON.stringify(value).match(RUNTIME) ?? [])].sort());
}
