import { DOOR_NAMES, DOORS, type DoorName } from "../../contract/wire/doors";
import { TYPES, type Graph, type Resource } from "../program/graph";

export type Architecture = "arm64" | "x86_64";

/** A web ACL in front of a door. */
export interface DeclaredWebAcl {
  readonly rules: number;
  readonly logged: boolean;
}

/** CloudFront in front of a door. */
export interface DeclaredEdge {
  readonly webAcl: DeclaredWebAcl | undefined;
  /** Whether a Lambda@Edge function hashes the bodies. */
  readonly signer: boolean;
}

/** What is billed of a door. */
export interface DeclaredDoor {
  readonly name: DoorName;
  readonly architecture: Architecture;
  readonly memoryMb: number;
  /** Environments that are kept warm. */
  readonly provisioned: number;
  /** Reserved concurrency; undefined if the door shares the account's. */
  readonly reserved: number | undefined;
  readonly traced: boolean;
  /** Whether a Lambda authorizer of the stack judges requests. */
  readonly authorizer: boolean;
  /** KMS keys of its own. */
  readonly keys: number;
  /** Requests per second that the stage accepts; undefined at a Function URL. */
  readonly stageRate: number | undefined;
  readonly webAcl: DeclaredWebAcl | undefined;
  readonly edge: DeclaredEdge | undefined;
  readonly retentionDays: number;
}

/** What is billed of a stack. */
export interface Declared {
  readonly region: string;
  readonly doors: readonly DeclaredDoor[];
  readonly alarmMetrics: number;
  readonly dashboards: number;
  /** Interface endpoints, counted in each Availability Zone. */
  readonly endpoints: number;
}

const COMPONENTS: Readonly<Record<DoorName, string>> = {
  bufferedApi: "agentcore-front-door:index:BufferedApi",
  streamingUrl: "agentcore-front-door:index:StreamingUrl",
  streamingApi: "agentcore-front-door:index:StreamingApi",
};

/** Reads from the resources of a stack what is billed. */
export function readDeclared(graph: Graph, region: string): Declared {
  const endpoints = graph.where(TYPES.vpcEndpoint, "vpcEndpointType", "Interface");
  const alarms = graph.all(TYPES.metricAlarm).map(({ inputs }) => {
    const queries = (inputs["metricQueries"] ?? []) as { metric?: unknown }[];
    return Math.max(1, queries.filter(({ metric }) => metric !== undefined).length);
  });
  return {
    region,
    doors: DOOR_NAMES.flatMap((name) =>
      graph.all(COMPONENTS[name]).map((component) => readDoor(graph, name, component)),
    ),
    alarmMetrics: alarms.reduce((sum, metrics) => sum + metrics, 0),
    dashboards: graph.all(TYPES.dashboard).length,
    endpoints: endpoints.reduce((sum, { inputs }) => sum + ((inputs["subnetIds"] ?? []) as unknown[]).length, 0),
  };
}

/** @throws Error if the component has no function */
function readDoor(graph: Graph, name: DoorName, component: Resource): DeclaredDoor {
  const parts = descendants(graph, component.urn);
  const of = (type: string) => parts.filter((resource) => resource.type === type);
  const [lambda] = of(TYPES.function);
  if (!lambda) throw new Error(`${component.type} "${component.name}" has no function.`);
  const { memorySize, architectures, reservedConcurrentExecutions, tracingConfig } = lambda.inputs as {
    memorySize?: number;
    architectures?: Architecture[];
    reservedConcurrentExecutions?: number;
    tracingConfig?: { mode?: string };
  };
  const [settings] = of(TYPES.methodSettings);
  const [association] = of(TYPES.webAclAssociation);
  const [authorizer] = of(TYPES.authorizer);
  const [logGroup] = of(TYPES.logGroup);
  const [distribution] = DOORS[name].edge ? graph.all(TYPES.distribution) : [];
  return {
    name,
    architecture: architectures?.[0] ?? "x86_64",
    memoryMb: memorySize ?? 128,
    provisioned: sum(of(TYPES.provisionedConcurrency), "provisionedConcurrentExecutions"),
    reserved:
      reservedConcurrentExecutions !== undefined && reservedConcurrentExecutions >= 0
        ? reservedConcurrentExecutions
        : undefined,
    traced: tracingConfig?.mode === "Active",
    authorizer: authorizer !== undefined && authorizer.inputs["type"] !== "COGNITO_USER_POOLS",
    keys: of(TYPES.kmsKey).length,
    stageRate: (settings?.inputs["settings"] as { throttlingRateLimit?: number } | undefined)?.throttlingRateLimit,
    webAcl: association && webAclOf(graph, association.inputs["webAclArn"]),
    edge: distribution && {
      webAcl: webAclOf(graph, distribution.inputs["webAclId"]),
      signer: JSON.stringify(distribution.inputs).includes("lambdaFunctionAssociations"),
    },
    retentionDays: (logGroup?.inputs["retentionInDays"] as number | undefined) ?? 30,
  };
}

function webAclOf(graph: Graph, arn: unknown): DeclaredWebAcl | undefined {
  const acl = graph.all(TYPES.webAcl).find(({ outputs }) => outputs["arn"] === arn);
  return (
    acl && {
      rules: ((acl.inputs["rules"] ?? []) as unknown[]).length,
      logged: graph.where(TYPES.webAclLoggingConfiguration, "resourceArn", arn).length > 0,
    }
  );
}

const descendants = (graph: Graph, urn: string): readonly Resource[] =>
  graph.children(urn).flatMap((child) => [child, ...descendants(graph, child.urn)]);

const sum = (resources: readonly Resource[], input: string): number =>
  resources.reduce((total, { inputs }) => total + ((inputs[input] as number | undefined) ?? 0), 0);
