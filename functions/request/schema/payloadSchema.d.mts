import type { SchemaCheck } from "./check.js";

/** A separate file of the archive that a component makes of the stack's schema: components/function/payloadSchema.ts. */
export declare const check: SchemaCheck;
