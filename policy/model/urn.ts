/** The type in a URN: `urn:pulumi:stack::project::parent$type::name`. Also of a resource that is not in the stack's graph. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** The stack in a URN. */
export const stackOf = (urn: string): string => urn.split(":")[2] ?? "";

/** The project in a URN. */
export const projectOf = (urn: string): string => urn.split("::")[1] ?? "";

export const STACK_REFERENCE = "pulumi:pulumi:StackReference";
