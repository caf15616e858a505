import { createHash, createHmac } from "node:crypto";

/** Replaces `@smithy/core/checksum` in the bundle, whose SHA-256 has an implementation in JavaScript with it. Lambda always has the native one. */
export class Sha256 {
  private hash;

  /** @param secret makes it an HMAC */
  constructor(private readonly secret?: string | Uint8Array) {
    this.hash = this.start();
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  reset(): void {
    this.hash = this.start();
  }

  private start() {
    return this.secret === undefined ? createHash("sha256") : createHmac("sha256", this.secret);
  }
}
