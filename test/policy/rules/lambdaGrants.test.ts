import { functionUrlQualifier } from "../../../policy/rules/lambda/functionUrlQualifier";
import { permissionDualGrant } from "../../../policy/rules/lambda/permissionDualGrant";
import { permissionSinglePath } from "../../../policy/rules/lambda/permissionSinglePath";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared } from "../support/declare";

const fn = declare("function", "fn", { role: "r" });
const other = declare("function", "other", { role: "r" });
const alias = declare("alias", "alias", { functionName: fn.out("name"), name: "live" });
const distribution = declare("distribution", "distribution");
const second = declare("distribution", "second");
const ROLE = "arn:aws:iam::123456789012:role/caller";

const CALLER = { function: fn.out("name"), principal: ROLE };
const EDGE = { ...CALLER, principal: "cloudfront.amazonaws.com", sourceArn: distribution.out("arn") };
const grant = (props: object = CALLER, name = "grant"): Declared =>
  declare("permission", name, { action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM", ...props });
const twin = (props: object = CALLER): Declared =>
  declare("permission", "twin", { action: "lambda:InvokeFunction", invokedViaFunctionUrl: true, ...props });
const noTwin: [string, string][] = [["grant", "twin"]];

testRule(permissionDualGrant, {
  pass: [
    { title: "a role with both", resources: [fn, grant(), twin()] },
    { title: "CloudFront with both", resources: [fn, distribution, grant(EDGE), twin(EDGE)] },
    {
      title: "both on an alias",
      resources: [
        fn,
        alias,
        grant({ ...CALLER, qualifier: "live" }),
        twin({ ...CALLER, qualifier: alias.out("name") }),
      ],
    },
    {
      title: "both on an alias, once by its ARN and once by its name",
      resources: [fn, alias, grant({ ...CALLER, function: alias.out("arn") }), twin({ ...CALLER, qualifier: "live" })],
    },
    {
      title: "an account by its id and by its root",
      resources: [
        fn,
        grant({ ...CALLER, principal: "123456789012" }),
        twin({ ...CALLER, principal: "arn:aws:iam::123456789012:root" }),
      ],
    },
    {
      title: "a role that is not known yet, with both",
      resources: [
        fn,
        declare("role", "role"),
        grant({ ...CALLER, principal: declare("role", "role").out("arn") }),
        twin({ ...CALLER, principal: declare("role", "role").out("arn") }),
      ],
    },
    {
      title: "a function of another stack",
      resources: [fn, grant({ ...CALLER, function: "elsewhere" }), twin({ ...CALLER, function: "elsewhere" })],
    },
    { title: "direct calls alone", resources: [fn, twin()] },
  ],
  fail: [
    { title: "InvokeFunctionUrl alone", resources: [fn, grant()], findings: noTwin },
    {
      title: "a second permission for direct calls too",
      resources: [fn, grant(), twin({ ...CALLER, invokedViaFunctionUrl: false })],
      findings: noTwin,
    },
    {
      title: "a second permission for another caller",
      resources: [fn, grant(), twin({ ...CALLER, principal: `${ROLE}-2` })],
      findings: noTwin,
    },
    {
      title: "a second permission on another function",
      resources: [fn, other, grant(), twin({ ...CALLER, function: other.out("name") })],
      findings: noTwin,
    },
    {
      title: "a second permission on another alias",
      resources: [fn, grant({ ...CALLER, qualifier: "live" }), twin({ ...CALLER, qualifier: "next" })],
      findings: noTwin,
    },
    {
      title: "a second permission for another distribution",
      resources: [
        fn,
        grant({ ...EDGE, sourceArn: "arn:aws:cloudfront::123456789012:distribution/E1" }),
        twin({ ...EDGE, sourceArn: "arn:aws:cloudfront::123456789012:distribution/E2" }),
      ],
      findings: noTwin,
    },
    {
      title: "a second permission with another source account",
      resources: [fn, grant({ ...CALLER, sourceAccount: "123456789012" }), twin()],
      findings: noTwin,
    },
    {
      title: "InvokeFunctionUrl twice",
      resources: [fn, grant(), grant(CALLER, "again")],
      findings: [...noTwin, ["again", "twin"]],
    },
  ],
  unknown: [
    {
      title: "a second permission for a caller that is not known",
      resources: [fn, grant(), twin({ ...CALLER, principal: unknown })],
      findings: noTwin,
    },
    {
      title: "a second permission for another new distribution",
      modes: ["preview"],
      resources: [fn, distribution, second, grant(EDGE), twin({ ...EDGE, sourceArn: second.out("arn") })],
      findings: noTwin,
    },
    {
      title: "a second permission on a function that is not known",
      resources: [fn, grant(), twin({ ...CALLER, function: unknown })],
      findings: noTwin,
    },
    {
      title: "a second permission with a qualifier that is not known",
      resources: [fn, grant({ ...CALLER, qualifier: "live" }), twin({ ...CALLER, qualifier: unknown })],
      findings: noTwin,
    },
    {
      title: "an action that is not known",
      resources: [fn, grant({ ...CALLER, action: unknown })],
      findings: noTwin,
    },
  ],
  notApplicable: [{ title: "a stack without permissions", resources: [fn] }],
});

const url = (props: object = {}, name = "url"): Declared =>
  declare("functionUrl", name, { functionName: fn.out("name"), authorizationType: "AWS_IAM", ...props });
const wrong: [string, string][] = [["grant", "qualifier"]];

testRule(functionUrlQualifier, {
  pass: [
    { title: "neither with a qualifier", resources: [fn, url(), grant()] },
    {
      title: "both on one alias",
      resources: [fn, url({ qualifier: "live" }), grant({ ...CALLER, qualifier: "live" })],
    },
    {
      title: "both on one alias, once by its ARN",
      resources: [fn, alias, url({ qualifier: "live" }), grant({ ...CALLER, function: alias.out("arn") })],
    },
    {
      title: "an alias behind the function's name",
      resources: [
        url({ functionName: "fn", qualifier: "live" }),
        grant({ ...CALLER, function: "arn:aws:lambda:us-east-1:123456789012:function:fn:live" }),
      ],
    },
    {
      title: "no qualifier for $LATEST",
      resources: [url({ functionName: "fn", qualifier: "$LATEST" }), grant({ ...CALLER, function: "fn" })],
    },
    {
      title: "one of two URLs of the function",
      resources: [fn, url(), url({ qualifier: "live" }, "second"), grant({ ...CALLER, qualifier: "live" })],
    },
    { title: "direct calls of another version", resources: [fn, url(), twin({ ...CALLER, qualifier: "1" })] },
    {
      title: "a function without a URL here",
      resources: [fn, other, url(), grant({ function: other.out("name"), qualifier: "1" })],
    },
  ],
  fail: [
    {
      title: "a URL on an alias and a grant without one",
      modes: ["update"],
      resources: [fn, url({ qualifier: "live" }), grant()],
      findings: wrong,
    },
    {
      title: "the same, where the function's name is given",
      resources: [url({ functionName: "fn", qualifier: "live" }), grant({ ...CALLER, function: "fn" })],
      findings: wrong,
    },
    {
      title: "a grant on an alias and a URL without one",
      modes: ["update"],
      resources: [fn, url(), grant({ ...CALLER, qualifier: "live" })],
      findings: wrong,
    },
    {
      title: "two aliases",
      resources: [fn, url({ qualifier: "live" }), grant({ ...CALLER, qualifier: "next" })],
      findings: wrong,
    },
  ],
  unknown: [
    {
      title: "a qualifier that another resource gives",
      resources: [fn, url({ qualifier: "live" }), grant({ ...CALLER, qualifier: unknown })],
      findings: wrong,
    },
    {
      title: "a function's new name, behind which an alias may stand",
      modes: ["preview"],
      resources: [fn, url({ qualifier: "live" }), grant()],
      findings: wrong,
    },
    {
      title: "a function that is not known",
      resources: [fn, url({ qualifier: "live" }), grant({ ...CALLER, function: unknown })],
      findings: wrong,
    },
  ],
  notApplicable: [{ title: "a stack without Function URLs", resources: [fn, grant()] }],
});

const front = (host: unknown, name = "distribution"): Declared =>
  declare("distribution", name, { origins: [{ originId: "url", domainName: host }] });
const fronting = front(url().out("functionUrl"));
const fronted = (props: object, ...more: readonly Declared[]) => [fn, url(), fronting, grant(props), ...more];
const principal: [string, string][] = [["grant", "principal"]];
const source: [string, string][] = [["grant", "sourceArn"]];
const LITERAL = "arn:aws:cloudfront::123456789012:distribution/E1";

testRule(permissionSinglePath, {
  pass: [
    { title: "the distribution alone", resources: fronted({ ...EDGE, sourceArn: fronting.out("arn") }) },
    { title: "a role without a distribution in front", resources: [fn, url(), distribution, grant()] },
    {
      title: "a role, where the distribution is in front of another function",
      resources: [fn, other, url(), fronting, grant({ ...CALLER, function: other.out("name") })],
    },
    {
      title: "a role on an alias that has a URL of its own",
      resources: [
        fn,
        url(),
        url({ qualifier: "live" }, "direct"),
        fronting,
        grant({ ...EDGE, sourceArn: fronting.out("arn") }),
        grant({ ...CALLER, qualifier: "live" }, "caller"),
      ],
      modes: ["update"],
    },
    {
      title: "a role, where the distribution is in front of a bucket",
      resources: [
        fn,
        url(),
        declare("aws:s3/bucket:Bucket", "bucket"),
        front(declare("aws:s3/bucket:Bucket", "bucket").out("bucketRegionalDomainName")),
        grant(),
      ],
    },
    {
      title: "a role that the settings name",
      settings: { allowedPrincipals: [ROLE] },
      resources: fronted(CALLER),
    },
    { title: "a role for direct calls", resources: [fn, url(), fronting, twin()] },
  ],
  fail: [
    { title: "a role beside the distribution", resources: fronted(CALLER), findings: principal },
    {
      title: "an account beside the distribution",
      resources: fronted({ ...CALLER, principal: "123456789012" }),
      findings: principal,
    },
    {
      title: "a role by a wildcard action",
      resources: fronted({ ...CALLER, action: "lambda:*" }),
      findings: principal,
    },
    {
      title: "a distribution of another stack",
      modes: ["update"],
      resources: fronted({ ...EDGE, sourceArn: LITERAL }),
      findings: source,
    },
    {
      title: "another distribution of this stack",
      resources: fronted({ ...EDGE, sourceArn: second.out("arn") }, second),
      findings: source,
    },
    {
      title: "another role than the settings name",
      settings: { allowedPrincipals: [ROLE] },
      resources: fronted({ ...CALLER, principal: `${ROLE}-2` }),
      findings: principal,
    },
    {
      title: "a host that is made of the URL",
      resources: [fn, url(), front(text`${url().out("urlId")}.lambda-url.us-east-1.on.aws`), grant()],
      findings: principal,
    },
  ],
  unknown: [
    {
      title: "a principal that another resource gives",
      resources: fronted({ ...CALLER, principal: unknown }),
      findings: principal,
    },
    {
      title: "a distribution in front of a host that is not known",
      resources: [fn, url(), front(unknown), grant()],
      findings: principal,
    },
    {
      title: "a distribution that is not known",
      resources: fronted({ ...EDGE, sourceArn: unknown }),
      findings: source,
    },
    {
      title: "a function that is not known",
      resources: fronted({ ...CALLER, function: unknown }),
      findings: principal,
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [fn, url(), grant()] }],
});
