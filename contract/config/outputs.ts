/** Every output of a stack with its meaning, in the order of the docs. A stack has only the outputs that its config requires. */
export const OUTPUTS = {
  bufferedApiUrl: "Base URL of `bufferedApi`, without a trailing slash.",
  streamingUrl: "Base URL of `streamingUrl`. Absent with `edge`: clients then use `edgeUrl`.",
  edgeUrl: "Base URL of the CloudFront distribution in front of `streamingUrl`, with `edge`.",
  streamingApiUrl: "Base URL of `streamingApi`.",
  apiKeys: "Map from the name of an API key to its value, which goes into `x-api-key`. Secret.",
  userPoolId: "Id of the user pool that `apiAuth` `cognito` creates.",
  userPoolClientId: "Id of the pool's client.",
  userPoolClientSecret: "Secret of the pool's client, if it is for machines. Secret.",
  tokenEndpoint: "URL at which clients get access tokens of the pool.",
  dashboardName: "Name of the CloudWatch dashboard, with `dashboard`.",
  sampleAgentRuntimeArn: "ARN of the runtime that `sampleAgent` deploys.",
} as const;

export type OutputName = keyof typeof OUTPUTS;
