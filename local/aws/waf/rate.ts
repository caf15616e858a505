/**
 * Counts requests by key over a sliding window. AWS looks about every ten seconds and so lets some more through; this counts each.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-request-limiting.html
 */
export class RateCounter {
  private readonly seen = new Map<string, number[]>();

  /** @param now milliseconds since the epoch */
  constructor(private readonly now: () => number) {}

  /** Counts a request, and tells whether there are more than `limit` within the window. */
  exceeds(key: string, limit: number, windowMs: number): boolean {
    const now = this.now();
    const recent = (this.seen.get(key) ?? []).filter((time) => time > now - windowMs);
    // More than the limit and one need not be remembered: the newest keep it exceeded.
    const kept = [...recent, now].slice(-(limit + 1));
    this.seen.set(key, kept);
    return kept.length > limit;
  }
}
