import { EVENTS } from "../../../../support/handlers/handlers";

/** An event as a service makes it for one kind of caller, and who owns the caller's sessions. */
export interface Shape {
  readonly event: object;
  /** The owner, in words of this test; undefined if the caller is refused. Two shapes share sessions only if they name the same owner. */
  readonly owner: string | undefined;
  /** The owner with `sessionOwner: session`, if it is another one. */
  readonly ownerBySession?: string;
}

const POOL = "us-east-1:00000000-0000-0000-0000-00000000000f";
export const PER_SESSION_ROLES = ["github-deploy", "App-Users"];

export const rest = (identity: object, authorizer?: object): object => ({
  ...EVENTS["REST event 1.0"]({}),
  requestContext: {
    identity: { userArn: null, caller: null, user: null, accountId: null, apiKeyId: null, ...identity },
    ...(authorizer && { authorizer }),
  },
});

export const url = (iam: object): object => {
  const event = EVENTS["Function URL event 2.0"]({});
  return { ...event, requestContext: { ...event.requestContext, authorizer: { iam } } };
};

/** The same principal at a REST API and at a Function URL. */
function both(userArn: string, userId: string): readonly object[] {
  const accountId = userArn.split(":")[4];
  return [
    rest({ userArn, accountId, user: userId, caller: userId }),
    url({ userArn, accountId, userId, callerId: userId, cognitoIdentity: null, principalOrgId: "o-1" }),
  ];
}

/** `partition/account/role/session` of assumed roles, and the owners that differ from `role partition/account/role`. */
const ROLE_SESSIONS: readonly (readonly [what: string, session: string, owner?: string])[] = [
  ["an ECS task", "aws/123456789012/agent-client/0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
  ["another task of the same service", "aws/123456789012/agent-client/ffffffffffffffffffffffffffffffff"],
  ["an EC2 instance with the role", "aws/123456789012/agent-client/i-0123456789abcdef0"],
  ["an SDK that names the session by the clock", "aws/123456789012/agent-client/botocore-session-1760000000"],
  ["an EKS pod identity", "aws/123456789012/agent-client/eks-prod-api-5d4f-0e6a8e2c-1111-4222-8333-444455556666"],
  ["a Lambda function", "aws/123456789012/agent-client/my-function"],
  ["a session with every character", "aws/123456789012/agent-client/a+b=c,d.e@f-g_h"],
  ["a session named as roles of Identity Center", "aws/123456789012/agent-client/AWSReservedSSO_Admin_0123"],
  ["a session named as the role", "aws/123456789012/agent-client/agent-client"],
  ["a role of another name", "aws/123456789012/agent-client2/agent-client"],
  ["a role named in another case", "aws/123456789012/Agent-Client/i-0123456789abcdef0"],
  ["a role with every character", "aws/123456789012/r+=,.@-_x/i-0123456789abcdef0"],
  ["the role in another account", "aws/210987654321/agent-client/i-0123456789abcdef0"],
  ["the role in China", "aws-cn/123456789012/agent-client/i-0123456789abcdef0"],
  ["the role in GovCloud", "aws-us-gov/123456789012/agent-client/i-0123456789abcdef0"],
  ["the role in the European Sovereign Cloud", "aws-eusc/123456789012/agent-client/i-0123456789abcdef0"],
  [
    "Ann of Identity Center",
    "aws/123456789012/AWSReservedSSO_Admin_0123456789abcdef/ann@example.com",
    "session aws/123456789012/AWSReservedSSO_Admin_0123456789abcdef/ann@example.com",
  ],
  [
    "Bob of Identity Center",
    "aws/123456789012/AWSReservedSSO_Admin_0123456789abcdef/bob@example.com",
    "session aws/123456789012/AWSReservedSSO_Admin_0123456789abcdef/bob@example.com",
  ],
  ["a role whose name only contains the prefix", "aws/123456789012/my-AWSReservedSSO_Admin/ann"],
  [
    "a web identity of a role that the stack names",
    "aws/123456789012/github-deploy/run-1",
    "session aws/123456789012/github-deploy/run-1",
  ],
  [
    "another web identity of that role",
    "aws/123456789012/github-deploy/run-2",
    "session aws/123456789012/github-deploy/run-2",
  ],
  [
    "a role that the stack names in another case",
    "aws/123456789012/app-users/ann",
    "session aws/123456789012/app-users/ann",
  ],
];

const roleShapes = ROLE_SESSIONS.flatMap(([what, path, owner]): (readonly [string, Shape])[] => {
  const [partition = "", account = "", role = "", session = ""] = path.split("/");
  const [atRest = {}, atUrl = {}] = both(
    `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`,
    `AROAEXAMPLE:${session}`,
  );
  const rest = {
    owner: owner ?? `role ${partition}/${account}/${role}`,
    ownerBySession: `session ${path}`,
  };
  return [
    [`${what} at a REST API`, { event: atRest, ...rest }],
    [`${what} at a Function URL`, { event: atUrl, ...rest }],
  ];
});

const OTHERS: Readonly<Record<string, string>> = {
  "an IAM user": "arn:aws:iam::123456789012:user/ann",
  "an IAM user with a path": "arn:aws:iam::123456789012:user/people/ann",
  "an IAM user named as the role": "arn:aws:iam::123456789012:user/agent-client",
  "an IAM user of another account": "arn:aws:iam::210987654321:user/ann",
  "an IAM user in China": "arn:aws-cn:iam::123456789012:user/ann",
  "the root user": "arn:aws:iam::123456789012:root",
  "a federated user": "arn:aws:sts::123456789012:federated-user/ann",
  "a role itself": "arn:aws:iam::123456789012:role/agent-client",
  "a role session without its name": "arn:aws:sts::123456789012:assumed-role/agent-client",
  "a role session with an empty name": "arn:aws:sts::123456789012:assumed-role/agent-client/",
  "a role session with a path": "arn:aws:sts::123456789012:assumed-role/path/agent-client/i-0",
  "a role session of no account": "arn:aws:sts:::assumed-role/agent-client/i-0",
  "a role session beyond ASCII": "arn:aws:sts::123456789012:assumed-role/agent-client/ann\u{1f600}",
  "a role session with a line break": "arn:aws:sts::123456789012:assumed-role/agent-client/ann\n",
};

const otherShapes = Object.entries(OTHERS).flatMap(([what, arn]) =>
  both(arn, "AIDAEXAMPLE").map(
    (event, index) =>
      [`${what} at a ${index === 0 ? "REST API" : "Function URL"}`, { event, owner: `principal ${arn}` }] as const,
  ),
);

const POOL_USER = "arn:aws:sts::123456789012:assumed-role/app/CognitoIdentityCredentials";
const identityAt = (id: unknown, pool: unknown = POOL) => [
  rest({ userArn: POOL_USER, cognitoIdentityId: id, cognitoIdentityPoolId: pool }),
  url({ userArn: POOL_USER, cognitoIdentity: { identityId: id, identityPoolId: pool, amr: [] } }),
];
const identityShapes = (["ann", "bob"] as const).flatMap((id) =>
  identityAt(`us-east-1:${id}`).map(
    (event, index) =>
      [`${id} of an identity pool, ${index === 0 ? "REST" : "URL"}`, { event, owner: `identity ${id}` }] as const,
  ),
);

/** Claims of tokens as the issuers make them; API Gateway's user pool authorizer passes them on, the bundled authorizer `iss` and `sub`. */
const TOKENS: Readonly<Record<string, { readonly iss: string; readonly sub: string }>> = {
  Cognito: { iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123", sub: "1111-2222" },
  "another Cognito pool": { iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other", sub: "1111-2222" },
  Entra: { iss: "https://login.microsoftonline.com/tenant/v2.0", sub: "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ" },
  Okta: { iss: "https://dev-1.okta.com/oauth2/default", sub: "ann@example.com" },
  Auth0: { iss: "https://tenant.eu.auth0.com/", sub: "auth0|5f7c8ec7c33c6c004bbafe82" },
  "a machine at Auth0": { iss: "https://tenant.eu.auth0.com/", sub: "clientid@clients" },
  Keycloak: { iss: "https://sso.example.com/realms/main", sub: "f:1:ann" },
  Google: { iss: "https://accounts.google.com", sub: "110169484474386276334" },
};

const tokenShapes = Object.entries(TOKENS).flatMap(([what, { iss, sub }]) => {
  const owner = `token ${iss} ${sub}`;
  return [
    [`a token of ${what}, user pool authorizer`, { event: rest({}, { claims: { iss, sub, aud: "x" } }), owner }],
    [
      `a token of ${what}, bundled authorizer`,
      { event: rest({}, { principalId: sub, iss, sub, scope: "", integrationLatency: 1 }), owner },
    ],
  ] as const;
});

const ANN = "arn:aws:iam::123456789012:user/ann";

export const SHAPES: Readonly<Record<string, Shape>> = Object.fromEntries<Shape>([
  ...roleShapes,
  ...otherShapes,
  ...identityShapes,
  ...tokenShapes,
  ["an identity of another pool", { event: identityAt("us-east-1:ann", "other")[0] ?? {}, owner: "identity ann 2" }],
  ["an identity pool's user without identity, REST", { event: identityAt(null)[0] ?? {}, owner: undefined }],
  ["an identity pool's user without identity, URL", { event: identityAt("")[1] ?? {}, owner: undefined }],
  ["an API key", { event: rest({ apiKeyId: "key-a", apiKey: "secret" }), owner: "key key-a" }],
  ["another API key", { event: rest({ apiKeyId: "key-b", apiKey: "secret" }), owner: "key key-b" }],
  ["an API key named as a user", { event: rest({ apiKeyId: ANN }), owner: `key ${ANN}` }],
  ["an IAM user with a key", { event: rest({ userArn: ANN, apiKeyId: "key-a" }), owner: `principal ${ANN}` }],
  ["an authorizer's principal", { event: rest({}, { principalId: "ann" }), owner: "authorizer ann" }],
  ["an authorizer's principal in another case", { event: rest({}, { principalId: "Ann" }), owner: "authorizer Ann" }],
  [
    "an authorizer's principal named as a key",
    { event: rest({}, { principalId: "key-a" }), owner: "authorizer key-a" },
  ],
  ["an authorizer's principal named as a user", { event: rest({}, { principalId: ANN }), owner: `authorizer ${ANN}` }],
  [
    "an authorizer's principal named as a role's id",
    {
      event: rest({}, { principalId: '["aws","123456789012","agent-client"]' }),
      owner: "authorizer that looks like a role",
    },
  ],
  [
    "a token without an issuer",
    { event: rest({}, { claims: { sub: "1111-2222" } }), owner: "token without issuer 1111-2222" },
  ],
  ["nobody, REST", { event: rest({}), owner: undefined }],
  ["nobody, URL", { event: url({}), owner: undefined }],
  ...["", " ", 7, 0, true, [ANN], { arn: ANN }, "ann", '["aws","123456789012","agent-client"]', "ARN:aws"].flatMap(
    (userArn) => [
      [`the userArn ${JSON.stringify(userArn)}, REST`, { event: rest({ userArn }), owner: undefined }] as const,
      [`the userArn ${JSON.stringify(userArn)}, URL`, { event: url({ userArn }), owner: undefined }] as const,
    ],
  ),
]);
