import type { GatewayResponseType } from "./responses";

/** A request that an authorizer refuses. */
export interface Denied {
  readonly type: GatewayResponseType;
  readonly note?: string;
}

/** `requestContext.authorizer` in the function's event. */
export interface Admitted {
  readonly authorizer: Readonly<Record<string, unknown>>;
}
