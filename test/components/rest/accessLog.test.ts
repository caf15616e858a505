import assert from "node:assert/strict";
import { AccountLogging } from "../../../components/index";
import { accessLogFormat } from "../../../components/rest/accessLog";
import { ACCESS_LOG_TEMPLATE_BYTES } from "../../../contract/aws/limits";
import { TYPES } from "../../../local/program/graph";
import { assertSound, MODES, only, record, sources } from "../../support/program/components";
import { statementsOf } from "../../support/program/iam";
import { restApi } from "../../support/program/restApi";

for (const { mode, preview } of MODES) {
  describe(`the perimeter of the REST doors, ${mode}`, () => {
    it("AccountLogging comes before the stage that logs", async () => {
      const graph = await record(preview, () => {
        const logging = new AccountLogging("logging");
        restApi({ accountLogging: logging.settingsId });
      });
      assertSound(graph);
      const account = only(graph, TYPES.account);
      assert.deepEqual(sources(graph, account, "cloudwatchRoleArn"), ["Role logging-role"]);
      assert.ok(only(graph, TYPES.stage).dependencies.includes(account.urn));
      const [rights] = statementsOf(only(graph, TYPES.rolePolicy).inputs["policy"]);
      assert.equal(rights?.Resource, "arn:aws:logs:us-east-1:123456789012:log-group:*");
    });
  });
}

describe("the access log", () => {
  const format = accessLogFormat();
  const variables: readonly string[] = format.match(/\$context\.[\w.]+/g) ?? [];

  it("fits into a stage's template", () => {
    assert.ok(Buffer.byteLength(format) <= ACCESS_LOG_TEMPLATE_BYTES);
  });

  it("answers who called what, when, and how long it took", () => {
    for (const variable of [
      "identity.userArn",
      "identity.cognitoIdentityId",
      "identity.apiKeyId",
      "identity.sourceIp",
      "authorizer.principalId",
      "authorizer.claims.sub",
      "httpMethod",
      "resourcePath",
      "requestTime",
      "status",
      "responseLatency",
      "integration.latency",
      "integration.responseTransferMode",
      "tlsVersion",
      "wafResponseCode",
      "error.responseType",
      "extendedRequestId",
    ]) {
      assert.ok(variables.includes(`$context.${variable}`), variable);
    }
  });

  it("holds no key, token, body, query, path or text of an error, and of an authorizer only ids", () => {
    for (const variable of variables) {
      assert.doesNotMatch(
        variable,
        /identity\.(?:apiKey|accessKey|cognitoAuthenticationProvider|userAgent)$|identity\.clientCert|(?:request|response)Override|error\.message|errorMessage|messageString|validationErrorString|\$context\.path$|\.body|stageVariables/,
      );
      if (variable.startsWith("$context.authorizer."))
        assert.match(variable, /^\$context\.authorizer\.(?:principalId|claims\.sub)$/);
    }
    assert.doesNotMatch(format, /\$(?:input|stageVariables|util)/);
  });

  it("is JSON also where API Gateway has nothing to say, which it writes as a dash", () => {
    const always = new Set(["$context.status", "$context.responseLatency", "$context.responseLength"]);
    const line = JSON.parse(format.replace(/\$context\.[\w.]+/g, (name) => (always.has(name) ? "1" : "-"))) as object;
    assert.equal(Object.keys(line).length, variables.length);
  });
});
