import type { GatewayResponseType } from "./responses";

/** A request that an authorizer does not let in. */
export interface Denied {
  readonly type: GatewayResponseType;
  readonly note?: string;
}

/** What the function finds in `requestContext.authorizer`. */
export interface Admitted {
  readonly authorizer: Readonly<Record<string, unknown>>;
}
