import { formatValue, isObject } from "./validate/shape";

/**
 * Account ids of AWS's examples and of this project's, and that of emulators: an account with such an id is a stand-in.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
const ACCOUNTS = ["123456789012", "111122223333", "444455556666", "777788889999", "111111111111", "000000000000"];

/** The id of the principal that the local target deploys as. It deploys to no account, so examples are welcome there. */
export const LOCAL_USER_ID = "AIDALOCAL";

const ARN_ACCOUNT = /^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):/;

/** Examples that are none by their account: what it is, and what it looks like. */
const EXAMPLES: readonly (readonly [what: string, form: RegExp])[] = [
  [
    "the id of a runtime",
    /:runtime\/\w+-(?:a1b2c3d4e5|f6g7h8i9j0|k1l2m3n4o5|abcdef1234|abcde12345|1234567890|x{10})$/i,
  ],
  [
    "the id of a certificate",
    /:certificate\/(?:11111111-2222-3333-4444-555555555555|12345678-1234-1234-1234-123456789012)$/,
  ],
  ["the id of a user pool", /:userpool\/[a-z0-9-]+_AbCdEf123$/],
  ["the id of a key", /:key\/1234abcd-12ab-34cd-56ef-1234567890ab$/],
  ["the id of a hosted zone", /^(?:Z0123456789ABCDEFGHIJ|Z1D633PJN98FT9)$/],
  ["an id of a network", /^(?:vpc|subnet|vpce|sg)-0a1b2c3d4e5f6071[0-9a-f]$/],
  // https://www.rfc-editor.org/rfc/rfc2606, https://www.rfc-editor.org/rfc/rfc6761
  [
    "a domain",
    /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*(?:example\.(?:com|net|org)|[a-z0-9-]+\.(?:example|invalid))(?:[:/]|$)/,
  ],
  // https://www.rfc-editor.org/rfc/rfc5737, https://www.rfc-editor.org/rfc/rfc3849
  ["a range of addresses", /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+\/|^2001:0?db8:.*\//i],
];

/**
 * Values of a stack config that are examples of a documentation: AWS accepts many of them, and a door would be opened to another account, or
 * lead nowhere.
 *
 * @param config the config as it is given
 * @param accountId the account that is deployed to, undefined if it is unknown; one of the examples' own accounts has nothing to lose
 * @param userId id of the principal that deploys
 */
export function* validatePlaceholders(
  config: object,
  accountId: string | undefined,
  userId: string | undefined,
): Generator<string> {
  if (userId === LOCAL_USER_ID || (accountId !== undefined && ACCOUNTS.includes(accountId))) return;
  for (const { path, text } of textsIn("", config)) {
    const account = ARN_ACCOUNT.exec(text)?.[1] ?? text;
    const what = ACCOUNTS.includes(account)
      ? `the account ${account}`
      : EXAMPLES.find(([, form]) => form.test(text))?.[0];
    if (what !== undefined) {
      yield `\`${path}\` is ${formatValue(text)}, and ${what} is an example of the documentation${accountId === undefined ? "" : `; the stack deploys to the account ${accountId}`}. Set it to your own value, or remove it.`;
    }
  }
}

/** Every text in a value, with the path that `pulumi config set --path` accepts. */
function* textsIn(path: string, value: unknown): Generator<{ path: string; text: string }> {
  if (typeof value === "string") yield { path, text: value };
  else if (Array.isArray(value)) for (const [index, each] of value.entries()) yield* textsIn(`${path}[${index}]`, each);
  else if (isObject(value))
    for (const [key, each] of Object.entries(value)) yield* textsIn(path === "" ? key : `${path}.${key}`, each);
}
