import { parseArgs } from "node:util";

export const USAGE = `Usage: npm run doctor [-- --stack NAME] [--config-file FILE] [--offline] [--json]
       npm run doctor -- --stack NAME --fix account-logging [--yes]

Looks for what would stop \`pulumi up\`: on this machine, in the stack's config and, with AWS credentials, in the account. It only reads.

  --stack NAME           the stack: Pulumi.NAME.yaml (default: dev)
  --config-file FILE     the stack's config from another file
  --offline              does not look for credentials
  --json                 standard output is JSON
  --fix account-logging  creates the role with which API Gateway writes logs, and sets it for the account and region, after asking
  --yes                  with --fix: does not ask

Exit code: 0 if nothing is wrong, 1 if something is, 2 for wrong options.`;

export interface DoctorOptions {
  readonly stack: string;
  readonly configFile: string | undefined;
  readonly offline: boolean;
  readonly json: boolean;
  readonly fix: "account-logging" | undefined;
  readonly yes: boolean;
}

/** @throws Error with the option and the remedy */
export function readDoctorOptions(args: readonly string[]): DoctorOptions | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string", default: "dev" },
      "config-file": { type: "string" },
      offline: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      fix: { type: "string" },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const { stack, offline, json, fix, yes } = values;
  if (fix !== undefined && fix !== "account-logging") throw new Error(`--fix is "${fix}". Use account-logging.`);
  if (fix !== undefined && offline) throw new Error("--fix needs credentials. Leave --offline out.");
  if (yes && fix === undefined) throw new Error("--yes is only for --fix. Leave it out, or add --fix account-logging.");
  return { stack, configFile: values["config-file"], offline, json, fix, yes };
}
