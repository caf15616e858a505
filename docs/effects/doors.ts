import { NEW_SNAPSHOT, type Effects } from "./effect";

export const DOORS: Effects<
  | "doors"
  | "apiAuth"
  | "apiKeys"
  | "cognito"
  | "jwt"
  | "customAuthorizer"
  | "callers"
  | "sessionOwner"
  | "perSessionRoles"
  | "corsOrigins"
> = {
  doors: {
    changes:
      "everything of a door, made or deleted; the other doors stay as they are, but for locks, usage plans and alarms, which name all",
    ends: ["REST API id", "address of a REST door", "Function URL", "function", "IAM role", "log group"],
    interrupts:
      "A removed door does not answer. If it is added again, it has another address, unless it has a `domain`.",
  },
  apiAuth: {
    changes: "methods, resource policy, and the authorizer, keys or pool that the kind needs",
    replaces: [...NEW_SNAPSHOT, "apigateway.Authorizer"],
    ends: ["API key", "user pool", "app client", "sign-in domain", "function", "IAM role", "log group"],
    interrupts:
      "From the new snapshot on, callers need the new proof. A pool with `deletionProtection` refuses to be deleted: turn it off in an update before.",
  },
  apiKeys: {
    changes: "keys and usage plans; the first key under another kind of `apiAuth` makes the methods ask for it",
    replaces: NEW_SNAPSHOT,
    ends: ["API key"],
    interrupts:
      "A key whose name is removed is refused. With `apiAuth` apiKey the first named key ends the key `default`.",
  },
  cognito: {
    changes: "the pool and its client, or which pool the authorizer asks; scopes of the methods",
    replaces: [...NEW_SNAPSHOT, "cognito.UserPoolClient"],
    moves: ["app client"],
    ends: ["user pool", "app client", "sign-in domain"],
    interrupts:
      "The first of `callbackUrls`, or none again, replaces the client. Users of the created pool are gone with it; `deletionProtection` refuses that.",
  },
  jwt: {
    changes: "settings of the authorizer's function, how long decisions are kept",
    replaces: NEW_SNAPSHOT,
    ends: ["function", "IAM role", "log group"],
    interrupts: "Tokens of another issuer or audience are refused, once kept decisions have run out.",
  },
  customAuthorizer: {
    changes: "the authorizer, and API Gateway's permission to call your function",
    replaces: [...NEW_SNAPSHOT, "lambda.Permission"],
    interrupts: "Your new function decides from the new snapshot on.",
  },
  callers: {
    changes: "two statements of the function's policy for each caller; those of the others stay",
    interrupts: "A removed caller is refused.",
  },
  sessionOwner: {
    changes: "code archive of the functions",
    interrupts:
      "Callers with an assumed role start new sessions once. With session, each role session has its own from then on.",
  },
  perSessionRoles: {
    changes: "code archive of the functions",
    interrupts: "Callers with a role that is added or removed start new sessions once.",
  },
  corsOrigins: {
    changes: "preflights and headers of the REST doors, CORS of the Function URL",
    replaces: NEW_SNAPSHOT,
    interrupts: "Pages of a removed origin can no longer call.",
  },
};
