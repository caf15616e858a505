import {
  FREE_STREAM_BYTES,
  FREE_TIER,
  PRICE_TIERS,
  PRICES_USD,
  REST_CALL_BYTES,
  WAF_BODY_BLOCK_BYTES,
  type Tier,
} from "../../contract/aws/prices";
import { WAF_BODY_WINDOW_KB } from "../../contract/aws/limits";
import { METRIC_UNITS } from "../../contract/runtime/metrics";
import { DOORS } from "../../contract/wire/doors";
import type { Architecture, Declared, DeclaredDoor, DeclaredWebAcl } from "./declared";
import type { Usage } from "./usage";

/** Hours and seconds of a month, as AWS's calculator counts them. */
const MONTH_HOURS = 730;
export const MONTH_SECONDS = MONTH_HOURS * 3600;

const GB = 1e9;

/** Bytes that a request writes to each log: the door's line and Lambda's two, a line of the access log, a line of the web ACL. Seen with short prompts. */
const LOG_BYTES = { function: 1800, access: 700, webAcl: 1500 } as const;

/** CloudWatch Logs stores compressed text: AWS's examples count 15 %. */
const COMPRESSION = 0.15;

/** An authorizer and an edge function run for about this time, seconds, with this memory, gigabytes. */
const SHORT_RUN_SECONDS = 0.02;
const SHORT_RUN_GB = { authorizer: 0.25, edge: 0.125 } as const;

/** Lambda's sampling: the first request of each second, and 5 % of the others. https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html */
const SAMPLED = 0.05;

/** The lines of a bill. Those of `DOOR_ITSELF` come first. */
export const DOOR_ITSELF = [
  "Lambda requests",
  "Lambda time",
  "Lambda kept warm",
  "Lambda streamed bytes",
  "API Gateway calls",
] as const;
const AROUND = [
  "authorizer, at most",
  "web ACL a month",
  "web ACL requests",
  "CloudFront",
  "Lambda@Edge",
  "bytes to the internet",
  "logs",
  "metrics",
  "traces",
  "CloudTrail",
  "KMS key",
] as const;
export const BILL_LINES = [...DOOR_ITSELF, ...AROUND] as const;
export type BillLine = (typeof BILL_LINES)[number];

/** US dollars a month, by line. */
export type Bill = Readonly<Record<BillLine, number>>;

/** The price of an amount. @param free amount that costs nothing */
export function tiered(tiers: readonly Tier[], amount: number, free = 0): number {
  let [from, usd] = [0, 0];
  for (const tier of tiers) {
    const units = Math.min(Math.max(0, amount - free), tier.upTo) - from;
    if (units <= 0) break;
    usd += units * tier.usd;
    from = tier.upTo;
  }
  return usd;
}

/**
 * What a month costs if all requests go through one door, US dollars.
 *
 * @param architecture counted in place of the declared one
 */
export function billOf(door: DeclaredDoor, usage: Usage, architecture: Architecture = door.architecture): Bill {
  const { requests, seconds, bytes, freeTier } = usage;
  const free = (amount: number): number => (freeTier ? amount : 0);
  const { rest, buffered } = DOORS[door.name];
  const gb = (usage.memoryMb ?? door.memoryMb) / 1024;
  const million = requests / 1e6;

  const gbSeconds = requests * seconds * gb;
  const warmGbSeconds = door.provisioned * MONTH_SECONDS * gb;
  const onWarm = Math.min(gbSeconds, warmGbSeconds);
  const { keptGbSecond, usedGbSecond } = PRICES_USD.lambdaProvisioned[architecture];
  const streamedGb = buffered ? 0 : (requests * Math.max(0, bytes - FREE_STREAM_BYTES)) / GB;
  const calls = rest ? requests * (buffered ? 1 : Math.max(1, Math.ceil(bytes / REST_CALL_BYTES))) : 0;
  const invocations = Math.max(0, requests - free(FREE_TIER.lambdaRequests)) / 1e6;
  const webAcl = door.webAcl ?? door.edge?.webAcl;
  const bodyBlocks = Math.ceil(Math.min(usage.promptBytes, WAF_BODY_WINDOW_KB * 1024) / WAF_BODY_BLOCK_BYTES) - 1;
  const outGb = (requests * bytes) / GB;
  const traces = door.traced ? Math.min(requests, MONTH_SECONDS + SAMPLED * Math.max(0, requests - MONTH_SECONDS)) : 0;

  return {
    "Lambda requests": invocations * PRICES_USD.lambdaMillionRequests,
    "Lambda time":
      tiered(PRICE_TIERS.lambdaGbSecond[architecture], gbSeconds - onWarm, free(FREE_TIER.lambdaGbSeconds)) +
      onWarm * usedGbSecond,
    "Lambda kept warm": warmGbSeconds * keptGbSecond,
    "Lambda streamed bytes": Math.max(0, streamedGb - free(FREE_TIER.lambdaStreamedGb)) * PRICES_USD.lambdaStreamedGb,
    "API Gateway calls": tiered(PRICE_TIERS.restCall, calls),
    "authorizer, at most": door.authorizer
      ? million * PRICES_USD.lambdaMillionRequests +
        requests * SHORT_RUN_SECONDS * SHORT_RUN_GB.authorizer * PRICES_USD.lambdaGbSecond
      : 0,
    "web ACL a month": webAcl ? PRICES_USD.webAcl + webAcl.rules * PRICES_USD.webAclRule : 0,
    "web ACL requests": webAcl
      ? million * (PRICES_USD.wafMillionRequests + Math.max(0, bodyBlocks) * PRICES_USD.wafMillionBodyBlocks)
      : 0,
    CloudFront: door.edge
      ? Math.max(0, million - free(FREE_TIER.cloudFrontRequests) / 1e6) * PRICES_USD.cloudFrontMillionRequests +
        tiered(PRICE_TIERS.cloudFrontGb, outGb, free(FREE_TIER.cloudFrontGb)) +
        ((requests * usage.promptBytes) / GB) * PRICES_USD.cloudFrontToOriginGb
      : 0,
    "Lambda@Edge":
      door.edge?.signer === true
        ? million * PRICES_USD.lambdaEdgeMillionRequests +
          requests * SHORT_RUN_SECONDS * SHORT_RUN_GB.edge * PRICES_USD.lambdaEdgeGbSecond
        : 0,
    "bytes to the internet": door.edge ? 0 : tiered(PRICE_TIERS.internetGb, outGb, free(FREE_TIER.internetGb)),
    logs: logsOf(requests, rest, webAcl, door.retentionDays, free(FREE_TIER.logsGb)),
    metrics: Math.max(0, Object.keys(METRIC_UNITS).length - free(FREE_TIER.metrics)) * PRICES_USD.metric,
    traces: (Math.max(0, traces - free(FREE_TIER.traces)) / 1e6) * PRICES_USD.millionTraces,
    CloudTrail: usage.cloudTrail ? million * PRICES_USD.millionDataEvents : 0,
    "KMS key": door.keys * PRICES_USD.kmsKey,
  };
}

function logsOf(
  requests: number,
  rest: boolean,
  webAcl: DeclaredWebAcl | undefined,
  retentionDays: number,
  freeGb: number,
): number {
  const bytes = LOG_BYTES.function + (rest ? LOG_BYTES.access : 0) + (webAcl?.logged === true ? LOG_BYTES.webAcl : 0);
  const gb = (requests * bytes) / GB;
  // As many days of logs are stored as they are kept, once the stack is that old.
  const storedGb = gb * (retentionDays / (MONTH_HOURS / 24)) * COMPRESSION;
  return tiered(PRICE_TIERS.logsGb, gb, freeGb) + storedGb * PRICES_USD.logsStoredGb;
}

/** The sum of some lines of a bill. */
export const total = (bill: Bill, lines: readonly BillLine[] = BILL_LINES): number =>
  lines.reduce((sum, line) => sum + bill[line], 0);

/** What a stack costs beside its doors, US dollars a month. */
export function sharedBill(declared: Declared, freeTier: boolean): Readonly<Record<string, number>> {
  const paid = (count: number, free: number): number => Math.max(0, count - (freeTier ? free : 0));
  return {
    alarms: paid(declared.alarmMetrics, FREE_TIER.alarmMetrics) * PRICES_USD.alarmMetric,
    dashboards: paid(declared.dashboards, FREE_TIER.dashboards) * PRICES_USD.dashboard,
    "interface endpoints": declared.endpoints * MONTH_HOURS * PRICES_USD.endpointHour,
  };
}

/**
 * What AgentCore bills for the agent, US dollars a month: CPU for what a request uses, memory for as long as the session is there.
 * https://aws.amazon.com/bedrock/agentcore/pricing/
 */
export function agentBill({ requests, seconds, agent }: Usage): number {
  const sessions = requests / agent.requestsPerSession;
  const gbSeconds = (requests * seconds + sessions * agent.idleSeconds) * agent.memoryGb;
  return (requests * agent.cpuSeconds * PRICES_USD.agentVcpuHour) / 3600 + (gbSeconds * PRICES_USD.agentGbHour) / 3600;
}
