/**
 * One line of JSON for each request: the caller, the route, the time, the latency, and the cause of a failure. Values that can be absent are
 * quoted, because API Gateway writes `-` for them; the other numbers are not quoted. No field contains a key, a token, a body, a query string,
 * the text of an error, or the context of an authorizer. Of an authorizer's answer, it contains only the id of the caller.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export function accessLogFormat(): string {
  const text = {
    request_id: "$context.requestId",
    extended_request_id: "$context.extendedRequestId",
    time: "$context.requestTime",
    caller: "$context.identity.userArn",
    // All users of an identity pool have one ARN.
    identity_id: "$context.identity.cognitoIdentityId",
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
