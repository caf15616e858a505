import type { PackConfig } from "./host";

/** What the pack's config for a stack depends on: values of its keys, as text. */
export interface Deciding {
  readonly runtimeUserId?: string | undefined;
  readonly hookStatements?: string | undefined;
}

/**
 * The pack's config for a stack, as its security team would write it. With `runtimeUserId` the doors take the user id from the verified caller, so
 * their roles may pass one on; with `hookStatements` they have the rights of the stack's own code. The config must be valid.
 */
export function packConfigOf({ runtimeUserId, hookStatements = "[]" }: Deciding): PackConfig {
  const actions = (JSON.parse(hookStatements) as readonly { readonly actions: readonly string[] }[]).flatMap(
    (statement) => statement.actions,
  );
  return {
    ...(runtimeUserId === "true" && {
      "fd-iam-agent-actions": { forUser: true },
      "fd-iam-invoke-for-user": { userIdFromCaller: true },
    }),
    ...(actions.length > 0 && { "fd-iam-front-door-role": { actions } }),
  };
}

/** The same, out of the values of a stack. */
export function decidingOf(config: Readonly<Record<string, string>>, project: string): Deciding {
  return { runtimeUserId: config[`${project}:runtimeUserId`], hookStatements: config[`${project}:hookStatements`] };
}
