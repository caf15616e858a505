import { isIP } from "node:net";

/** A range of addresses. */
export interface Cidr {
  readonly version: 4 | 6;
  /** First address of the range, as a number. */
  readonly network: bigint;
  readonly prefix: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Parses a range in CIDR notation; undefined if the text is not one. `isNetwork` is false if bits after the prefix are set. */
export function parseCidr(text: string): (Cidr & { readonly isNetwork: boolean }) | undefined {
  const [, address = "", length = ""] = /^([0-9a-fA-F.:]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const parsed = parseAddress(address);
  const prefix = Number(length);
  if (!parsed || prefix > BITS[parsed.version]) return undefined;
  const network = maskBits(parsed.value, parsed.version, prefix);
  return { version: parsed.version, network, prefix, isNetwork: network === parsed.value };
}

/** Whether a range contains an address. `::ffff:192.0.2.1` counts as 192.0.2.1. False if the text is not an address. */
export function containsAddress({ version, network, prefix }: Cidr, address: string): boolean {
  const parsed = parseAddress(address.replace(/^::ffff:(?=\d+\.)/i, ""));
  return parsed?.version === version && maskBits(parsed.value, version, prefix) === network;
}

/** The canonical text of a range, for comparisons. */
export function cidrText({ version, network, prefix }: Cidr): string {
  const groups =
    version === 4
      ? Array.from({ length: 4 }, (_, i) => Number((network >> BigInt(24 - 8 * i)) & 0xffn).toString()).join(".")
      : Array.from({ length: 8 }, (_, i) => Number((network >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(":");
  return `${groups}/${prefix.toString()}`;
}

function maskBits(value: bigint, version: 4 | 6, prefix: number): bigint {
  const rest = BigInt(BITS[version] - prefix);
  return (value >> rest) << rest;
}

function parseAddress(text: string): { version: 4 | 6; value: bigint } | undefined {
  const version = isIP(text);
  if (version === 4) return { version, value: joinGroups(text.split("."), 8n, 10) };
  if (version !== 6) return undefined;
  // The last 32 bits can have the form of an IPv4 address.
  const hex = text.replace(/\d+\.\d+\.\d+\.\d+$/, (v4) => {
    const value = joinGroups(v4.split("."), 8n, 10);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [head = "", tail] = hex.split("::");
  const groups = (part: string | undefined) => (part === undefined || part === "" ? [] : part.split(":"));
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  return { version, value: joinGroups([...before, ...zeros, ...after], 16n, 16) };
}

function joinGroups(parts: readonly string[], bits: bigint, radix: 10 | 16): bigint {
  return parts.reduce((sum, part) => (sum << bits) | BigInt(Number.parseInt(part, radix)), 0n);
}
