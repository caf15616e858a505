import assert from "node:assert/strict";
import { RUNTIME_ARN } from "../program/components";

/** An invalid stack file: its content, and what its message says in addition to the file's name. */
export interface WrongConfig {
  readonly title: string;
  readonly content: string | Buffer;
  readonly says: readonly RegExp[];
}

const P = "agentcore-front-door";
const RIGHT = `config:\n  aws:region: us-east-1\n  ${P}:agentRuntimeArn: ${RUNTIME_ARN}\n`;

const file = (title: string, content: string | Buffer, ...says: RegExp[]): WrongConfig => ({ title, content, says });

/** A valid config with one invalid line. */
const line = (title: string, text: string, ...says: RegExp[]): WrongConfig =>
  file(title, `${RIGHT}  ${P}:${text}\n`, ...says);

/** Files that are not a stack's config. */
const FILES: readonly WrongConfig[] = [
  file("an empty file", "", /`agentRuntimeArn`/, /`sampleAgent` to true/),
  file("only a comment", "# nothing yet\n", /`agentRuntimeArn`/),
  file("a config without a value", "config:\n", /`agentRuntimeArn`/),
  file("a config that is a text", "config: none\n", /`config` is "none"/, /Use a map/),
  file("a config that is a list", "config:\n  - doors: [streamingApi]\n", /`config` is \[/, /Use a map/),
  file("a list at the top", "- config\n", /is not a map/, /`config:`/),
  file("a text at the top", "just words\n", /is not a map/),
  file("keys beside the config", `${P}:doors: [streamingApi]\n`, /`agentcore-front-door:doors` is outside/, /Indent/),
  file("a config by another name", RIGHT.replace("config:", "confg:"), /`confg`/, /did you mean `config`/),
  file(
    "a tab",
    `${RIGHT}\t${P}:edge: true\n`,
    /Tabs are not allowed/,
    /line 4 \(agentcore-front-door:edge: true\)/,
    /Use spaces/,
  ),
  file("a bracket left open", `${RIGHT}  ${P}:doors: [streamingApi\n`, /line \d/, /Correct it/),
  file("a quote left open", `${RIGHT}  ${P}:qualifier: "DEFAULT\n`, /line \d/, /Correct it/),
  file("a line that is not indented enough", `${RIGHT} ${P}:edge: true\n`, /line \d/, /edge/),
  file("an escape that YAML does not know", `${RIGHT}  ${P}:qualifier: "\\q"\n`, /Invalid escape/, /qualifier/),
  file("a key twice", `${RIGHT}  ${P}:edge: true\n  ${P}:edge: false\n`, /unique/, /door:edge: false/, /Leave one/),
  file("a key twice, inside another", `${RIGHT}  ${P}:canary: { weight: 1, weight: 2 }\n`, /unique/, /canary/),
  file("two documents", `${RIGHT}---\n${RIGHT}`, /multiple documents/, /Keep one/),
  file("a tag", `${RIGHT}  ${P}:edge: !yes true\n`, /Unresolved tag: !yes/, /edge/, /Leave the tag out/),
  file("an alias of nothing", `${RIGHT}  ${P}:callers: *teams\n`, /teams/, /Write the value out/),
  file(
    "an anchor inside itself",
    `${RIGHT}  ${P}:callers: &all [*all]\n`,
    /alias \*all inside its own anchor/,
    /Write the value out/,
  ),
  file("a list as a key", `${RIGHT}  ? [${P}:doors]\n  : 1\n`, /key that is not a plain text/),
  file("UTF-16", Buffer.from(`\uFEFF${RIGHT}`, "utf16le"), /not UTF-8/, /Save it as UTF-8/),
  file("bytes of a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /not UTF-8/),
  file("a byte order mark before a mistake", `\uFEFF${RIGHT}  ${P}:edge: 1\n`, /`edge` is 1/, /Use true or false/),
];

/** Unknown keys, and values whose type differs from Pulumi.yaml's. */
const TYPES: readonly WrongConfig[] = [
  file(
    "a key of another project",
    `${RIGHT}  agentcore-frontdoor:edge: true\n`,
    /`agentcore-frontdoor:edge`/,
    /Write agentcore-front-door:edge/,
  ),
  file(
    "a key of too many parts",
    `${RIGHT}  ${P}:jwt:issuer: x\n`,
    /`agentcore-front-door:jwt:issuer` is not a config key/,
  ),
  file("a key with and without its namespace", `${RIGHT}  ${P}:edge: true\n  edge: true\n`, /`edge` is set twice/),
  file(
    "a key of this project under another name",
    `${RIGHT}  front-door:apiAuth: jwt\n`,
    /`front-door:apiAuth` is not this project's/,
    /Write agentcore-front-door:apiAuth/,
  ),
  file(
    "the project's name as a map",
    `config:\n  ${P}:\n    doors: [streamingApi]\n`,
    /Write agentcore-front-door:doors/,
  ),
  file(
    "the provider's name as a map",
    "config:\n  aws:\n    region: us-east-1\n  sampleAgent: true\n",
    /Write aws:region/,
  ),
  file("a config within the config", "config:\n  config:\n    sampleAgent: true\n", /directly below the first/),
  file("a region without the provider", "config:\n  region: us-east-1\n  sampleAgent: true\n", /Write aws:region/),
  line("a path for a key", "jwt.issuer: x", /what is inside `jwt`: pulumi config set --path jwt\.issuer/),
  line("an index for a key", "doors[0]: x", /set --path 'doors\[0\]' <value>/),
  line("an empty text for a list", 'doors: ""', /`doors` is ""; Pulumi/),
  line("a list in quotes", `doors: "[streamingApi]"`, /`doors` is "\[streamingApi\]"; Pulumi/),
  line("an encrypted text", "apiAuth: { secure: v1:x }", /`agentcore-front-door:apiAuth` is encrypted/),
  file("a slip in aws:region", RIGHT.replace("region", "regoin"), /`aws:regoin`/, /did you mean `aws:region`/),
  file("a region that is no region", RIGHT.replace("us-east-1", "Virginia"), /`aws:region` is "Virginia"/, /us-east-1/),
  file("a region that is a list", RIGHT.replace(": us-east-1", ": [us-east-1]"), /`aws:region` is \["us-east-1"\]/),
  file("a region without a value", RIGHT.replace(": us-east-1", ":"), /`aws:region`/, /Give it one/),
  line("a key that is no key", "maxDurationSecond: 60", /`maxDurationSecond`/, /did you mean `maxDurationSeconds`/),
  line("a key without a value", "doors:", /`agentcore-front-door:doors` has no value/, /leave the line out/),
  line("a tilde for a value", "headerMap: ~", /`agentcore-front-door:headerMap` has no value/),
  line("an encrypted value", "jwt: { secure: AAABAK }", /`agentcore-front-door:jwt` is encrypted/, /without secrets/),
  line(
    "an encrypted value inside",
    "jwt: { issuer: { secure: v1:x } }",
    /`agentcore-front-door:jwt\.issuer` is encrypted/,
  ),
  line(
    "a number without an end",
    "alarmDailySpendUsd: .inf",
    /`agentcore-front-door:alarmDailySpendUsd`/,
    /is Infinity\. Use a finite number/,
  ),
  line(
    "a text for a number",
    "memorySizeMb: plenty",
    /`memorySizeMb` is "plenty"/,
    /declares it as integer\. Use a whole number/,
  ),
  line("half a second", "maxDurationSeconds: 60.5", /`maxDurationSeconds` is 60\.5/, /declares it as integer/),
  line("a text for a switch", "tracing: yes", /`tracing` is "yes"/, /declares it as boolean\. Use true or false/),
  line("a text for a list", "doors: streamingApi", /`doors` is "streamingApi"/, /declares it as array\. Use a list/),
  line("a map for a list", "callers: { a: 123456789012 }", /`callers` is \{/, /declares it as array/),
  line("a list for a map", "domain: [agent.example.com]", /`domain` is \[/, /declares it as object\. Use a map/),
  line("a number for a text", "qualifier: 5", /`qualifier` is 5/, /declares it as string\. Use a text, in quotes/),
  line("a list for a text", "apiAuth: [iam]", /`apiAuth` is \[/, /declares it as string/),
];

/** Invalid values of the right type. */
const VALUES: readonly WrongConfig[] = [
  file("an ARN with a blank in it", RIGHT.replace("runtime/", "runtime/ "), /`agentRuntimeArn`/, /Set it to one like/),
  file(
    "a runtime elsewhere",
    RIGHT.replace("us-east-1", "eu-central-1"),
    /`agentRuntimeArn` is in us-east-1/,
    /`aws:region`/,
  ),
  line("another word for a kind", "apiAuth: basic", /`apiAuth` is "basic"/, /cognito/),
  line("origins that are maps", "corsOrigins: [{ origin: x }]", /`corsOrigins` is \[\{"origin":"x"\}\]/),
  line("a pattern without its name", 'redaction: { patterns: ["a+"] }', /`redaction\.patterns\[0\]` is "a\+"/),
  line("a field for a list of fields", "payload: { allow: prompt }", /`payload\.allow` is "prompt"/),
  line("an agent without its ARN", "agents: { helper: {} }", /`agents\.helper\.agentRuntimeArn` is missing\. Set it/),
  line("no doors", "doors: []", /`doors` is empty/, /bufferedApi/),
  line("nothing on a list", "doors: [null]", /`doors` is \[null\]/),
  line("an account as a number", "callers: [123456789012]", /`callers` is \[123456789012\]/, /in quotes/),
  line("an agent that is nothing", "agents: { helper: }", /`agents\.helper`/),
  line(
    "an agent of a wrong form",
    "agents: { helper: { agentRuntimeArn: 5 } }",
    /`agents\.helper\.agentRuntimeArn` is 5/,
  ),
  line("names to rename that are no map", "payload: { rename: 5 }", /`payload\.rename`/),
  line("detectors that are nothing", "redaction: { detectors: }", /`redaction\.detectors`/),
  line(
    "a pattern that never ends",
    `redaction: { patterns: [{ name: a, pattern: "(" }] }`,
    /`redaction\.patterns\[0\]\.pattern`/,
  ),
  line(
    "a throttle of no route",
    `methodThrottles: { "PUT /invoke": { rateLimit: 1, burstLimit: 1 } }`,
    /`methodThrottles/,
  ),
  line("a key's limit that is a text", "apiKeys: { partner: { rateLimit: many } }", /`apiKeys\.partner\.rateLimit`/),
  line("memory that Lambda does not give", "memorySizeMb: 64", /`memorySizeMb` is 64/, /128 to 10240/),
  line("an edge without its door", "edge: true", /`edge`/, /streamingUrl/),
  line(
    "a private network with the streaming URL",
    "privateNetwork: true\n  agentcore-front-door:doors: [streamingUrl]",
    /`privateNetwork`/,
  ),
  line("an origin with a path", `corsOrigins: ["https://a.example/x"]`, /`corsOrigins` contains/, /no path/),
  line("an address with a bad mask", `wafBlockIps: ["10.0.0.0/33"]`, /`wafBlockIps`/),
  line("days that CloudWatch does not know", "logRetentionInDays: 31", /`logRetentionInDays` is 31/),
  line("a text on several lines", "apiAuth: |\n    iam\n    jwt", /`apiAuth` is "iam\\njwt\\n"/),
];

export const WRONG_CONFIGS: readonly WrongConfig[] = [...FILES, ...TYPES, ...VALUES];

/** A sentence, or a part of one, that begins with what to do. */
const REMEDY =
  /(?:[.,;:] |or )(?:use|set|write|give|leave|keep|remove|name|add|empty|begin|indent|correct|save|take)\b/i;

/** Checks the message of a refusal: file and key once, a remedy, and nothing of a crash. */
export function assertCleanMessage(message: string, file: string, says: readonly RegExp[]): void {
  for (const text of says) assert.match(message, text);
  assert.equal(message.split(file).length, 2, `the file's name once in: ${message}`);
  assert.doesNotMatch(message, /^\s+at /m);
  assert.doesNotMatch(message, /Unhandled|undefined|\[object|TypeError|node:/);
  const [head = "", ...mistakes] = message.split(/\n {2}- (?=[`A-Z])/);
  for (const text of mistakes.length > 0 ? mistakes : [head]) assert.match(text, REMEDY, "says what to do");
  const keys = mistakes.map((text) => /^`(?:agentcore-front-door:)?([^`]+)`/.exec(text)?.[1] ?? text);
  assert.deepEqual(keys, [...new Set(keys)], "each key once");
}
