import assert from "node:assert/strict";
import { jwtCaller } from "../../../../../functions/request/caller/caller";
import { runtimeSessionId } from "../../../../../functions/request/caller/session";
import { readRequest, type DoorRequest } from "../../../../../functions/request/request";
import { rest, SHAPES, url } from "./shapes";

const HANDLE = "h".repeat(40);
const CLOUDFRONT =
  "arn:aws:sts::856369053181:assumed-role/OriginAccessControlRole/EdgeCredentialsProxy+EdgeHostAuthenticationClient";
const ANN = { iss: "https://login.example.com/", sub: "ann" };

/** Events of a public edge: CloudFront signs each of them, whoever the client is. */
const EVENTS: Readonly<Record<string, object>> = {
  "CloudFront's principal": url({ userArn: CLOUDFRONT, cognitoIdentity: null }),
  "a principal that a caller of the REST doors has": url({ userArn: "arn:aws:iam::123456789012:user/ann" }),
  "an identity of a pool": url({ userArn: CLOUDFRONT, cognitoIdentity: { identityId: "ann", identityPoolId: "pool" } }),
  "no principal": url({}),
};

const at = (event: object, publicEdge: boolean): DoorRequest => {
  const request = readRequest(event, publicEdge);
  assert.ok(request);
  return request;
};
const sessionOf = ({ caller }: Pick<DoorRequest, "caller">): string => runtimeSessionId(caller, undefined, HANDLE);

/** The session of each caller that a door verifies. */
const verified = new Set(
  Object.values(SHAPES).flatMap(({ event, owner }) => (owner === undefined ? [] : [sessionOf(at(event, false))])),
);

describe("the owner of a session at a public edge", () => {
  for (const [title, event] of Object.entries(EVENTS)) {
    it(`without a token is nobody, and meets no verified caller: ${title}`, () => {
      const request = at(event, true);
      assert.deepEqual([request.caller, request.isPublic], [undefined, true]);
      assert.ok(!verified.has(sessionOf(request)));
    });

    it(`with a token is its issuer and subject, whatever signs: ${title}`, () => {
      const user = (claims: typeof ANN) => sessionOf({ ...at(event, true), caller: jwtCaller(claims) });
      const atRest = sessionOf(at(rest({}, { principalId: ANN.sub, ...ANN }), false));
      assert.equal(user(ANN), atRest, "the same user at a REST door");
      const others = [
        { ...ANN, sub: "bob" },
        { ...ANN, iss: "https://evil.example/" },
        { ...ANN, sub: "Ann" },
      ];
      assert.equal(new Set([ANN, ...others].map(user)).size, 4);
      assert.notEqual(user(ANN), sessionOf(at(event, true)));
    });
  }
});
