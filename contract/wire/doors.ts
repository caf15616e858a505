/** The names of the three doors in the stack config. */
export const DOOR_NAMES = ["bufferedApi", "streamingUrl", "streamingApi"] as const;
export type DoorName = (typeof DOOR_NAMES)[number];

/** The differences between the doors. */
interface DoorTraits {
  /**
   * Whether the door is a REST API of API Gateway; otherwise it is a Function URL. Only REST doors have `apiAuth`, keys, throttles, a domain, a
   * resource policy and a regional web ACL: AWS WAF does not protect Function URLs.
   */
  readonly rest: boolean;
  /** Whether the whole answer is sent at once; otherwise it is streamed. */
  readonly buffered: boolean;
  /** Name of the service in the credential scope of a SigV4 signature. */
  readonly service: "execute-api" | "lambda";
  /** Whether `edge` puts CloudFront in front of the door. */
  readonly edge: boolean;
  /**
   * Whether the door's function can be in a VPC. A Function URL does not stream from a VPC.
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
   */
  readonly vpc: boolean;
}

/** The only description of each door. Code that depends on the kind of a door reads it from here. */
export const DOORS = {
  bufferedApi: { rest: true, buffered: true, service: "execute-api", edge: false, vpc: true },
  streamingUrl: { rest: false, buffered: false, service: "lambda", edge: true, vpc: false },
  streamingApi: { rest: true, buffered: false, service: "execute-api", edge: false, vpc: true },
} as const satisfies Readonly<Record<DoorName, DoorTraits>>;

/** The doors on API Gateway. */
export type RestDoorName = { [Name in DoorName]: (typeof DOORS)[Name]["rest"] extends true ? Name : never }[DoorName];

/**
 * How a caller authenticates at a door. `EDGE`: it sends the hash of each body, and its token in `X-Auth-Token` if users sign in there.
 * `service` is the name of the service in the credential scope of a SigV4 signature.
 */
export type DoorAuth =
  | { readonly type: "AWS_IAM"; readonly service: DoorTraits["service"]; readonly region: string }
  | { readonly type: "EDGE"; readonly token?: string }
  | { readonly type: "API_KEY"; readonly header: "x-api-key"; readonly value: string }
  | {
      readonly type: "BEARER";
      /** The header that contains the token. */
      readonly header: string;
      /** The header's value: `Bearer <token>`. */
      readonly value: string;
    };

/** A door that can be called. `url` has no trailing slash: `${url}/invoke` is the route. */
export interface Door {
  readonly name: DoorName;
  readonly url: string;
  readonly auth: DoorAuth;
  /** The API key that the door requires in addition to a signature or a token. */
  readonly apiKey?: { readonly header: "x-api-key"; readonly value: string };
  /** Path of the field with the text in the agent's events, if the stack names one (`answer.text`). */
  readonly textPath?: string;
}

/** A long-term key pair for SigV4. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A caller of a running front door, with its own credentials. */
export interface LocalCaller {
  /** ARN of the IAM principal, as a request shows it. */
  readonly arn: string;
  /** Its identity, if it is a user of a Cognito identity pool. */
  readonly identityId?: string;
  readonly credentials: Credentials;
}

/** Description of a running front door: the line that `npm start -- --json` prints. */
export interface FrontDoor {
  readonly stack: string;
  readonly region: string;
  readonly doors: readonly Door[];
  readonly credentials: Credentials;
  /** The further callers that `npm start -- --caller` names. */
  readonly callers?: readonly LocalCaller[];
  /** URL of the local issuer, which gives every client a token for doors with `BEARER`; and the lifetime of a token, seconds. */
  readonly tokens?: { readonly url: string; readonly livesSeconds: number };
  /** URL of the page that tries the doors, with the token of this start. */
  readonly playground?: string;
}

export function isDoorName(text: unknown): text is DoorName {
  return (DOOR_NAMES as readonly unknown[]).includes(text);
}

export function isRestDoor(name: DoorName): name is RestDoorName {
  return DOORS[name].rest;
}
