import { parseRuntimeArn } from "../../contract/aws/arn";
import type { StackFiles } from "./project";
import type { Place } from "./services/creation";

/** Region and account of a stack. */
export function placeOf({ config, project }: StackFiles): Place {
  // The first runtime in the config, default or named. All others must be in the same region.
  const texts = [config[`${project}:agentRuntimeArn`], config[`${project}:agents`]].join(" ");
  const arn = parseRuntimeArn(/arn:[^"]+?:runtime\/[\w-]+/.exec(texts)?.[0] ?? "");
  return { region: config["aws:region"] ?? arn?.region ?? "us-east-1", accountId: arn?.accountId ?? "123456789012" };
}
