/** Numbers that AWS sets and rules need, each beside the page that says so. The pack stands alone, so it has its own. */

/** Longest buffered REST integration without a raised quota (L-E5AE38E3), and what an integration has that sets none, seconds. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const BUFFERED_INTEGRATION_SECONDS = 29;

/** Longest buffered REST integration that the quota can be raised to, as far as the aws provider takes it, seconds. https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/integration/ */
export const RAISED_INTEGRATION_SECONDS = 300;

/** Longest REST integration with `responseTransferMode: STREAM`, seconds. https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
export const STREAM_INTEGRATION_SECONDS = 900;

/** Requests a second, and at once, that an account's REST APIs take by default. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const API_GATEWAY_THROTTLE = { rate: 10_000, burst: 5_000 } as const;
