import { functionUrlCors } from "../../../policy/rules/lambda/functionUrlCors";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";

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
