import { functionUrlContentSha256 } from "../../../policy/rules/lambda/functionUrlContentSha256";
import { functionUrlCors } from "../../../policy/rules/lambda/functionUrlCors";
import { testRule } from "../support/cases";
import { declare, unknown, type Declared } from "../support/declare";

const url = (cors: unknown) => [
  declare("functionUrl", "url", { functionName: "fn", authorizationType: "AWS_IAM", cors }),
];
const CORS = { allowOrigins: ["https://app.example.com"], allowMethods: ["POST"], allowHeaders: ["content-type"] };

testRule(functionUrlCors, {
  pass: [
    { title: "named origins, headers and methods", resources: url(CORS) },
    { title: "no CORS", resources: url(null) },
    { title: "named origins with credentials", resources: url({ ...CORS, allowCredentials: true }) },
    {
      title: "any origin without credentials, where the settings allow it",
      settings: { allowPublicOrigin: true },
      resources: url({ ...CORS, allowOrigins: ["*"], allowCredentials: false }),
    },
  ],
  fail: [
    {
      title: "any origin with named methods (checkov CKV2_AWS_75 passes it)",
      resources: url({ ...CORS, allowOrigins: ["*"] }),
      findings: [["url", "cors.allowOrigins"]],
    },
    {
      title: "any origin with credentials, whatever the settings allow",
      settings: { allowPublicOrigin: true },
      resources: url({ ...CORS, allowOrigins: ["*"], allowCredentials: true }),
      findings: [["url", "cors.allowOrigins"]],
    },
    {
      title: "any origin, header and method",
      resources: url({ allowOrigins: ["*"], allowHeaders: ["*"], allowMethods: ["*"] }),
      findings: [
        ["url", "cors.allowOrigins"],
        ["url", "cors.allowHeaders"],
        ["url", "cors.allowMethods"],
      ],
    },
    {
      title: "any header beside named ones, whatever the settings allow",
      settings: { allowPublicOrigin: true },
      resources: url({ ...CORS, allowHeaders: ["content-type", "*"] }),
      findings: [["url", "cors.allowHeaders"]],
    },
    {
      title: "a pattern of origins",
      resources: url({ ...CORS, allowOrigins: ["https://*.example.com"] }),
      findings: [["url", "cors.allowOrigins"]],
    },
    {
      title: "the origin of sandboxed documents",
      resources: url({ ...CORS, allowOrigins: ["null"] }),
      findings: [["url", "cors.allowOrigins"]],
    },
    {
      title: "a single text in the place of a list",
      resources: url({ ...CORS, allowMethods: "*" }),
      findings: [["url", "cors.allowMethods"]],
    },
  ],
  unknown: [
    {
      title: "an origin that another resource gives",
      resources: url({ ...CORS, allowOrigins: ["https://app.example.com", unknown] }),
      findings: [["url", "cors.allowOrigins"]],
    },
    {
      title: "any origin with credentials or without",
      settings: { allowPublicOrigin: true },
      resources: url({ ...CORS, allowOrigins: ["*"], allowCredentials: unknown }),
      findings: [["url", "cors.allowOrigins"]],
    },
    {
      title: "CORS that another resource gives",
      resources: url(unknown),
      findings: [
        ["url", "cors.allowOrigins"],
        ["url", "cors.allowHeaders"],
        ["url", "cors.allowMethods"],
      ],
    },
  ],
  notApplicable: [{ title: "a stack without Function URLs", resources: [declare("function", "fn")] }],
});

const fronted = (allowHeaders: unknown, origin: object = {}, more: object = {}): readonly Declared[] => {
  const behind = declare("functionUrl", "url", { functionName: "fn", cors: { ...CORS, allowHeaders } });
  const control = declare("originAccessControl", "control", { originAccessControlOriginType: "lambda" });
  return [
    behind,
    control,
    declare("distribution", "distribution", {
      origins: [{ domainName: behind.out("functionUrl"), originAccessControlId: control.out("id"), ...origin }],
      ...more,
    }),
  ];
};
const signer = (includeBody: unknown) => ({
  defaultCacheBehavior: {
    lambdaFunctionAssociations: [{ eventType: "origin-request", lambdaArn: "arn", includeBody }],
  },
});
const missing: [string, string][] = [["url", "cors.allowHeaders"]];

testRule(functionUrlContentSha256, {
  pass: [
    { title: "the header among others", resources: fronted(["content-type", "x-amz-content-sha256"]) },
    { title: "the header in other letters", resources: fronted(["X-Amz-Content-SHA256"]) },
    { title: "any header", resources: fronted(["*"]) },
    { title: "no list of headers", resources: fronted(null) },
    { title: "a URL without a distribution", resources: url(CORS) },
    {
      title: "a distribution that does not sign",
      resources: fronted(["content-type"], { originAccessControlId: null }),
    },
    { title: "a function at the edge that sees the body", resources: fronted(["content-type"], {}, signer(true)) },
    {
      title: "a distribution in front of something else",
      resources: fronted(["content-type"], { domainName: "www.example.com" }),
    },
  ],
  fail: [
    { title: "other headers", resources: fronted(["content-type"]), findings: missing },
    { title: "a name that is nearly right", resources: fronted(["x-content-sha256"]), findings: missing },
    { title: "an empty list", resources: fronted([]), findings: missing },
    {
      title: "a function at the edge that does not see the body",
      resources: fronted(["content-type"], {}, signer(false)),
      findings: missing,
    },
    {
      title: "one path of a distribution with more",
      resources: fronted(["content-type"], {}, { orderedCacheBehaviors: [{ pathPattern: "/x" }] }),
      findings: missing,
    },
  ],
  unknown: [
    { title: "headers that another resource gives", resources: fronted(unknown), findings: missing },
    {
      title: "a host that is not known",
      resources: fronted(["content-type"], { domainName: unknown, originAccessControlId: "E1" }),
      findings: missing,
    },
    {
      title: "a function at the edge that may see the body",
      resources: fronted(["content-type"], {}, signer(unknown)),
      findings: missing,
    },
  ],
  notApplicable: [{ title: "a stack without Function URLs", resources: [declare("distribution", "distribution")] }],
});
