import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Deployment } from "@pulumi/pulumi/automation";
import type { Config } from "../support/stack";

/** A stack as a version of the program left it. */
export interface KeptState {
  /** The config that it was deployed with, with `aws:region`. */
  readonly config: Config;
  readonly state: Deployment;
}

/** The versions whose states are kept. */
export const VERSIONS: readonly string[] = readdirSync(__dirname, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

export function keptStacks(version: string): readonly string[] {
  return readdirSync(join(__dirname, version)).map((file) => file.replace(/\.json\.gz$/, ""));
}

export function readState(version: string, stack: string): KeptState {
  return JSON.parse(gunzipSync(readFileSync(fileOf(version, stack))).toString()) as KeptState;
}

export function writeState(version: string, stack: string, kept: KeptState): void {
  mkdirSync(join(__dirname, version), { recursive: true });
  writeFileSync(fileOf(version, stack), gzipSync(JSON.stringify(kept)));
}

function fileOf(version: string, stack: string): string {
  return join(__dirname, version, `${stack}.json.gz`);
}
