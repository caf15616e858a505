import { HOOK_NAMES, type Hooks } from "../../contract/runtime/hooks";
import { HookFault } from "./fault";

/** The module of the archive: the stack's own file, or the caller of the stack's own function. */
export const hooksOfArchive = (): Promise<object> => import("./hooks.mjs");

/**
 * Loads the hooks. Loading begins at once, while the sandbox starts.
 *
 * @returns a function that waits for them, and throws HookFault if they cannot be used
 */
export function loadHooks(load: () => Promise<object>): () => Promise<Hooks> {
  const loading = load().then(usable, (error: unknown) => {
    throw new HookFault("HOOK_FAILED", "the module cannot be loaded", error);
  });
  // Each request reports it. Without this, Node.js would end the process now.
  loading.catch(() => undefined);
  return () => loading;
}

function usable(module: object): Hooks {
  const exported = module as Readonly<Partial<Record<string, unknown>>>;
  if (HOOK_NAMES.some((name) => exported[name] !== undefined && typeof exported[name] !== "function"))
    throw new HookFault("HOOK_FAILED", "a hook is not a function");
  return module;
}
