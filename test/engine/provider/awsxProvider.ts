import * as grpc from "@grpc/grpc-js";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { AWS_VERSION } from "./awsProvider";
import type { Values } from "./kind";
import { NETWORK_TYPES } from "./kinds/network";
import type { Provider } from "./server";
import { read, UNKNOWN, write } from "./wire";

const TYPE = "awsx:ec2:Vpc";

/**
 * A provider `awsx` that builds the one network that this program asks for: a VPC with an isolated subnet in each zone, and no gateway.
 * Believed: the real one makes route tables as well, which nothing here reads.
 */
export const awsxProvider: Provider = {
  version: "3.9.0",
  check: () => ({ inputs: {}, failures: [] }),
  diff: () => ({ changed: [], replaces: [], deleteBeforeReplace: false }),
  create: ({ type }) => unknownType(type),
  update: ({ type }) => unknownType(type),
  delete: ({ type }) => unknownType(type),
  invoke: (token) => unknownType(token),
  construct: async (request) => {
    if (request.getType() !== TYPE) return unknownType(request.getType());
    const monitor = new Monitor(request.getMonitorendpoint());
    try {
      return await vpc(request, monitor);
    } finally {
      monitor.close();
    }
  },
};

async function vpc(request: proto.ConstructRequest, monitor: Monitor): Promise<proto.ConstructResponse> {
  const inputs = read(request.getInputs());
  const name = request.getName();
  const component = await monitor.register({ type: TYPE, name, parent: request.getParent(), custom: false });
  const parent = component.getUrn();
  const { cidrBlock, enableDnsSupport, enableDnsHostnames } = inputs;
  const made = await monitor.register({
    type: NETWORK_TYPES.vpc,
    name,
    parent,
    custom: true,
    inputs: { cidrBlock, enableDnsSupport, enableDnsHostnames },
  });
  const isolatedSubnetIds: string[] = [];
  for (let zone = 0; zone < Number(inputs["numberOfAvailabilityZones"]); zone++) {
    const subnet = await monitor.register({
      type: NETWORK_TYPES.subnet,
      name: `${name}-isolated-${String(zone + 1)}`,
      parent,
      custom: true,
      inputs: { vpcId: idOf(made), cidrBlock: `${String(cidrBlock)} zone ${String(zone)}` },
    });
    isolatedSubnetIds.push(idOf(subnet));
  }
  const state = { vpcId: idOf(made), isolatedSubnetIds };
  await monitor.registerOutputs(parent, state);
  return new proto.ConstructResponse().setUrn(parent).setState(write(state));
}

/** In a preview a resource that is not there yet has no id. */
function idOf(response: resource.RegisterResourceResponse): string {
  return response.getId() === "" ? UNKNOWN : response.getId();
}

function unknownType(type: string): never {
  throw new Error(`The stand-in awsx provider does not know ${type}. Add it to test/engine/provider/awsxProvider.ts.`);
}

interface Registration {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly inputs?: Values;
}

/** The engine, as a component's provider talks to it. */
class Monitor {
  private readonly client: ResourceMonitorClient;

  constructor(address: string) {
    this.client = new ResourceMonitorClient(address, grpc.credentials.createInsecure());
  }

  register({ type, name, parent, custom, inputs = {} }: Registration): Promise<resource.RegisterResourceResponse> {
    const request = new resource.RegisterResourceRequest()
      .setType(type)
      .setName(name)
      .setParent(parent)
      .setCustom(custom)
      .setAcceptsecrets(true)
      .setVersion(AWS_VERSION)
      .setObject(write(inputs));
    return new Promise((resolve, reject) => {
      this.client.registerResource(request, (error, response) => {
        if (error) reject(error);
        else resolve(response);
      });
    });
  }

  registerOutputs(urn: string, outputs: Values): Promise<void> {
    const request = new resource.RegisterResourceOutputsRequest().setUrn(urn).setOutputs(write(outputs));
    return new Promise((resolve, reject) => {
      this.client.registerResourceOutputs(request, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  close(): void {
    this.client.close();
  }
}
