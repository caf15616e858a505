import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";

interface Archive {
  readonly __pulumiArchive?: boolean;
  assets?: unknown;
}

/**
 * Puts the parts of archives where their promises are: the SDK unpacks an archive of parts into a promise of them, which no rule could read.
 *
 * @returns a promise if there is something to wait for
 */
export function settleArchives(args: ResourceValidationArgs | StackValidationArgs): Promise<void> | undefined {
  const resources: readonly { readonly props: object }[] = "resources" in args ? args.resources : [args];
  const waiting = resources.flatMap(({ props }) => promisedIn(props));
  return waiting.length === 0 ? undefined : Promise.all(waiting.map(settle)).then(() => undefined);
}

/** Archives among the values of an object. Descriptors are read, since the SDK's proxy throws on what is not known. */
function promisedIn(values: object): readonly Archive[] {
  return Object.keys(values).flatMap((key) => {
    const value: unknown = Object.getOwnPropertyDescriptor(values, key)?.value;
    return isArchive(value) && value.assets instanceof Promise ? [value] : [];
  });
}

const isArchive = (value: unknown): value is Archive =>
  typeof value === "object" && value !== null && (value as Archive).__pulumiArchive === true;

async function settle(archive: Archive): Promise<void> {
  archive.assets = await archive.assets;
  await Promise.all(promisedIn(archive.assets as object).map(settle));
}
