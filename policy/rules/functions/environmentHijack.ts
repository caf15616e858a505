import { variablesOf } from "../../aws/functionVariables";
import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { is, UNKNOWN } from "../../model/value";

const PATH = "environment.variables";
const WANTED = "no variable that changes which code runs, or where calls go";

/** Names with which the environment decides which code runs, or where calls go and whom they trust. Proxies have them in small letters too. */
const HIJACKING: readonly RegExp[] = [
  /^(?:NODE_OPTIONS|NODE_PATH|PYTHONPATH|PYTHONSTARTUP|JAVA_TOOL_OPTIONS|RUBYOPT|RUBYLIB|DOTNET_STARTUP_HOOKS|BASH_ENV)$/,
  /^(?:AWS_LAMBDA_EXEC_WRAPPER|LD_PRELOAD|LD_LIBRARY_PATH|LD_AUDIT)$/,
  /^(?:NODE_TLS_REJECT_UNAUTHORIZED|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|AWS_CA_BUNDLE|REQUESTS_CA_BUNDLE)$/,
  /^AWS_ENDPOINT_URL/,
  // Where the SDK takes its credentials from.
  /^AWS_CONTAINER_(?:CREDENTIALS_(?:FULL|RELATIVE)_URI|AUTHORIZATION_TOKEN(?:_FILE)?)$/,
  /^AWS_(?:CONFIG_FILE|SHARED_CREDENTIALS_FILE|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|PROFILE|EC2_METADATA_\w+|CA_BUNDLE)$/,
  /^(?:HTTPS?|ALL)_PROXY$/i,
];

export const functionEnvironmentHijack = defineRule<{ readonly allow: readonly string[] }>({
  id: "fd-lambda-function-environment-hijack",
  description: "No environment variable of a function puts code before its own, or leads its calls elsewhere.",
  rationale:
    "NODE_OPTIONS, LD_PRELOAD and AWS_LAMBDA_EXEC_WRAPPER run code that is not in the archive (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html). AWS_ENDPOINT_URL sends prompts and signed requests to another host (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html), a proxy reads along, and NODE_TLS_REJECT_UNAUTHORIZED lets any host pose as AWS. The name decides: what a value means changes with the runtime's version.",
  severity: "critical",
  frameworks: { catalogue: ["FD50"] },
  remediationSteps:
    "Remove the variable. Bundle code with the function and set options there. Where a layer needs such a variable, as a wrapper for telemetry does, name it in the setting `allow`.",
  settings: {
    allow: {
      type: "array",
      items: { type: "string", minLength: 1 },
      description: "Names of such variables that functions may have.",
      default: [],
    },
  },
  resource: {
    types: [TYPES.function],
    check: (fn, { allow }) => {
      const variables = variablesOf(fn);
      if (variables === UNKNOWN)
        return judge(fn, UNKNOWN, {
          finding: PATH,
          seen: `\`${PATH}\` is not known before the update`,
          wanted: WANTED,
        });
      return variables
        .filter(([name]) => HIJACKING.some((pattern) => pattern.test(name)) && !allow.includes(name))
        .flatMap(([name, value]) =>
          judge(
            fn,
            is(value, () => false),
            { finding: `${PATH}.${name}`, seen: `\`${PATH}\` has ${name}`, wanted: WANTED },
          ),
        );
    },
  },
});
