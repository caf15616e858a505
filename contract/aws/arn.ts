/** Ids inside an AgentCore runtime ARN. */
export interface RuntimeArn {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** `name-xxxxxxxxxx`: the name, and ten characters that AWS adds. */
  readonly runtimeId: string;
}

/** A name of a runtime or an endpoint: letters, digits and underscores. https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntimeEndpoint.html */
const NAME = "[a-zA-Z][a-zA-Z0-9_]{0,47}";
const RUNTIME_ARN = new RegExp(
  `^arn:(aws(?:-[^:]+)?):bedrock-agentcore:([a-z0-9-]+):([0-9]{12}):runtime/(${NAME}-[a-zA-Z0-9]{10})$`,
);
const QUALIFIER = new RegExp(`^${NAME}$`);

/** A valid runtime ARN, as an example in messages. */
export const RUNTIME_ARN_EXAMPLE = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";

/** The parts of an AgentCore runtime ARN, or undefined if the text is not one. The ARN of an endpoint is not a runtime ARN. */
export function parseRuntimeArn(text: string): RuntimeArn | undefined {
  const [, partition, region, accountId, runtimeId] = RUNTIME_ARN.exec(text) ?? [];
  return partition && region && accountId && runtimeId ? { partition, region, accountId, runtimeId } : undefined;
}

/** Whether the text is a valid name of a runtime endpoint (qualifier), such as `DEFAULT`. */
export function isQualifier(text: string): boolean {
  return QUALIFIER.test(text);
}

/** The ARN of a runtime's endpoint. */
export function endpointArn(runtimeArn: string, qualifier: string): string {
  return `${runtimeArn}/runtime-endpoint/${qualifier}`;
}

/**
 * The two resources that IAM checks for InvokeAgentRuntime and StopRuntimeSession: the runtime and its endpoint.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export function invokeResources(runtimeArn: string): readonly [runtime: string, endpoints: string] {
  return [runtimeArn, `${runtimeArn}/runtime-endpoint/*`];
}
