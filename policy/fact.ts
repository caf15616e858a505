import { UnknownValueError } from "@pulumi/policy";

/** A value that is known, or not yet. */
export type Fact<T> = { readonly known: true; readonly value: T } | { readonly known: false };

/**
 * Reads a value that may be unknown in preview. An unknown that escapes would end the policy with one advisory
 * line and lose every finding after it.
 */
export function fact<T>(read: () => T): Fact<T> {
  try {
    return { known: true, value: read() };
  } catch (error) {
    if (error instanceof UnknownValueError) return { known: false };
    throw error;
  }
}
