import assert from "node:assert/strict";
import type { StackConfig } from "../../../../../contract/config/schema";
import { checkSettings } from "../../../../../contract/config/check";
import { RUNTIME_ARN } from "../../../../support/program/components";

const ID = "12345678-1234-1234-1234-123456789012";
const CERTIFICATE = `arn:aws:acm:us-east-1:123456789012:certificate/${ID}`;
const LABEL = "a".repeat(63);
/** 253 characters. */
const LONGEST = `${`${LABEL}.`.repeat(3)}${"a".repeat(57)}.com`;

/** Both keys, each in a stack with the door that it needs. Both need a certificate in us-east-1 here. */
const STACKS: Readonly<Record<"domain" | "edgeDomain", StackConfig>> = {
  domain: { doors: ["streamingApi"] },
  edgeDomain: { doors: ["streamingUrl"], edge: true },
};

/** Host names by RFC 1123, with international labels by RFC 5890. */
const NAMES: Readonly<Record<string, boolean>> = {
  "agent.example.com": true,
  "example.com": true,
  "a.b.c.d.example.com": true,
  "3com.com": true,
  "7.example.com": true,
  "my-agent.example.com": true,
  "my--agent.example.com": true,
  "agent.example.museum": true,
  // International names in their ASCII form, as a top-level domain and below one.
  "agent.example.xn--p1ai": true,
  "xn--mnchen-3ya.example.com": true,
  [`${LABEL}.example.com`]: true,
  [LONGEST]: true,

  [`a${LONGEST}`]: false,
  [`a${LABEL}.example.com`]: false,
  "": false,
  localhost: false,
  "agent.example.com.": false,
  ".example.com": false,
  "agent..example.com": false,
  "-agent.example.com": false,
  "agent-.example.com": false,
  "agent_1.example.com": false,
  "agent.example.c": false,
  "agent.example.c0m": false,
  "agent.example.com-": false,
  "203.0.113.7": false,
  "[2001:db8::1]": false,
  "Agent.example.com": false,
  "*.example.com": false,
  "https://agent.example.com": false,
  "agent.example.com/buffered": false,
  "agent.example.com:443": false,
  "agent example.com": false,
  " agent.example.com": false,
  "agent.example.com\n": false,
  "münchen.example.com": false,
  "agent.example.рф": false,
  // Not the ASCII form of any name.
  "agent.example.xn--": false,
  "xn--a.example.com": false,
  "agent.example.xn--zzzzzzzzzzz": false,
};

/** ARNs of certificates of ACM. */
const CERTIFICATES: Readonly<Record<string, boolean>> = {
  [CERTIFICATE]: true,
  "arn:aws:acm:us-east-1:123456789012:certificate/6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d": true,

  "": false,
  [ID]: false,
  [`certificate/${ID}`]: false,
  "arn:aws:acm:us-east-1:123456789012:certificate/x": false,
  "arn:aws:acm:us-east-1:123456789012:certificate/": false,
  [`arn:aws:acm:us-east-1:123456789012:certificate/${"-".repeat(36)}`]: false,
  [`arn:aws:acm:us-east-1:123456789012:certificate/${ID.replaceAll("-", "")}0000`]: false,
  [`${CERTIFICATE}0`]: false,
  [` ${CERTIFICATE}`]: false,
  [`${CERTIFICATE}\n`]: false,
  [CERTIFICATE.replace("123456789012:", "12345:")]: false,
  [CERTIFICATE.replace("us-east-1", "")]: false,
  [CERTIFICATE.replace(":acm:", ":acm-pca:")]: false,
  [CERTIFICATE.replace(":certificate/", ":certificate-authority/")]: false,
  [CERTIFICATE.replace("arn:aws:", "arn:other:")]: false,
  // IAM server certificates: CloudFront accepts these in another property.
  "arn:aws:iam::123456789012:server-certificate/agent": false,
};

for (const key of ["domain", "edgeDomain"] as const) {
  const mistakesOf = (part: Readonly<Record<string, unknown>>, region = "us-east-1"): string => {
    const domain = { name: "agent.example.com", certificateArn: CERTIFICATE, ...part };
    const agentRuntimeArn = RUNTIME_ARN.replace("us-east-1", region);
    try {
      checkSettings({ agentRuntimeArn, ...STACKS[key], [key]: domain }, region);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  describe(`the custom domain of \`${key}\``, () => {
    for (const [name, right] of Object.entries(NAMES)) {
      it(`${right ? "can" : "cannot"} be called ${JSON.stringify(name).slice(0, 60)}`, () => {
        const message = mistakesOf({ name });
        if (right) assert.equal(message, "");
        else assert.match(message, new RegExp(`\`${key}\\.name\` is .*Use one host name in lower case`));
      });
    }

    for (const [certificateArn, right] of Object.entries(CERTIFICATES)) {
      it(`${right ? "can" : "cannot"} have the certificate ${JSON.stringify(certificateArn).slice(0, 100)}`, () => {
        const message = mistakesOf({ certificateArn });
        if (right) assert.equal(message, "");
        else assert.match(message, new RegExp(`\`${key}\\.certificateArn\` is .*not the ARN of an ACM certificate`));
      });
    }

    for (const [name, meant] of [
      ["münchen.example.com", "xn--mnchen-3ya.example.com"],
      ["Agent.example.com", "agent.example.com"],
      ["agent.example.com.", "agent.example.com"],
    ] as const) {
      it(`offers ${meant} for ${name}`, () => {
        assert.ok(mistakesOf({ name }).includes(`\`${key}.name\` is "${name}" (did you mean ${meant}?). Use`));
      });
    }

    it("says what is missing, and what is of another type", () => {
      assert.match(
        mistakesOf({ name: undefined }),
        new RegExp(`\`${key}\\.name\` is missing\\. Set it to the host name`),
      );
      assert.match(
        mistakesOf({ certificateArn: undefined }),
        new RegExp(`\`${key}\\.certificateArn\` is missing\\. .*ACM`),
      );
      for (const value of [null, 7, true, [], {}, ["agent.example.com"]]) {
        assert.match(mistakesOf({ name: value }), new RegExp(`\`${key}\\.name\` is `), JSON.stringify(value));
        assert.match(mistakesOf({ certificateArn: value }), new RegExp(`\`${key}\\.certificateArn\` is `));
        assert.match(mistakesOf({ hostedZoneId: value }), new RegExp(`\`${key}\\.hostedZoneId\` is .*Z0123`));
      }
    });
  });
}

describe("the certificate of a domain elsewhere", () => {
  const GOV = CERTIFICATE.replace("arn:aws:acm:us-east-1", "arn:aws-us-gov:acm:us-gov-west-1");

  it("is taken of another partition, in the region of the stack", () => {
    const agentRuntimeArn = RUNTIME_ARN.replace("arn:aws:", "arn:aws-us-gov:").replace("us-east-1", "us-gov-west-1");
    const domain = { name: "agent.example.com", certificateArn: GOV };
    checkSettings({ agentRuntimeArn, domain }, "us-gov-west-1");
  });

  it("is refused where it is of the wrong region, with the right one", () => {
    const base = { agentRuntimeArn: RUNTIME_ARN, ...STACKS.edgeDomain };
    const domain = { name: "agent.example.com", certificateArn: GOV };
    assert.throws(
      () => checkSettings({ ...base, edgeDomain: domain }, "us-east-1"),
      /`edgeDomain\.certificateArn` is in us-gov-west-1\. CloudFront accepts certificates of us-east-1 only/,
    );
    assert.throws(
      () => checkSettings({ agentRuntimeArn: RUNTIME_ARN, domain }, "us-east-1"),
      /`domain\.certificateArn` is in us-gov-west-1, but .*region of the stack, us-east-1/,
    );
  });
});
