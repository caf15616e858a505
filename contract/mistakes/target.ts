import { isQualifier, parseRuntimeArn, RUNTIME_ARN_EXAMPLE } from "../arn";
import type { Settings } from "../settings";

/** Mistakes in what stands behind the doors. */
export function* targetMistakes(
  { agentRuntimeArn, qualifier }: Settings,
  region: string | undefined,
): Generator<string> {
  const arn = parseRuntimeArn(agentRuntimeArn);
  if (!arn) {
    yield `\`agentRuntimeArn\` is "${agentRuntimeArn}", which is not the ARN of an AgentCore runtime. Set it to one like ${RUNTIME_ARN_EXAMPLE} (no endpoint behind it; name the endpoint in \`qualifier\`).`;
  } else if (region !== undefined && arn.region !== region) {
    yield `\`agentRuntimeArn\` is in ${arn.region}, but the stack deploys to ${region}. Set \`aws:region\` to ${arn.region}, or name a runtime in ${region}.`;
  }
  if (!isQualifier(qualifier)) {
    yield `\`qualifier\` is "${qualifier}", which no runtime endpoint is called: a letter, then up to 47 letters, digits or underscores. Set it to DEFAULT or to the endpoint's name.`;
  }
}
