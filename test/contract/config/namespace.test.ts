import assert from "node:assert/strict";
import { CONFIG_KEYS, readConfig } from "../../../contract/config/read";
import { RUNTIME_ARN } from "../../support/program/components";

const PROJECT = "agentcore-front-door";

/** Every other sign between the words, every other case, and slips of one or two letters. */
const SLIPS = [
  "agentcore-frontdoor",
  "agentcore_front_door",
  "agentcorefrontdoor",
  "AgentCore-Front-Door",
  "AGENTCORE-FRONT-DOOR",
  "agentcore-front-dor",
  "agentcore-front-doors",
  "agentcore-font-door",
  "agent-core-front-door",
  "agencore-front-dor",
];

/** Names that are not close, but under which a key of this project can only be meant for it. */
const OTHERS = ["front-door", "frontdoor", "agentcore", "chat", "my-agentcore-front-door", "config", "aws", "awsx"];

describe("a key under another namespace", () => {
  const read = (values: Record<string, string>, project = PROJECT) => readConfig(values, project);
  const own = { [`${PROJECT}:agentRuntimeArn`]: RUNTIME_ARN };

  for (const namespace of SLIPS) {
    it(`is refused if the namespace is a slip: ${namespace}`, () => {
      for (const key of [...CONFIG_KEYS, "dors"]) {
        assert.throws(
          () => read({ ...own, [`${namespace}:${key}`]: "[]" }),
          (error: Error) =>
            error.message.includes(`\`${namespace}:${key}\` is not this project's`) &&
            error.message.includes(`did you mean \`${PROJECT}:${key}\`?`),
        );
      }
    });
  }

  for (const namespace of OTHERS) {
    it(`is refused if the key is this project's: ${namespace}`, () => {
      for (const key of ["agentRuntimeArn", "doors", "lockRuntime", "agents", "callers", "edge"])
        assert.throws(() => read({ ...own, [`${namespace}:${key}`]: "[]" }), /did you mean `agentcore-front-door:/);
    });
  }

  it("is refused if the key has a name that providers use as well, under a part of the project's name", () => {
    for (const namespace of ["front-door", "agentcore", "my-agentcore-front-door"])
      for (const key of ["domain", "jwt", "tracing"])
        assert.throws(() => read({ ...own, [`${namespace}:${key}`]: "{}" }), /did you mean `agentcore-front-door:/);
  });

  it("is another package's, and left alone", () => {
    const packages = {
      "aws:region": "us-east-1",
      "aws:defaultTags": '{"tags":{"doors":"two"}}',
      "aws:profile": "dev",
      "awsx:region": "us-east-1",
      "aws-native:region": "us-east-1",
      "pulumi:tags": "{}",
      "pulumi:disable-default-providers": "[]",
      "auth0:domain": "example.eu.auth0.com",
      "okta:orgName": "x",
      "cloudflare:apiToken": "x",
      "datadog:apiKey": "x",
      "github:owner": "x",
      "kubernetes:context": "x",
      "consul:jwt": "x",
      "otel:tracing": "true",
      "agent:token": "x",
    };
    assert.deepEqual(read({ ...own, ...packages }), { agentRuntimeArn: RUNTIME_ARN });
  });

  it("is another package's, also if the project's name is short or like a package's", () => {
    for (const project of ["aw", "aws2", "auth", "pulum", "pulumi-front-door", "github-door"]) {
      const values = { "aws:region": "x", "auth0:domain": "x", "pulumi:tags": "{}", "github:owner": "x" };
      assert.deepEqual(read({ ...values, [`${project}:qualifier`]: "x" }, project), { qualifier: "x" });
    }
  });

  it("is refused if the project has got another name", () => {
    assert.throws(
      () => read({ "agentcore-front-door:doors": "[]" }, "chat-door"),
      /`agentcore-front-door:doors`.*did you mean `chat-door:doors`/,
    );
  });

  it("is refused with all others, and no value is shown", () => {
    assert.throws(
      () => read({ "front-door:doors": '["hidden"]', [`${PROJECT}:dors`]: '["hidden"]' }),
      (error: Error) => error.message.split("\n").length === 3 && !error.message.includes("hidden"),
    );
  });
});
