import assert from "node:assert/strict";

/** One call of a method. */
export interface Watched {
  readonly result: unknown;
  readonly self: unknown;
  readonly parameters: readonly unknown[];
}

/**
 * Sees each call of a method of a double.
 *
 * @param owner a class, or its prototype
 * @returns a function that ends it
 */
export function watch(owner: object, method: string, seen: (call: Watched) => void): () => void {
  const methods = owner as Record<string, (...parameters: unknown[]) => unknown>;
  const original = methods[method];
  assert.ok(original, method);
  methods[method] = function (this: unknown, ...parameters) {
    const result = original.apply(this, parameters);
    seen({ result, self: this, parameters });
    return result;
  };
  return () => (methods[method] = original);
}
