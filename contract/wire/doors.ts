/** The three forms of the boundary, by their names in the stack config. */
export const DOOR_NAMES = ["bufferedApi", "streamingUrl", "streamingApi"] as const;
export type DoorName = (typeof DOOR_NAMES)[number];

/** What sets one door apart from another. */
interface DoorTraits {
  /**
   * Whether a REST API of API Gateway is the entrance; if not, a Function URL is. Only REST doors have `apiAuth`, keys, throttles, a domain,
   * a resource policy and a regional web ACL: AWS WAF does not protect Function URLs.
   */
  readonly rest: boolean;
  /** Whether the whole answer is sent at once; if not, it is streamed. */
  readonly buffered: boolean;
  /** The service that verifies a caller's SigV4 signature, by its name in the credential scope. */
  readonly service: "execute-api" | "lambda";
  /** Whether `edge` puts CloudFront in front of it. */
  readonly edge: boolean;
  /**
   * Whether its function can be in a VPC: a Function URL does not stream from one.
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
   */
  readonly vpc: boolean;
}

/** Code that treats doors differently asks this table, so that a door is described once. */
export const DOORS = {
  bufferedApi: { rest: true, buffered: true, service: "execute-api", edge: false, vpc: true },
  streamingUrl: { rest: false, buffered: false, service: "lambda", edge: true, vpc: false },
  streamingApi: { rest: true, buffered: false, service: "execute-api", edge: false, vpc: true },
} as const satisfies Readonly<Record<DoorName, DoorTraits>>;

/** The doors on API Gateway. */
export type RestDoorName = { [Name in DoorName]: (typeof DOORS)[Name]["rest"] extends true ? Name : never }[DoorName];

/** How a caller proves itself at a door. `EDGE`: not at all, but a body needs its hash beside it. `service` is the SigV4 service name of the credential scope. */
export type DoorAuth =
  | { readonly type: "AWS_IAM"; readonly service: DoorTraits["service"]; readonly region: string }
  | { readonly type: "EDGE" }
  | { readonly type: "API_KEY"; readonly header: "x-api-key"; readonly value: string }
  | {
      readonly type: "BEARER";
      /** The header that the authorizer judges. */
      readonly header: string;
      /** With its scheme: `Bearer <token>`. */
      readonly value: string;
    };

/** A door that can be called. `url` has no slash at its end: `${url}/invoke` is the route. */
export interface Door {
  readonly name: DoorName;
  readonly url: string;
  readonly auth: DoorAuth;
  /** The key that the door wants beside a signature or a token. */
  readonly apiKey?: { readonly header: "x-api-key"; readonly value: string };
}

/** A long-term key pair for SigV4. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What a running front door says of itself: the one line of `npm start -- --json`. */
export interface FrontDoor {
  readonly stack: string;
  readonly region: string;
  readonly doors: readonly Door[];
  readonly credentials: Credentials;
  /** Where anybody gets a token of the local issuer, for doors with `BEARER`, and how long one lives. */
  readonly tokens?: { readonly url: string; readonly livesSeconds: number };
}

export function isDoorName(text: unknown): text is DoorName {
  return (DOOR_NAMES as readonly unknown[]).includes(text);
}

export function isRestDoor(name: DoorName): name is RestDoorName {
  return DOORS[name].rest;
}
