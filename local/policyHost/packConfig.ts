import type { PackConfig } from "./host";

/**
 * The pack's config for a stack. With `runtimeUserId` the doors take the user id from the verified caller, so their roles may pass one on.
 *
 * @param runtimeUserId the stack's key, as text
 */
export function packConfigOf(runtimeUserId: string | undefined): PackConfig {
  return runtimeUserId === "true"
    ? { "fd-iam-agent-actions": { forUser: true }, "fd-iam-invoke-for-user": { userIdFromCaller: true } }
    : {};
}
