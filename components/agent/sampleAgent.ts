import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { RUNTIME_NAME_LENGTH } from "../../contract/aws/limits";
import { runtimeHeader } from "../../contract/config/keys/policy";
import { accountName } from "../shared/accountName";
import { AGENT_ENTRY, bundleAgent } from "./bundle";
import { runtimeLogPolicy, agentCoreTrustPolicy } from "./rights";

export interface SampleAgentArgs {
  /**
   * Headers that the runtime passes on to the agent, with or without the prefix `X-Amzn-Bedrock-AgentCore-Runtime-Custom-`; at most 20.
   * Plain: it decides which headers the runtime declares.
   * @default []
   */
  headers?: string[];
}

/** Seconds. These are AgentCore's defaults, set explicitly so that a later change of them does not change the cost of a session. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-lifecycle-settings.html */
const LIFECYCLE = { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 };

/**
 * Deploys the agent of agents/sample as an AgentCore runtime, for a team that has no agent yet. It uses direct code deployment: no container
 * and no registry. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-get-started-code-deploy-node.html
 */
export class SampleAgent extends pulumi.ComponentResource {
  /** ARN of the runtime, which accepts SigV4 signatures. */
  public readonly agentRuntimeArn: pulumi.Output<string>;

  constructor(name: string, args: SampleAgentArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:SampleAgent", name, args, legalNames(opts));
    const parent = { parent: this };
    const { headers = [] } = args;
    const agentRuntimeName = `a_${accountName(name, RUNTIME_NAME_LENGTH - 2, "_")}`;
    const { archive, hash } = bundleAgent();

    // `forceDestroy`: the bucket contains only the package, which can be built again.
    const bucket = new aws.s3.Bucket(`${name}-code`, { forceDestroy: true }, parent);
    const guards = [
      new aws.s3.BucketPublicAccessBlock(
        `${name}-code-private`,
        {
          bucket: bucket.id,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        parent,
      ),
      new aws.s3.BucketServerSideEncryptionConfiguration(
        `${name}-code-encryption`,
        { bucket: bucket.id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        parent,
      ),
      new aws.s3.BucketPolicy(`${name}-code-tls`, { bucket: bucket.id, policy: tlsOnlyPolicy(bucket.arn) }, parent),
    ];
    const code = new aws.s3.BucketObjectv2(
      `${name}-package`,
      { bucket: bucket.id, key: `agent-${hash}.zip`, source: archive, contentType: "application/zip" },
      { ...parent, dependsOn: guards },
    );

    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: agentCoreTrustPolicy(parent) }, parent);
    const runtime = new aws.bedrock.AgentcoreAgentRuntime(
      name,
      {
        agentRuntimeName,
        description: "Sample agent of agentcore-front-door: it echoes.",
        agentRuntimeArtifact: {
          codeConfiguration: {
            runtime: "NODE_22",
            entryPoints: [AGENT_ENTRY],
            code: { s3: { bucket: code.bucket, prefix: code.key } },
          },
        },
        roleArn: role.arn,
        networkConfiguration: { networkMode: "PUBLIC" },
        protocolConfiguration: { serverProtocol: "HTTP" },
        lifecycleConfigurations: [LIFECYCLE],
        ...(headers.length > 0 && {
          requestHeaderConfiguration: { requestHeaderAllowlists: headers.map(runtimeHeader) },
        }),
      },
      // A runtime keeps the name that it was made with, such as that of an earlier version: another name would be another runtime.
      { ...parent, ignoreChanges: ["agentRuntimeName"] },
    );
    new aws.iam.RolePolicy(
      `${name}-policy`,
      { role: role.id, policy: runtimeLogPolicy(runtime.agentRuntimeName, parent) },
      parent,
    );

    this.agentRuntimeArn = runtime.agentRuntimeArn;
    this.registerOutputs({ agentRuntimeArn: this.agentRuntimeArn });
  }
}

function tlsOnlyPolicy(bucketArn: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OnlyTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
