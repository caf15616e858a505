/**
 * One JSON line a request: who called what, when, how long, and where it failed. Numbers stand unquoted.
 * No field carries a key, a token, a body or an authorizer's context.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export function accessLogFormat(): string {
  const text = {
    request_id: "$context.requestId",
    extended_request_id: "$context.extendedRequestId",
    time: "$context.requestTime",
    caller: "$context.identity.userArn",
    api_key_id: "$context.identity.apiKeyId",
    source_ip: "$context.identity.sourceIp",
    method: "$context.httpMethod",
    resource: "$context.resourcePath",
    error: "$context.error.responseType",
    waf: "$context.wafResponseCode",
    function_status: "$context.integration.status",
    integration_error: "$context.integration.error",
  };
  const numbers = {
    status: "$context.status",
    latency_ms: "$context.responseLatency",
    response_bytes: "$context.responseLength",
  };
  const fields = [
    ...Object.entries(text).map(([name, variable]) => `"${name}":"${variable}"`),
    ...Object.entries(numbers).map(([name, variable]) => `"${name}":${variable}`),
  ];
  return `{${fields.join(",")}}`;
}
