/**
 * Counts requests by key over a sliding window. AWS checks about every ten seconds and so lets some more requests through; this counter
 * checks each request.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-request-limiting.html
 */
export class RateCounter {
  private readonly seen = new Map<string, number[]>();

  /** @param now milliseconds since the epoch */
  constructor(private readonly now: () => number) {}

  /** Counts a request. Returns whether there are more than `limit` within the window. */
  exceeds(key: string, limit: number, windowMs: number): boolean {
    const now = this.now();
    const recent = (this.seen.get(key) ?? []).filter((time) => time > now - windowMs);
    // Keep only the newest limit + 1: they are enough to exceed the limit.
    const kept = [...recent, now].slice(-(limit + 1));
    this.seen.set(key, kept);
    return kept.length > limit;
  }
}
