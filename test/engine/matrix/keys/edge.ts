import { journey, keyWalk, walk, type Walk } from "../walk";
import { EDGE, URL_DOOR } from "./bases";

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d";
const domain = { name: "agent.example.com", certificateArn };

const jwt = { issuer: "https://login.example.com/", audience: ["agent"] };

export const EDGE_WALKS: readonly Walk[] = [
  keyWalk("edge", URL_DOOR, [true]),
  keyWalk("edgeReadTimeoutSeconds", EDGE, [120, 30]),
  keyWalk("edgeDomain", EDGE, [
    domain,
    { ...domain, hostedZoneId: "Z0123456789ABCDEFGHIJ" },
    { ...domain, name: "other.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" },
  ]),
  walk("edgeAuth", EDGE, [
    { edgeAuth: "jwt", jwt },
    {
      edgeAuth: "jwt",
      jwt: {
        ...{ ...jwt, jwksUri: "https://login.example.com/keys", tokens: ["access", "id"] },
        ...{ refusedKeys: ["leaked"], scopeClaims: ["scp", "roles"], scopes: ["invoke"] },
      },
    },
    { edgeAuth: "cognito", cognito: { deletionProtection: false } },
  ]),
  keyWalk("edgeSigner", EDGE, [true]),
  keyWalk("edgeAccessLog", EDGE, [true]),
  journey("an edge and what changes behind it", EDGE, [
    { corsOrigins: ["https://app.example.com"] },
    { doors: ["streamingUrl", "streamingApi"] },
    { memorySizeMb: 1024, edgeSigner: true, edgeDomain: domain },
    { edge: false },
  ]),
];
