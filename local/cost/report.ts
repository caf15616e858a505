import { BUFFERED_INTEGRATION_SECONDS, LAMBDA_PAYLOAD_BYTES } from "../../contract/aws/limits";
import { PRICES_DATE, PRICES_REGION, PRICE_SOURCES } from "../../contract/aws/prices";
import { DOORS } from "../../contract/wire/doors";
import { agentBill, BILL_LINES, billOf, DOOR_ITSELF, sharedBill, total, type Bill } from "./bill";
import { breakEven, type BreakEven, type Cheaper, type Varied } from "./breakEven";
import { limitsOf, loadOf, type Limit, type Load } from "./capacity";
import type { Architecture, Declared, DeclaredDoor } from "./declared";
import type { Usage } from "./usage";

const ARCHITECTURES: readonly Architecture[] = ["arm64", "x86_64"];

/** What one door costs and bears. */
export interface DoorCost {
  readonly door: string;
  /** US dollars a month, by line. */
  readonly bill: Readonly<Record<Architecture, Bill>>;
  /** Lambda and API Gateway alone. */
  readonly doorItself: Readonly<Record<Architecture, number>>;
  readonly total: Readonly<Record<Architecture, number>>;
  readonly limits: readonly Limit[];
  /** Why the door cannot serve such answers, if it cannot. */
  readonly cannot: readonly string[];
}

/** Everything that `npm run cost` says. */
export interface CostReport {
  readonly prices: {
    readonly date: string;
    readonly region: string;
    readonly sources: Readonly<Record<string, string>>;
  };
  readonly region: string;
  readonly usage: Usage;
  readonly doors: readonly DoorCost[];
  /** US dollars a month beside the doors. */
  readonly shared: Readonly<Record<string, number>>;
  /** US dollars a month that AgentCore bills. */
  readonly agent: number;
  readonly load: Load;
  readonly breakEven: readonly (BreakEven & { readonly doors: readonly [string, string] })[];
}

const labelOf = (door: DeclaredDoor): string => (door.edge ? `${door.name} + CloudFront` : door.name);

const byArchitecture = <T>(make: (architecture: Architecture) => T): Record<Architecture, T> => ({
  arm64: make("arm64"),
  x86_64: make("x86_64"),
});

export function costReport(declared: Declared, usage: Usage): CostReport {
  const pairs = declared.doors.flatMap((a, index) => declared.doors.slice(index + 1).map((b) => [a, b] as const));
  return {
    prices: { date: PRICES_DATE, region: PRICES_REGION, sources: PRICE_SOURCES },
    region: declared.region,
    usage,
    doors: declared.doors.map((door) => {
      const bill = byArchitecture((architecture) => billOf(door, usage, architecture));
      return {
        door: labelOf(door),
        bill,
        doorItself: byArchitecture((architecture) => total(bill[architecture], DOOR_ITSELF)),
        total: byArchitecture((architecture) => total(bill[architecture])),
        limits: limitsOf(door, usage),
        cannot: cannotServe(door, usage),
      };
    }),
    shared: sharedBill(declared, usage.freeTier),
    agent: agentBill(usage),
    load: loadOf(usage),
    breakEven: pairs.flatMap(([a, b]) =>
      (["requests", "bytes"] as const satisfies readonly Varied[]).map((of) => ({
        doors: [labelOf(a), labelOf(b)] as const,
        ...breakEven([a, b], usage, of),
      })),
    ),
  };
}

function cannotServe({ name }: DeclaredDoor, { seconds, bytes }: Usage): string[] {
  if (!DOORS[name].buffered) return [];
  return [
    ...(seconds > BUFFERED_INTEGRATION_SECONDS
      ? [`It waits ${String(BUFFERED_INTEGRATION_SECONDS)} s for an answer, unless the quota L-E5AE38E3 is raised.`]
      : []),
    ...(bytes > LAMBDA_PAYLOAD_BYTES ? ["It returns 6 MB at the most."] : []),
  ];
}

const usd = (amount: number): string =>
  `$${amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const count = (amount: number): string => amount.toLocaleString("en", { maximumFractionDigits: amount < 10 ? 2 : 0 });

/** The report as text for a terminal. */
export function reportText(report: CostReport): string {
  const { usage, prices, doors, load } = report;
  const freeTier = usage.freeTier
    ? "what is free each month for every account taken off"
    : "nothing free taken off (--free-tier)";
  const memory = usage.memoryMb === undefined ? "the declared memory" : `${count(usage.memoryMb)} MB`;
  return [
    `${count(usage.requests)} requests a month of ${count(usage.seconds)} s, ${memory}, ${count(usage.bytes)} bytes an answer; if all go through one door.`,
    `US dollars a month in ${prices.region}, prices of ${prices.date}, ${freeTier}.`,
    ...(report.region === prices.region ? [] : [`The stack is in ${report.region}, where prices differ.`]),
    "",
    table([
      ["", ...doors.map(({ door }) => door)],
      ...BILL_LINES.filter((line) => doors.some(({ bill }) => bill.arm64[line] > 0)).map((line) => [
        line,
        ...doors.map(({ bill }) => usd(bill.arm64[line])),
      ]),
      ...ARCHITECTURES.map((architecture) => [
        `= Lambda and API Gateway, ${architecture}`,
        ...doors.map(({ doorItself }) => usd(doorItself[architecture])),
      ]),
      ...ARCHITECTURES.map((architecture) => [
        `= all of the door, ${architecture}`,
        ...doors.map((door) => usd(door.total[architecture])),
      ]),
    ]),
    "The lines are those of arm64, which the program deploys.",
    ...doors.flatMap(({ door, cannot }) => cannot.map((text) => `${door} cannot serve such answers. ${text}`)),
    "",
    ...Object.entries(report.shared)
      .filter(([, amount]) => amount > 0)
      .map(([name, amount]) => `Beside the doors: ${name} ${usd(amount)}`),
    `The agent itself, whichever door calls it: ${usd(report.agent)} (${count(usage.agent.cpuSeconds)} s of a vCPU a request, ${count(usage.agent.memoryGb)} GB a session, ${count(usage.agent.requestsPerSession)} requests a session, ${count(usage.agent.idleSeconds)} s idle). Models are not counted.`,
    "",
    "Which door costs less",
    ...report.breakEven.map(breakEvenLine),
    "",
    `Streams at once: ${count(load.streams.average)} on average (${count(load.rate.average)} requests a second x ${count(usage.seconds)} s), ${count(load.streams.busiest)} in the busiest minute (x ${count(usage.peak)})`,
    ...doors.flatMap(({ door, limits }) => [
      "",
      `${door}: what ends the rise, the lowest first`,
      ...limits.map(
        ({ name, requestsPerSecond, raise }) =>
          `  ${count(requestsPerSecond).padStart(9)} requests/s  ${name}${requestsPerSecond < load.rate.busiest ? "  <- below the busiest minute" : ""}. To raise it: ${raise}.`,
      ),
    ]),
    "",
    "Sources of the prices",
    ...Object.entries(prices.sources).map(([service, url]) => `  ${service}: ${url}`),
  ].join("\n");
}

const UNITS: Readonly<Record<Varied, string>> = { requests: "requests a month", bytes: "bytes an answer" };

function breakEvenLine({ doors, of, first, change }: CostReport["breakEven"][number]): string {
  const [a, b] = doors;
  const says = (cheaper: Cheaper): string =>
    cheaper === "same"
      ? `${a} and ${b} cost the same`
      : `${doors[cheaper]} costs less than ${doors[cheaper === 0 ? 1 : 0]}`;
  return change
    ? `  ${says(first)} below ${count(change.from)} ${UNITS[of]}, then ${says(change.then)}.`
    : `  ${says(first)}, whatever the ${UNITS[of]}.`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
