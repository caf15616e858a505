import { parseRuntimeArn } from "../../contract/aws/arn";
import { checkSettings } from "../../contract/config/check";
import { validatePlaceholders } from "../../contract/config/placeholders";
import { readConfig } from "../../contract/config/read";
import type { Settings } from "../../contract/config/settings";
import { readStack } from "../program/project";
import { fine, notChecked, wrong, type Finding } from "./finding";

/** A stack's config that is valid. */
export interface DoctorStack {
  readonly settings: Settings;
  readonly region: string;
  /** Config of the aws provider, without its prefix. */
  readonly aws: Readonly<Record<string, string>>;
}

/** Reads and validates a stack's config as the program does. */
export function checkStackConfig(
  stack: string,
  configFile: string | undefined,
): { readonly finding: Finding; readonly stack?: DoctorStack } {
  const check = "stack config";
  try {
    const { config, project, file } = readStack(stack, configFile);
    const own = Object.fromEntries(Object.entries(config).filter(([key]) => key.startsWith(`${project}:`)));
    const read = readConfig(own, project);
    const aws = Object.fromEntries(
      Object.entries(config).flatMap(([key, value]) =>
        key.startsWith("aws:") ? [[key.slice(4), value] as const] : [],
      ),
    );
    const region = aws["region"] ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
    if (region === undefined)
      return {
        finding: wrong(check, `${file} has no aws:region.`, `Set it: pulumi config set aws:region ${regionOf(read)}.`),
      };
    const settings = checkSettings(read, region);
    return { finding: fine(check, `${file} is valid for ${region}`), stack: { settings, region, aws } };
  } catch (error) {
    return { finding: wrong(check, (error as Error).message, "Mend each line; `npm start` checks them again.") };
  }
}

const regionOf = ({ agentRuntimeArn = "" }: { agentRuntimeArn?: string }): string =>
  parseRuntimeArn(agentRuntimeArn)?.region ?? "us-east-1";

/** Values that are examples of a documentation. @param accountId the account to deploy to; undefined if it is unknown */
export function checkPlaceholders(stack: DoctorStack | undefined, accountId: string | undefined): Finding {
  const check = "placeholders";
  if (!stack) return notChecked(check, "The stack config is not valid.");
  const [first, ...more] = validatePlaceholders(stack.settings, accountId, undefined);
  if (first === undefined) return fine(check, "no value is an example of the documentation");
  return wrong(check, [first, ...more].join("\n"), "`pulumi up` refuses them too.");
}
