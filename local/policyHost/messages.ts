import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import {
  AnalyzerPropertyDependencies,
  AnalyzeRequest,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";

/** A resource as the engine sends it to a policy pack. */
export interface AnalyzedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** Inputs, for the validation of the resource. */
  readonly wire: Struct | undefined;
  /** Outputs that are not inputs, for the validation of the stack. */
  readonly computed: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: ReadonlyMap<string, readonly string[]>;
  /** Properties of an explicit provider. */
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** The request for one resource, which is also the input of a remediation. */
export function analyzeRequest(resource: AnalyzedResource): AnalyzeRequest {
  return fill(new AnalyzeRequest(), resource);
}

export function analyzeStackRequest(resources: readonly AnalyzedResource[]): AnalyzeStackRequest {
  const request = new AnalyzeStackRequest();
  request.setResourcesList(resources.map(analyzerResource));
  return request;
}

function analyzerResource(resource: AnalyzedResource): AnalyzerResource {
  const message = fill(new AnalyzerResource(), resource);
  message.setParent(resource.parent);
  message.setProperties(struct({ ...resource.wire?.toJavaScript(), ...resource.computed }));
  message.setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of resource.propertyDependencies) {
    const dependencies = new AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function fill<M extends AnalyzeRequest | AnalyzerResource>(
  message: M,
  { urn, type, name, parent, protect, ignoreChanges, wire, provider }: AnalyzedResource,
): M {
  const options = new AnalyzerResourceOptions();
  options.setProtect(protect);
  options.setIgnorechangesList([...ignoreChanges]);
  options.setParent(parent);
  message.setUrn(urn);
  message.setType(type);
  message.setName(name);
  message.setProperties(wire ?? new Struct());
  message.setOptions(options);
  if (provider) {
    const its = new AnalyzerProviderResource();
    its.setType(`pulumi:providers:${type.split(":")[0] ?? ""}`);
    its.setProperties(struct(provider));
    message.setProvider(its);
  }
  return message;
}

/** Converts plain data to protobuf. Undefined properties are omitted. */
export function struct(properties: Readonly<Record<string, unknown>>): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}
