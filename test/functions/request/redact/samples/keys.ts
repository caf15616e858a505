import type { Random } from "./random";
import { filledIn, type Sample } from "./sample";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = UPPER.toLowerCase();
const DIGITS = "0123456789";
const WORD = UPPER + LOWER + DIGITS;

/** Where the keys of AWS are: `ID` and `SECRET` are their places. */
const AWS_PLACES = [
  "[default]\naws_access_key_id = ID\naws_secret_access_key = SECRET\n",
  "[prod]\naws_access_key_id=ID\naws_secret_access_key=SECRET\nregion=eu-central-1\n",
  "export AWS_ACCESS_KEY_ID=ID\nexport AWS_SECRET_ACCESS_KEY=SECRET",
  'export AWS_ACCESS_KEY_ID="ID"; export AWS_SECRET_ACCESS_KEY="SECRET"',
  "$env:AWS_ACCESS_KEY_ID = 'ID'\n$env:AWS_SECRET_ACCESS_KEY = 'SECRET'",
  '{"AccessKeyId":"ID","SecretAccessKey":"SECRET","SessionToken":"none"}',
  '{ "Credentials": { "AccessKeyId": "ID",\n "SecretAccessKey": "SECRET" } }',
  'provider "aws" {\n  access_key = "ID"\n  secret_key = "SECRET"\n}',
  's3 = boto3.client("s3", aws_access_key_id="ID", aws_secret_access_key="SECRET")',
  'new S3Client({ credentials: { accessKeyId: "ID", secretAccessKey: "SECRET" } })',
  "User name,Access key ID,Secret access key\nann,ID,SECRET\n",
  "ID:SECRET",
  "ID / SECRET",
  "my key is ID and the secret is SECRET, why do I get AccessDenied?",
  "Schlüssel: ID\nGeheimnis: SECRET",
  "environment:\n  - AWS_ACCESS_KEY_ID=ID\n  - AWS_SECRET_ACCESS_KEY=SECRET\n",
  "docker run -e AWS_ACCESS_KEY_ID=ID -e AWS_SECRET_ACCESS_KEY=SECRET app",
  "ENV AWS_ACCESS_KEY_ID ID\nENV AWS_SECRET_ACCESS_KEY SECRET",
  "<accessKey>ID</accessKey><secretKey>SECRET</secretKey>",
  "aws configure set aws_access_key_id ID && aws configure set aws_secret_access_key SECRET",
  "s3://ID:SECRET@bucket/path",
  '{"text":"key ID\\nsecret SECRET\\n"}',
  "| ID | SECRET |",
  "`ID` `SECRET`",
  "spring.cloud.aws.credentials.access-key=ID\nspring.cloud.aws.credentials.secret-key=SECRET",
];

/** Texts with an access key id and its secret key, as IAM makes them. A secret has letters of both cases, digits and often `/` and `+`. */
export const awsKeySamples = (random: Random, count: number): Sample[] =>
  Array.from({ length: count }, (_, at) =>
    filledIn(AWS_PLACES[at % AWS_PLACES.length] ?? "", {
      ID: random.pick(["AKIA", "AKIA", "ASIA"]) + random.of(`${UPPER}234567`, 16),
      SECRET: random.of(`${WORD}/+`, 40),
    }),
  );

/** Keys of other services by the name of the service. They are put together here, so that no scanner takes them for keys that leaked. */
export const OTHER_KEYS: Record<string, (random: Random) => string> = {
  "GitHub token": (random) => `${random.pick(["ghp", "gho", "ghs"])}_${random.of(WORD, 36)}`,
  "GitHub fine-grained token": (random) => `github_pat_${random.of(WORD, 22)}_${random.of(WORD, 59)}`,
  "GitLab token": (random) => `glpat-${random.of(`${WORD}-_`, 20)}`,
  "Slack token": (random) =>
    `xox${random.pick(["b", "p"])}-${random.digits(12)}-${random.digits(12)}-${random.of(WORD, 24)}`,
  "Slack webhook": (random) =>
    `https://hooks.slack.com/services/T${random.of(UPPER + DIGITS, 8)}/B${random.of(UPPER + DIGITS, 8)}/${random.of(WORD, 24)}`,
  "Stripe key": (random) => `${random.pick(["sk", "rk", "pk"])}_live_${random.of(WORD, 24)}`,
  "Google API key": (random) => `AIza${random.of(`${WORD}-_`, 35)}`,
  "Google client secret": (random) => `GOCSPX-${random.of(`${WORD}-_`, 28)}`,
  "OpenAI key": (random) => `sk-proj-${random.of(`${WORD}-_`, 48)}`,
  "OpenAI key, old": (random) => `sk-${random.of(WORD, 48)}`,
  "Anthropic key": (random) => `sk-ant-api03-${random.of(`${WORD}-_`, 93)}AA`,
  "SendGrid key": (random) => `SG.${random.of(`${WORD}-_`, 22)}.${random.of(`${WORD}-_`, 43)}`,
  "npm token": (random) => `npm_${random.of(WORD, 36)}`,
  "Azure storage key": (random) => `${random.of(`${WORD}/+`, 86)}==`,
  JWT: (random) => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "RS256", typ: "JWT" })}.${part({ sub: random.digits(10), iat: 1714550000 })}.${random.of(`${WORD}-_`, 342)}`;
  },
  "private key": (random) =>
    [
      "-----BEGIN PRIVATE",
      " KEY-----\n",
      ...Array.from({ length: 24 }, () => `${random.of(`${WORD}/+`, 64)}\n`),
      "-----END PRIVATE",
      " KEY-----",
    ].join(""),
};
