import { setImmediate as tick } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Graph, type Resource } from "./graph";
import type { StackConfigValues } from "./project";
import { create, invoke, isRemote } from "./provider";
import type { Place } from "./services/creation";

/** What the SDK's mock monitor offers, as far as it is used here; its own type is not exported. */
interface Monitor {
  registerResource(
    request: RegisterResourceRequest,
    callback: (error: unknown, response: RegisterResourceResponse) => void,
  ): Promise<void>;
}

export interface RunOptions {
  /** As `pulumi preview` does: computed outputs stay unknown. */
  readonly preview: boolean;
  readonly place: Place;
}

/** What stands for an unknown text on the wire. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type State = Pick<Resource, "id" | "inputs" | "outputs" | "custom">;
type Recorded = Omit<Resource, keyof State | "computed">;

/**
 * Runs a program without engine, CLI or account, and records what it registers. Once a process: a program's module runs once.
 *
 * @param program what to run; for a stack, the import of its index.ts
 * @throws what the program throws, and an Error for a resource type that local/program/services/ do not know
 */
export async function runProgram(
  { project, stack, config }: StackConfigValues,
  { preview, place }: RunOptions,
  program: () => unknown,
): Promise<Graph> {
  const made = new Map<string, State>();
  let failure: unknown;

  pulumi.runtime.setAllConfig({ ...config });
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => {
        const key = `${type} ${name}`;
        if (custom !== true && !isRemote(type)) {
          made.set(key, { id: "", inputs: inputs as Resource["inputs"], outputs: {}, custom: false });
          return { id: undefined, state: {} };
        }
        try {
          const { id, outputs } = create(type, name, inputs as Resource["inputs"], place);
          made.set(key, { id, inputs: inputs as Resource["inputs"], outputs, custom: custom === true });
          return preview ? { id: undefined, state: inputs as object } : { id, state: outputs };
        } catch (error) {
          failure ??= error;
          throw error;
        }
      },
      call: ({ token, inputs }) => invoke(token, inputs as Resource["inputs"], place),
    },
    project,
    stack,
    preview,
  );

  const recorded: Recorded[] = [];
  let requested = 0;
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requested++;
    return register(request, (error, response) => {
      if (!error) recorded.push(record(request, response.getUrn()));
      callback(error, response);
    });
  };

  // Of a program that throws, the SDK leaves rejections behind that nobody awaits, as of a resource that cannot be registered.
  const { stray, ignore } = strayRejection();
  try {
    await Promise.race([pulumi.runtime.runInPulumiStack(() => Promise.resolve(program())), stray]);
    await Promise.race([settle(() => requested), stray]);
  } catch (error) {
    // A provider failure reaches the program as a rejected registration; its own message says more.
    throw failure ?? error;
  } finally {
    ignore();
  }
  return new Graph(
    recorded.flatMap((resource) => {
      const state = made.get(`${resource.type} ${resource.name}`);
      return state ? [{ ...resource, ...state, computed: computed(state, preview) }] : [];
    }),
  );
}

/** Rejects with the first rejection of this process that nobody handles, until it is to be ignored. */
function strayRejection(): { stray: Promise<never>; ignore: () => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const stray = new Promise<never>((_, refuse) => (reject = refuse));
  stray.catch(() => undefined);
  process.on("unhandledRejection", reject);
  return { stray, ignore: () => process.off("unhandledRejection", reject) };
}

/** What a provider adds to the inputs, unknown in preview; the `id` is among it, as in a stack's state. */
function computed({ id, inputs, outputs, custom }: State, preview: boolean): Record<string, unknown> {
  if (!custom) return {};
  const added = Object.entries({ ...outputs, id }).filter(([key]) => !(key in inputs));
  return Object.fromEntries(added.map(([key, value]) => [key, preview ? UNKNOWN : value]));
}

function record(request: RegisterResourceRequest, urn: string): Recorded {
  const propertyDependencies = new Map<string, readonly string[]>();
  request.getPropertydependenciesMap().forEach((value, key) => propertyDependencies.set(key, value.getUrnsList()));
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    protect: request.getProtect() ?? false,
    ignoreChanges: request.getIgnorechangesList(),
    wire: request.getObject(),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
  };
}

// The stack's own promise resolves with its outputs, not with its resources: wait until a round of calls makes no more.
async function settle(requested: () => number): Promise<void> {
  const runtime = pulumi.runtime as typeof pulumi.runtime & { waitForRPCs(): Promise<void> };
  let before: number;
  do {
    before = requested();
    await runtime.waitForRPCs();
    await tick();
    await tick();
  } while (requested() !== before);
}
