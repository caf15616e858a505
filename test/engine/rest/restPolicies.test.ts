import assert from "node:assert/strict";
import { TYPES } from "../../../local/program/graph";
import type { Cloud } from "../provider/cloud/cloud";
import { mayCall, type Caller } from "../provider/cloud/restAccess";
import { engineSuite, share } from "../support/cli";
import { REST_ONLY } from "../support/config";
import { withStack, type Config } from "../support/stack";

const PARTNER = "210987654321";

const PRINCIPALS = {
  own: "arn:aws:iam::123456789012:role/client",
  partner: `arn:aws:iam::${PARTNER}:role/client`,
  stranger: "arn:aws:iam::999999999999:role/client",
} as const;

const PLACES: Readonly<Record<string, Omit<Caller, "principalArn">>> = {
  office: { address: "203.0.113.7" },
  cellar: { address: "203.0.113.66" },
  cafe: { address: "198.51.100.9" },
  endpoint: { address: "10.0.0.5", vpcEndpointId: "vpce-0a1b2c3d4e5f60718" },
  "other endpoint": { address: "10.0.0.5", vpcEndpointId: "vpce-0a1b2c3d4e5f60719" },
};

const INTERNET = ["office", "cellar", "cafe"];

interface Station {
  readonly title: string;
  readonly config: Config;
  /** From where one gets in. */
  readonly from: readonly string[];
  /** Who gets in, if callers sign. */
  readonly who?: readonly (keyof typeof PRINCIPALS)[];
}

const station = (title: string, resourcePolicy: Config, from: readonly string[]): Station => ({
  title,
  config: { resourcePolicy },
  from,
});
const open: Station = { title: "nothing declared", config: {}, from: INTERNET };
const behind = (name: string): Station => ({
  title: `private, behind the ${name}`,
  config: { privateApi: true, apiVpcEndpointIds: [PLACES[name]?.vpcEndpointId] },
  from: [name],
});

/** Each kind of rule comes, changes and goes. */
const WALK: readonly Station[] = [
  open,
  station("one network", { allowIps: ["203.0.113.0/24"] }, ["office", "cellar"]),
  station("another network", { allowIps: ["198.51.100.0/24"] }, ["cafe"]),
  station("a network but for one address", { allowIps: ["203.0.113.0/24"], denyIps: ["203.0.113.66/32"] }, ["office"]),
  station("all but one address", { denyIps: ["203.0.113.66/32"] }, ["office", "cafe"]),
  open,
  behind("endpoint"),
  behind("other endpoint"),
  open,
];

const partner: Station = {
  title: "an account that is let in",
  config: { resourcePolicy: { accounts: [PARTNER] } },
  from: INTERNET,
  who: ["own", "partner"],
};
const partnerInOffice: Station = {
  title: "an account that is let in from one network",
  config: { resourcePolicy: { accounts: [PARTNER], allowIps: ["203.0.113.7/32"] } },
  from: ["office"],
  who: ["own", "partner"],
};

const WAYS: readonly { readonly apiAuth: string; readonly config: Config; readonly walk: readonly Station[] }[] = [
  { apiAuth: "iam", config: {}, walk: [open, partner, open, partnerInOffice, partner, ...WALK] },
  {
    apiAuth: "iam",
    config: { corsOrigins: ["https://app.example.com"] },
    walk: [partner, open, behind("endpoint"), open],
  },
  { apiAuth: "apiKey", config: {}, walk: WALK },
  { apiAuth: "cognito", config: { cognito: { callbackUrls: ["https://app.example.com/signed-in"] } }, walk: WALK },
  {
    apiAuth: "custom",
    config: { customAuthorizer: { functionArn: "arn:aws:lambda:us-east-1:123456789012:function:my-authorizer" } },
    walk: WALK,
  },
  { apiAuth: "jwt", config: { jwt: { issuer: "https://login.example.com/", audience: ["agent"] } }, walk: WALK },
];

engineSuite("what a REST API serves is what is declared", () => {
  for (const { apiAuth, config, walk } of share(WAYS, 3)) {
    const more = Object.keys(config).join(", ");
    it(`with ${apiAuth}${more === "" ? "" : ` and ${more}`}`, async () => {
      await withStack({}, async (stack) => {
        const wrong: string[] = [];
        for (const [step, { title, config: rules, from, who }] of walk.entries()) {
          await stack.up({ ...REST_ONLY, apiAuth, ...config, ...rules });
          const expected = callers(from, apiAuth === "iam" ? (who ?? ["own"]) : Object.keys(PRINCIPALS));
          const actual = admitted(stack.cloud);
          if (JSON.stringify(actual) !== JSON.stringify(expected)) {
            wrong.push(`${String(step)} ${title}: lets in ${list(actual)}; declared: ${list(expected)}`);
          }
        }
        assert.deepEqual(wrong, []);
      });
    });
  }
});

function callers(places: readonly string[], who: readonly string[]): string[] {
  return places.flatMap((place) => who.map((name) => `${name} in ${place}`)).sort();
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "nobody" : names.join(", ");
}

/** Everybody whom the one API of the account lets in. */
function admitted(cloud: Cloud): string[] {
  const [api] = cloud.all(TYPES.restApi);
  assert.ok(api);
  return Object.entries(PLACES)
    .flatMap(([place, where]) =>
      Object.entries(PRINCIPALS)
        .filter(([, principalArn]) => mayCall(cloud, api.id, { ...where, principalArn }))
        .map(([who]) => `${who} in ${place}`),
    )
    .sort();
}
