import { setImmediate as tick, setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Graph, type Resource } from "./graph";
import type { StackConfigValues } from "./project";
import { create, invoke, isRemote } from "./provider";
import type { Place } from "./services/creation";

/** The part of the SDK's mock monitor that is used here. The SDK does not export its type. */
interface Monitor {
  registerResource(
    request: RegisterResourceRequest,
    callback: (error: unknown, response: RegisterResourceResponse) => void,
  ): Promise<void>;
}

export interface RunOptions {
  /** True to run as `pulumi preview` does: computed outputs are unknown. */
  readonly preview: boolean;
  readonly place: Place;
}

/** How long the registrations of a program that failed may take to end, milliseconds. */
const LONGEST_END_MS = 1000;

/** The wire format of an unknown text. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type State = Pick<Resource, "id" | "inputs" | "outputs" | "custom">;
type Recorded = Omit<Resource, keyof State | "computed">;

/**
 * Runs a program without engine, CLI or account, and records the registered resources. Use it once per process, because a program's module
 * runs only once.
 *
 * @param program what to run; for a stack, the import of its index.ts
 * @throws the program's error; an Error for a resource type that local/program/services/ does not know
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

  // If a program throws, the SDK leaves unhandled rejections behind, for example of a resource that cannot be registered.
  const { stray, ignore } = unhandledRejection();
  try {
    await Promise.race([pulumi.runtime.runInPulumiStack(() => Promise.resolve(program())), stray]);
    await Promise.race([waitForCalls(() => requested), stray]);
  } catch (error) {
    // What the program has begun ends here, and not in the program that runs next in this process. An input that is rejected never ends.
    await Promise.race([waitForCalls(() => requested).catch(() => undefined), sleep(LONGEST_END_MS)]);
    // A provider failure reaches the program as a rejected registration. The provider's own message is more exact.
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

/** Rejects with the first unhandled rejection of this process, until `ignore` is called. */
function unhandledRejection(): { stray: Promise<never>; ignore: () => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const stray = new Promise<never>((_, refuse) => (reject = refuse));
  stray.catch(() => undefined);
  process.on("unhandledRejection", reject);
  return { stray, ignore: () => process.off("unhandledRejection", reject) };
}

/** The outputs that a provider adds to the inputs, unknown in preview. As in a stack's state, they include the `id`. */
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

// The stack's promise resolves before all resources are registered. Wait until no new calls come.
async function waitForCalls(requested: () => number): Promise<void> {
  const runtime = pulumi.runtime as typeof pulumi.runtime & { waitForRPCs(): Promise<void> };
  let before: number;
  do {
    before = requested();
    await runtime.waitForRPCs();
    await tick();
    await tick();
  } while (requested() !== before);
}
