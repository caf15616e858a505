/** The three forms of the boundary, by their names in the stack config. */
export const DOOR_NAMES = ["bufferedApi", "streamingUrl", "streamingApi"] as const;
export type DoorName = (typeof DOOR_NAMES)[number];

/** How a caller proves itself at a door. `EDGE`: not at all, but a body needs its hash beside it. `service` is the SigV4 service name of the credential scope. */
export type DoorAuth =
  | { readonly type: "AWS_IAM"; readonly service: "lambda" | "execute-api"; readonly region: string }
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

export function isDoorName(text: string): text is DoorName {
  return (DOOR_NAMES as readonly string[]).includes(text);
}
