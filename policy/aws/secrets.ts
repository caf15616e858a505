/** Credentials that show by their form, whatever they are called. */
const FORMS: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, // AWS access key id
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/,
  /\beyJ[\w-]{6,}\.eyJ[\w-]{6,}\./, // JSON Web Token
  /^(?:bearer|basic) +[\w.~+/=-]{8,}$/i,
  /\b(?:gh[oprsu]_\w{36}|github_pat_\w{22})/,
  /\bglpat-[\w-]{20}/,
  /\bxox[a-z]-[\w-]{10}|\bhooks\.slack\.com\/services\/\w/,
  /\b(?:[rs]k_(?:live|test)|whsec)_\w{16}/, // Stripe
  /\bsk-(?:[a-z]+\d*-)*\w{20}/, // OpenAI, Anthropic
  /\bAIza[\w-]{35}/, // Google
  /\bnpm_\w{36}/,
  /^[a-z][a-z\d+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i, // URL with a password
];

/** Names whose last word says that the value is the secret itself: `DB_PASSWORD`, `apiKey`, but not `MAX_TOKENS` or `SECRET_NAME`. */
const NAME =
  /(?:pass(?:word|wd|phrase)|pwd|secret|token|credentials?|(?:api|access|private|secret|encryption|signing)[-_.]?key)(?:[-_.]?(?:value|\d+))?$/i;

/** What such a name may hold: where the secret lies, or a switch. */
const HARMLESS = /^(?:arn:[\w-]+:.*|true|false|)$/i;

/** Whether a variable holds a credential in plain sight, by its value's form or by its name. */
export function looksSecret(name: string, value: string): boolean {
  const text = value.trim();
  if (FORMS.some((form) => form.test(text))) return true;
  return NAME.test(name) && !HARMLESS.test(text);
}
