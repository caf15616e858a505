/** A request on its way to the origin. Several values of one header are not joined. */
export interface EdgeRequest {
  readonly id: string;
  readonly clientIp: string;
  readonly method: string;
  /** Path and query, unchanged. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}
