import { LAMBDA_CONCURRENCY } from "../../contract/aws/limits";
import { addressLimit, holding, type CallerLimit } from "../../contract/config/holdings";

const NEW_ACCOUNT = 10;

const ROWS: readonly (readonly [caller: string, limit: CallerLimit, durationSeconds: number, slots: number])[] = [
  ["key: 2/s, burst 2", { rate: 2, burst: 2 }, 300, 50],
  ["key: 1/s, burst 5, short answers", { rate: 1, burst: 5 }, 30, 50],
  ["key: 1/s, burst 2, buffered", { rate: 1, burst: 2 }, 29, 50],
  ["key: the stage's 50/s, burst 100", { rate: 50, burst: 100 }, 300, LAMBDA_CONCURRENCY.quota],
  ["key: the stage's 50/s, burst 100, new account", { rate: 50, burst: 100 }, 300, NEW_ACCOUNT],
  ["address: 1,000 in 300 s", addressLimit(1000), 300, 50],
  ["address: 20 in 300 s", addressLimit(20), 300, 50],
  ["principal at a REST door: the stage's 10/s, burst 20", { rate: 10, burst: 20 }, 300, 50],
  ["principal at a Function URL", { rate: Infinity, burst: Infinity }, 300, 50],
];

/** The table of docs/limits.md: what one caller can hold. */
export function holdingsTable(): string {
  const rows = ROWS.map(([caller, limit, duration, slots]) => {
    const { held, fullAfterSeconds } = holding(limit, duration, slots);
    const full =
      fullAfterSeconds === undefined ? "never" : fullAfterSeconds === 0 ? "at once" : `${fullAfterSeconds} s`;
    return `| ${caller} | ${duration} s | ${slots} | ${held} | ${full} |`;
  });
  return `| caller | longest request | concurrency | it can hold | all of it after |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}`;
}
