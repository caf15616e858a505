import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ROOT } from "../local/frontDoor";

export interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly plain?: boolean;
  readonly description?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
}

/** The parts of a package's schema that are used here. */
export interface Schema {
  readonly name: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, Component>>;
  readonly types: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Property>> }>>;
}

export interface Component {
  readonly isComponent: boolean;
  readonly description?: string;
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly requiredInputs: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
}

/** The engine's address, which a schema does not need. */
const ENGINE = "127.0.0.1:1";

/** How the engine starts the provider: as an executable, or the SDK's plugin host with the folder of PulumiPlugin.yaml. */
export const STARTS = {
  executable: [join(ROOT, "components", "pulumi-resource-agentcore-front-door"), ENGINE],
  host: [require.resolve("@pulumi/pulumi/cmd/run-plugin"), join(ROOT, "components"), ENGINE],
} as const;

/**
 * The schema of components/, as `pulumi package add` gets it: from the provider in its own process, over gRPC.
 *
 * @param cwd the folder of the caller, in which the engine starts the provider
 * @throws Error with the provider's output if it ends
 */
export async function providerSchema(start: keyof typeof STARTS, cwd: string): Promise<Schema> {
  const host = spawn(process.execPath, STARTS[start], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(host, "exit");
  let said = "";
  host.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  try {
    const lines = createInterface(host.stdout);
    const [port] = (await Promise.race([
      once(lines, "line"),
      exited.then(() => {
        throw new Error(`The provider ended: ${said}`);
      }),
    ])) as [string];
    const client = new ResourceProviderClient(`127.0.0.1:${port.trim()}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
    });
    try {
      return await new Promise<Schema>((resolve, reject) => {
        client.getSchema(new GetSchemaRequest(), (error, response) => {
          if (error) reject(error);
          else resolve(JSON.parse(response.getSchema()) as Schema);
        });
      });
    } finally {
      client.close();
    }
  } finally {
    host.kill();
    await exited;
  }
}
