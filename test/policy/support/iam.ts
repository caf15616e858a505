import { declare, type Declared, type Options } from "./declare";

export const RUNTIME = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";

/** A policy document as JSON text. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** The inline policy of a role that is not in the case. */
export function rolePolicy(document: unknown, options?: Options): readonly Declared[] {
  return [declare("rolePolicy", "rights", { role: "door", policy: document }, options)];
}

/** An Allow statement. */
export function allow(Action: unknown, Resource: unknown = "*", more: object = {}): object {
  return { Effect: "Allow", Action, Resource, ...more };
}
