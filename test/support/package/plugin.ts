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

/**
 * The schema of components/, as `pulumi package add ./components` gets it: from the SDK's own plugin host in its own process, over gRPC.
 *
 * @throws Error with the host's output if a component is not portable
 */
export async function pluginSchema(): Promise<Schema> {
  const folder = join(ROOT, "components");
  // The host's second argument is the engine's address, which a schema does not need.
  const host = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/run-plugin"), folder, "127.0.0.1:1"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(host, "exit");
  let said = "";
  host.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  try {
    const lines = createInterface(host.stdout);
    const [port] = (await Promise.race([
      once(lines, "line"),
      exited.then(() => {
        throw new Error(`The plugin host ended: ${said}`);
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
