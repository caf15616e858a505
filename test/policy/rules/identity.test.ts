import { cognitoUserPool } from "../../../policy/rules/identity/cognitoUserPool";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";

const pool = (minimumLength: unknown, mfaConfiguration?: unknown) => [
  declare("userPool", "users", { passwordPolicy: { minimumLength }, mfaConfiguration }),
];
const LENGTH: [string, string][] = [["users", "passwordPolicy.minimumLength"]];

testRule(cognitoUserPool, {
  pass: [
    { title: "a long password", resources: pool(12) },
    { title: "a second factor for everybody", resources: pool(8, "ON") },
    {
      title: "a second factor and Cognito's own policy",
      resources: [declare("userPool", "users", { mfaConfiguration: "ON" })],
    },
    {
      title: "identities of users alone",
      resources: [declare("identityPool", "ids", { allowUnauthenticatedIdentities: false })],
    },
  ],
  fail: [
    { title: "six characters", resources: pool(6, "OFF"), findings: LENGTH },
    { title: "six characters and a second factor", resources: pool(6, "ON"), findings: LENGTH },
    {
      title: "eight characters and a second factor for whom wants one",
      resources: pool(8, "OPTIONAL"),
      findings: LENGTH,
    },
    {
      title: "identities for guests",
      resources: [declare("identityPool", "ids", { allowUnauthenticatedIdentities: true })],
      findings: [["ids", "allowUnauthenticatedIdentities"]],
    },
  ],
  unknown: [{ title: "a length that is not known", resources: pool(unknown), findings: LENGTH }],
  notApplicable: [{ title: "a function", resources: [declare("function", "fn")] }],
});
