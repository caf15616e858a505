import assert from "node:assert/strict";
import { readRequest } from "../../../../functions/request/request";
import { runtimeSessionId } from "../../../../functions/request/caller/session";
import { EVENTS } from "../../../support/handlers/handlers";

const POOL = "us-east-1:00000000-0000-0000-0000-00000000000f";
const ANN = "us-east-1:00000000-0000-0000-0000-000000000001";
const BOB = "us-east-1:00000000-0000-0000-0000-000000000002";
const ROLE_SESSION = "arn:aws:sts::123456789012:assumed-role/app-users/CognitoIdentityCredentials";

type Reading = { readonly kind: string; readonly session: string } | undefined;

function reading(event: object): Reading {
  const request = readRequest(event);
  assert.ok(request);
  const { caller } = request;
  return caller && { kind: caller.kind, session: runtimeSessionId(caller, undefined, "h".repeat(40)) };
}

interface Who {
  readonly userArn: string;
  readonly identityId?: unknown;
  readonly poolId?: unknown;
  readonly apiKeyId?: string;
  readonly authorizer?: object;
}

const atRest = ({ userArn, identityId = null, poolId = POOL, apiKeyId, authorizer }: Who): Reading =>
  reading({
    ...EVENTS["REST event 1.0"]({}),
    requestContext: {
      identity: { userArn, cognitoIdentityId: identityId, cognitoIdentityPoolId: poolId, apiKeyId: apiKeyId ?? null },
      ...(authorizer && { authorizer }),
    },
  });

const atUrl = ({ userArn, identityId, poolId = POOL }: Who): Reading => {
  const event = EVENTS["Function URL event 2.0"]({});
  const cognitoIdentity = identityId === undefined ? null : { amr: [], identityId, identityPoolId: poolId };
  return reading({
    ...event,
    requestContext: { ...event.requestContext, authorizer: { iam: { userArn, cognitoIdentity } } },
  });
};

const ARNS = [
  ROLE_SESSION,
  "arn:aws-cn:sts::123456789012:assumed-role/app-users/CognitoIdentityCredentials",
  "arn:aws-us-gov:sts::123456789012:assumed-role/app-users/CognitoIdentityCredentials",
  "arn:aws-eusc:sts::123456789012:assumed-role/app-users/CognitoIdentityCredentials",
  "arn:aws:sts::123456789012:assumed-role/a/path/app_users+=,.@-/CognitoIdentityCredentials",
  "arn:aws:sts::123456789012:assumed-role/CognitoIdentityCredentials/CognitoIdentityCredentials",
];

for (const [service, read] of Object.entries({ "a REST API": atRest, "a Function URL": atUrl })) {
  describe(`users of an identity pool at ${service}`, () => {
    for (const userArn of ARNS) {
      it(`have sessions of their own as ${userArn}`, () => {
        const [ann, bob, again] = [ANN, BOB, ANN].map((identityId) => read({ userArn, identityId }));
        assert.equal(ann?.kind, "cognitoIdentity");
        assert.equal(bob?.kind, "cognitoIdentity");
        assert.notEqual(ann.session, bob.session);
        assert.deepEqual(again, ann);
      });

      for (const identityId of [undefined, null, "", " ", 7, { id: ANN }, [ANN]]) {
        it(`are nobody as ${userArn} with the identity ${JSON.stringify(identityId)}`, () => {
          assert.equal(read({ userArn, identityId }), undefined);
        });
      }
    }

    it("keep their sessions if their role changes, as it does for users who sign in", () => {
      const guest = ROLE_SESSION.replace("app-users", "app-guests");
      assert.deepEqual(read({ userArn: guest, identityId: ANN }), read({ userArn: ROLE_SESSION, identityId: ANN }));
    });

    it("are known by their identity also under a role session that the app has named", () => {
      const userArn = "arn:aws:sts::123456789012:assumed-role/app-users/web-identity";
      const [ann, bob] = [ANN, BOB].map((identityId) => read({ userArn, identityId }));
      assert.equal(ann?.kind, "cognitoIdentity");
      assert.notEqual(ann.session, bob?.session);
    });

    it("of two pools share nothing", () => {
      const [one, other] = [POOL, `${POOL}0`].map((poolId) => read({ userArn: ROLE_SESSION, identityId: ANN, poolId }));
      assert.notEqual(one?.session, other?.session);
    });

    for (const userArn of [
      "arn:aws:sts::123456789012:assumed-role/CognitoIdentityCredentials/task-a",
      "arn:aws:iam::123456789012:user/CognitoIdentityCredentials",
      "arn:aws:iam::123456789012:user/path/CognitoIdentityCredentials",
      "arn:aws:iam::123456789012:role/CognitoIdentityCredentials",
      "arn:aws:sts::123456789012:federated-user/CognitoIdentityCredentials",
      "arn:aws:sts::123456789012:assumed-role/app/cognitoidentitycredentials",
      "arn:aws:sts::123456789012:assumed-role/app/CognitoIdentityCredentials2",
      "arn:aws:sts::123456789012:assumed-role/app/MyCognitoIdentityCredentials",
      "arn:aws:sts::123456789012:assumed-role/agent-client/aaaa",
    ]) {
      it(`are not meant by ${userArn}`, () => {
        const caller = read({ userArn });
        assert.equal(caller?.kind, "iam");
        assert.notEqual(caller.session, read({ userArn, identityId: ANN })?.session);
      });
    }
  });
}

describe("users of an identity pool", () => {
  it("are not taken for the key that they share", () => {
    assert.equal(atRest({ userArn: ROLE_SESSION, apiKeyId: "website" }), undefined);
    assert.equal(atRest({ userArn: ROLE_SESSION, identityId: ANN, apiKeyId: "website" })?.kind, "cognitoIdentity");
  });

  it("are whom an authorizer names, if one does", () => {
    assert.equal(atRest({ userArn: ROLE_SESSION, authorizer: { principalId: "ann" } })?.kind, "authorizer");
  });

  it("have the same session at both services", () => {
    assert.deepEqual(
      atRest({ userArn: ROLE_SESSION, identityId: ANN }),
      atUrl({ userArn: ROLE_SESSION, identityId: ANN }),
    );
  });

  it("cannot name themselves in a header or in the body", () => {
    const forged = {
      headers: { cognitoIdentityId: ANN, "x-cognito-identity-id": ANN },
      body: JSON.stringify({ cognitoIdentityId: ANN, requestContext: { identity: { cognitoIdentityId: ANN } } }),
      caller: ROLE_SESSION,
    };
    for (const event of Object.values(EVENTS)) assert.equal(reading(event(forged)), undefined);
  });
});
