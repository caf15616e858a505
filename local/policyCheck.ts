import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  type AnalyzeDiagnostic,
  type AnalyzeResponse,
  EnforcementLevel,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Graph, Resource } from "./graph/graph";
import { PROJECT_ROOT } from "./graph/project";

/** One finding of a policy pack. */
export interface Finding {
  readonly policy: string;
  readonly level: "mandatory" | "advisory";
  /** The rule, then what was found and the remedy. */
  readonly message: string;
  readonly urn: string;
}

/** The pack of this repository. */
export const POLICY_PACK = join(PROJECT_ROOT, "policy");

/**
 * Runs a policy pack over a graph as the engine does: the SDK's own host in a process of its own, over gRPC; each resource
 * first, then the whole stack.
 *
 * @throws Error where the pack does not start
 */
export async function checkPolicies(graph: Graph, pack = POLICY_PACK): Promise<Finding[]> {
  const host = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [host, "127.0.0.1:0", pack], {
    cwd: pack,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const exited = once(child, "exit").then(([code]: unknown[]) => {
      throw new Error(`The policy pack ended at its start (exit code ${String(code)}).`);
    });
    exited.catch(() => undefined);
    // The host prints its port as the first line.
    const [port] = (await Promise.race([once(createInterface({ input: child.stdout }), "line"), exited])) as string[];
    const client = new AnalyzerClient(`127.0.0.1:${port ?? ""}`, credentials.createInsecure());
    try {
      return await analyze(client, graph.resources.map(toAnalyzer));
    } finally {
      client.close();
    }
  } finally {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
}

async function analyze(client: AnalyzerClient, resources: AnalyzerResource[]): Promise<Finding[]> {
  const analyzeOne = promisify<AnalyzeRequest, AnalyzeResponse>(client.analyze.bind(client));
  const analyzeStack = promisify<AnalyzeStackRequest, AnalyzeResponse>(client.analyzeStack.bind(client));
  const findings: Finding[] = [];
  for (const resource of resources) {
    const request = new AnalyzeRequest();
    request.setType(resource.getType());
    request.setName(resource.getName());
    request.setUrn(resource.getUrn());
    request.setProperties(resource.getProperties());
    request.setOptions(resource.getOptions());
    const { diagnosticsList } = (await analyzeOne(request)).toObject();
    findings.push(...diagnosticsList.map((diagnostic) => toFinding(diagnostic, resource.getUrn())));
  }
  const stack = new AnalyzeStackRequest();
  stack.setResourcesList(resources);
  const { diagnosticsList } = (await analyzeStack(stack)).toObject();
  return [...findings, ...diagnosticsList.map((diagnostic) => toFinding(diagnostic))];
}

function toAnalyzer(resource: Resource): AnalyzerResource {
  const options = new AnalyzerResourceOptions();
  options.setProtect(resource.protect);
  options.setParent(resource.parent);
  const message = new AnalyzerResource();
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(resource.urn);
  message.setParent(resource.parent);
  message.setProperties(resource.wire);
  message.setOptions(options);
  message.setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of resource.propertyDependencies) {
    const dependencies = new AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function toFinding({ policyname, enforcementlevel, message, urn }: AnalyzeDiagnostic.AsObject, fallback = ""): Finding {
  const level = enforcementlevel === EnforcementLevel.MANDATORY ? "mandatory" : "advisory";
  return { policy: policyname, level, message, urn: urn === "" ? fallback : urn };
}
