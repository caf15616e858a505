import { judgeNetworkMode, type NetworkSettings } from "../../aws/agentNetwork";
import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { and, at, is } from "../../model/value";

interface Settings extends NetworkSettings {
  readonly recording: boolean;
}

export const toolNetwork = defineRule<Settings>({
  id: "fd-agentcore-tool-network",
  description: "Browsers and code interpreters of agents are not on the public internet, and browsers record.",
  rationale:
    "They run what a model wrote: on the public internet they carry data out and other people's code in. A recording is the only trace of what a browser did (https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html).",
  severity: "medium",
  frameworks: { securityHub: ["BedrockAgentCore.5", "BedrockAgentCore.6", "BedrockAgentCore.7"] },
  remediationSteps:
    'Set networkConfiguration.networkMode to "VPC", or to "SANDBOX" for a code interpreter; set recording.enabled with an s3Location for a browser. A stack that needs PUBLIC, or no recording, says so in the settings allowed and recording.',
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: ["VPC", "SANDBOX"],
      description: "Network modes that browsers and code interpreters may have.",
    },
    recording: { type: "boolean", default: true, description: "Whether browsers must record their sessions." },
  },
  resource: {
    types: [TYPES.agentBrowser, TYPES.agentCodeInterpreter],
    check: (tool, settings) => {
      const bucket = at(tool.props, "recording", "s3Location", "bucket");
      const records = and(
        is(at(tool.props, "recording", "enabled"), (known) => known === true),
        is(bucket, (known) => known !== undefined),
      );
      return [
        ...judgeNetworkMode(tool, settings),
        ...judge(tool, !settings.recording || tool.type !== TYPES.agentBrowser || records, {
          finding: "recording",
          seen: `\`recording\` is ${records === false ? "not" : "perhaps not"} on with a bucket to write to`,
          wanted: "recording.enabled true, and recording.s3Location",
        }),
      ];
    },
  },
});
