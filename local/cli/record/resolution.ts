import Module from "node:module";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../program/project";

/** Packages that the program and the local target must share: their state is in their modules. */
const SHARED = /^@pulumi\/pulumi(?:\/|$)/;

/** The name under which a program imports the components. */
const COMPONENTS = "agentcore-front-door";

type Resolve = (request: string, parent: unknown, isMain: boolean, options?: { paths: string[] }) => string;

/**
 * Lets a program outside of this project use its packages: Pulumi's SDK is always this project's, and what the program has not installed
 * itself, also the components, is taken from here.
 */
export function resolveFromProject(): void {
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const find = loader._resolveFilename.bind(loader);
  const here = { paths: [PROJECT_ROOT] };
  loader._resolveFilename = (request, parent, isMain, options) => {
    if (SHARED.test(request)) return find(request, parent, isMain, here);
    try {
      return find(request, parent, isMain, options);
    } catch (error) {
      if (request === COMPONENTS) return find(join(PROJECT_ROOT, "components"), parent, isMain);
      if (/^[./]|^node:|^[a-z]:/i.test(request)) throw error;
      return find(request, parent, isMain, here);
    }
  };
}
