/** A request on its way to the origin: values of one name stay apart. */
export interface EdgeRequest {
  readonly id: string;
  readonly clientIp: string;
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}
