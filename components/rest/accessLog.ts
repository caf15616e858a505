/**
 * One JSON line a request: who called what, when, how long, and where it failed. Numbers stand unquoted.
 * What can be absent is quoted, since API Gateway writes `-` for it. No field carries a key, a token, a body, a query, an error's text
 * or an authorizer's context: of an authorizer, only the id of the caller that it found.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export function accessLogFormat(): string {
  const text = {
    request_id: "$context.requestId",
    extended_request_id: "$context.extendedRequestId",
    time: "$context.requestTime",
    caller: "$context.identity.userArn",
    principal_id: "$context.authorizer.principalId",
    subject: "$context.authorizer.claims.sub",
    api_key_id: "$context.identity.apiKeyId",
    source_ip: "$context.identity.sourceIp",
    tls: "$context.tlsVersion",
    domain: "$context.domainName",
    method: "$context.httpMethod",
    resource: "$context.resourcePath",
    error: "$context.error.responseType",
    waf: "$context.wafResponseCode",
    function_status: "$context.integration.status",
    integration_error: "$context.integration.error",
    integration_status: "$context.integration.integrationStatus",
    integration_latency_ms: "$context.integration.latency",
    first_content_ms: "$context.integration.timeToFirstContent",
    transfer_mode: "$context.integration.responseTransferMode",
    trace: "$context.xrayTraceId",
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
