import { isIPv4, isIPv6 } from "node:net";

/** An IPv4 range in CIDR form. */
export interface Ipv4Range {
  readonly prefix: number;
  /** The range as its first address writes it. */
  readonly start: string;
}

/** The range of `10.0.0.0/16`, or undefined where the text is none. */
export function ipv4Range(text: string): Ipv4Range | undefined {
  const [address = "", length = "", ...more] = text.split("/");
  if (!isIPv4(address) || !isLength(length, 32) || more.length > 0) return undefined;
  const prefix = Number(length);
  const bits = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefix);
  const first = bits - (bits % size);
  const start = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".");
  return { prefix, start: `${start}/${length}` };
}

/** True for an IPv4 or IPv6 address, or a range of them in CIDR form. */
export function isAddressRange(text: string): boolean {
  const [address = "", length, ...more] = text.split("/");
  if (more.length > 0) return false;
  if (isIPv4(address)) return length === undefined || isLength(length, 32);
  return isIPv6(address) && (length === undefined || isLength(length, 128));
}

function isLength(text: string, most: number): boolean {
  return /^(?:0|[1-9][0-9]{0,2})$/.test(text) && Number(text) <= most;
}
