import type { Config } from "../support/stack";
import { PARTNER } from "./served/admission";
import { BOTH, REST, TWO, URL_DOOR } from "./keys/bases";

/** A fault that this program once had, or could come to have: one text of one file in place of another. */
export interface Mutant {
  readonly title: string;
  /** Below the root of the project. */
  readonly file: string;
  /** A text that the file has once. */
  readonly find: string;
  readonly replace: string;
  /** Updates of which one at least must fail. */
  readonly walk: readonly Config[];
  /** What the matrix then says. */
  readonly says: RegExp;
}

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const DOMAIN = { name: "agent.example.com", certificateArn };
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

export const MUTANTS: readonly Mutant[] = [
  {
    title: "a lock that is named after its agent",
    file: "components/frontDoor/locks.ts",
    find: '(typeof arn === "string" ? shortHash(arn) : ofKey)',
    replace: "ofKey",
    walk: [
      { ...BOTH, agents: { billing: { agentRuntimeArn: TWO } } },
      { ...BOTH, agents: { invoices: { agentRuntimeArn: TWO } } },
    ],
    says: /two-a1b2c3d4e5 (?:is open|was open for a moment)/,
  },
  {
    title: "locks before the doors",
    file: "components/frontDoor/frontDoor.ts",
    find: "        ...parent,\n        dependsOn,\n",
    replace: "        ...parent,\n",
    walk: [REST],
    says: /is made after the locks/,
  },
  {
    title: "a resource policy only if there is something to restrict",
    file: "components/rest/restApi.ts",
    find: "    restPolicy(name, {",
    replace: "    if (Object.keys(args.resourcePolicy ?? {}).length > 0) restPolicy(name, {",
    walk: [{ ...REST, resourcePolicy: { allowIps: ["203.0.113.0/24"] } }, REST],
    says: /serves another policy than declared/,
  },
  {
    title: "preflights that nothing denies when the last page is removed",
    file: "contract/aws/resourcePolicy.ts",
    find: "...(preflights\n        ? []",
    replace: "...(preflights || !preflights\n        ? []",
    walk: [{ ...REST, corsOrigins: ["https://app.example.com"] }, REST],
    says: /still serves apigateway\.Method \S+-options /,
  },
  {
    title: "routes of agents that are declared only while there are agents",
    file: "components/rest/routes/routes.ts",
    find: "of REST_PATHS) {",
    replace:
      'of REST_PATHS.filter(({ path }) => !path.startsWith("/agents") || require("@pulumi/pulumi").runtime.allConfig()["agentcore-front-door:agents"] !== "{}")) {',
    walk: [{ ...REST, apiAuth: "apiKey", agents: { chat: { agentRuntimeArn: TWO } } }, REST],
    says: /still serves apigateway\.Method \S+-agents-agent-invoke-post /,
  },
  {
    title: "a snapshot whose trigger is a hash of outputs",
    file: "components/rest/snapshot.ts",
    find: "this.declared.push([name, args]);",
    replace: "this.declared.push([name, ...Object.values(made).filter((each) => pulumi.Output.isInstance(each))]);",
    walk: [REST],
    says: /a preview afterwards proposes to \S+ front-door-buffered-api-deployment/,
  },
  {
    title: "a snapshot whose trigger leaves a kind of part out",
    file: "components/rest/snapshot.ts",
    find: "this.declared.push([name, args]);",
    replace: 'if (!name.endsWith("-integration")) this.declared.push([name, args]);',
    walk: [REST, { ...REST, bufferedMaxDurationSeconds: 10 }],
    says: /does not serve apigateway\.Integration/,
  },
  {
    title: "an address of its own that is left out of the API when it has no domain",
    file: "components/rest/restApi.ts",
    find: "disableExecuteApiEndpoint: domain !== undefined,",
    replace: "...(domain !== undefined && { disableExecuteApiEndpoint: true }),",
    walk: [{ ...REST, domain: DOMAIN }, REST],
    says: /its own address is off without a domain/,
  },
  {
    title: "API Gateway's permission on the function instead of its alias",
    file: "components/rest/restApi.ts",
    find: "...(args.functionAlias !== undefined && { qualifier: args.functionAlias }),",
    replace: "",
    walk: [{ ...REST, provisionedConcurrency: 1 }],
    says: /may not call/,
  },
  {
    title: "permissions with the caller's ARN in their names",
    file: "components/url/caller.ts",
    find: "callerStatements(shortHash(principal))",
    replace: 'callerStatements(principal.replace(/[^A-Za-z0-9]+/g, "-"))',
    walk: [{ ...BOTH, callers: [role(`aws-reserved/sso.amazonaws.com/${"r".repeat(64)}`)] }],
    says: /statementId .* must have at most 100/,
  },
  {
    title: "an account's id as the principal of a permission",
    file: "components/url/caller.ts",
    find: 'if (typeof caller === "string" && !isAccountId(caller)) return caller;',
    replace: 'if (typeof caller === "string") return caller;',
    walk: [{ ...BOTH, callers: [PARTNER] }],
    says: /a preview afterwards proposes to \S+ front-door-streaming-url-caller/,
  },
  {
    title: "a Function URL that is on an alias only while environments are kept warm",
    file: "components/url/streamingUrl.ts",
    find: "        qualifier: fn.alias,\n",
    replace: "        ...(provisioned && { qualifier: fn.alias }),\n",
    walk: [URL_DOOR, { ...URL_DOOR, provisionedConcurrency: 1 }],
    says: /an earlier version made its Function URL on the function itself/,
  },
  {
    title: "a door that has the root of the domain until another comes",
    file: "components/frontDoor/restNetwork.ts",
    find: "basePath: DOMAIN_BASE_PATHS[door], keepsBasePath: true",
    replace: 'basePath: settings.doors.length === 1 ? "" : DOMAIN_BASE_PATHS[door]',
    walk: [
      { ...REST, domain: DOMAIN },
      { ...REST, domain: DOMAIN, doors: ["bufferedApi", "streamingApi"] },
    ],
    says: /has no `moves` "address of a REST door"/,
  },
  {
    title: "an AAAA record of a domain that answers over IPv4",
    file: "components/rest/domain.ts",
    find: "ipv6: false",
    replace: "ipv6: true",
    walk: [{ ...REST, domain: { ...DOMAIN, hostedZoneId: "Z0123456789ABCDEFGHIJ" } }],
    says: /the record \S+ leads nowhere/,
  },
  {
    title: "a throttle whose path has no slash before it",
    file: "contract/wire/routes.ts",
    find: '`${path.replaceAll("~", "~0")',
    replace: '`${path.slice(1).replaceAll("~", "~0")',
    walk: [{ ...REST, methodThrottles: { "POST /invoke": { rateLimit: 1, burstLimit: 2 } } }],
    says: /throttles at \S+ \S+,invoke\/POST 1\/2/,
  },
  {
    title: "an endpoint for a service that the VPC has one for",
    file: "components/network/privateNetwork.ts",
    find: "=> !(service in existingEndpoints);",
    replace: "=> !(service in {});",
    walk: [
      {
        ...{ ...REST, privateNetwork: true, vpcId: "vpc-0a1b2c3d4e5f60718" },
        subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
        existingEndpoints: { logs: "sg-0a1b2c3d4e5f60718" },
      },
    ],
    says: /there are endpoints of \S*logs/,
  },
  {
    title: "a lock that leaves a way in open",
    file: "components/function/agentRights.ts",
    find: '  "bedrock-agentcore:GetAgentCard",\n',
    replace: "",
    walk: [REST],
    says: /one-a1b2c3d4e5 is open/,
  },
  {
    title: "a leaked key that the authorizer is not told to refuse",
    file: "components/auth/tokens.ts",
    find: "omitUndefined({ jwksUri, scopeClaims, tokens, refusedKeys })",
    replace: "omitUndefined({ jwksUri, scopeClaims, tokens })",
    walk: [
      {
        ...REST,
        apiAuth: "jwt",
        jwt: { issuer: "https://login.example.com/", audience: ["agent"], refusedKeys: ["leaked"] },
      },
    ],
    says: /front-door-jwt-authorizer verifies tokens with/,
  },
  {
    title: "API keys that are named by their place in the list",
    file: "components/rest/access/apiKeys.ts",
    find: "new aws.apigateway.ApiKey(`${name}-${key}`,",
    replace: "new aws.apigateway.ApiKey(`${name}-${Object.keys(args.keys).indexOf(key)}`,",
    walk: [
      { ...REST, apiAuth: "apiKey", apiKeys: { one: {} } },
      { ...REST, apiAuth: "apiKey", apiKeys: { another: {}, one: {} } },
    ],
    says: /has no `moves` "API key"/,
  },
];
