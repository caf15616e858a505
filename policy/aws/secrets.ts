/** Credentials that show by their form, whatever they are called, and what they are. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, "an AWS access key id"],
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/, "a private key"],
  [/\beyJ[\w-]{6,}\.eyJ[\w-]{6,}\./, "a JSON Web Token"],
  [/^(?:bearer|basic) +[\w.~+/=-]{8,}$/i, "an Authorization header"],
  [/\b(?:gh[oprsu]_\w{36}|github_pat_\w{22})|\bglpat-[\w-]{20}/, "a token of a code host"],
  [/\bnpm_\w{36}/, "an npm token"],
  [/\bxox[a-z]-[\w-]{10}|\bhooks\.slack\.com\/services\/\w/, "a Slack token"],
  [/\b(?:[rs]k_(?:live|test)|whsec)_\w{16}/, "a Stripe key"],
  [/\bsk-[\w-]{20}|\bAIza[\w-]{35}|\bABSK[A-Za-z0-9+/=]{60}/, "a key of a model provider"],
  [/\b[a-z][a-z\d+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i, "a URL with a password"],
];

/** Names whose last word says that the value is the secret itself: `DB_PASSWORD`, `apiKey`, but not `MAX_TOKENS` or `SECRET_NAME`. */
const NAME =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|(?:api|access|private|secret|encryption|signing)[-_.]?key)(?:[-_.]?(?:value|\d+))?$|bearer_token\w*$/i;

/** What such a name may hold: nothing, a switch, a number, or what says where the secret is. */
const HARMLESS =
  /^(?:|true|false|null|none|[\d.]+|arn:[\w-]+:.*|\{\{resolve:.*|\/(?:[\w.-]+\/)+[\w.-]*|\/[a-z-]{1,24}|https?:\/\/[^@]*)$/i;

/** What credential a variable holds in plain sight, by its value's form or by its name. The answer has no part of it. */
export function secretIn(name: string, value: string): string | undefined {
  const text = value.trim();
  const form = FORMS.find(([pattern]) => pattern.test(text));
  if (form) return `what looks like ${form[1]}`;
  return NAME.test(name) && !HARMLESS.test(text) ? "what by its name is a secret" : undefined;
}
