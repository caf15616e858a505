import { placeOf } from "../../aws/functionPlace";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { is, list, show, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly accounts: readonly string[];
}

export const functionLayers = defineRule<Settings>({
  id: "fd-lambda-function-layers",
  description: "The layers of a function come from its own account, or from accounts that the stack trusts.",
  rationale:
    "A layer is code that runs with the function's role and sees every prompt, and its owner can take it away (https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html).",
  severity: "high",
  frameworks: { prowler: ["awslambda_function_using_cross_account_layers"] },
  remediationSteps:
    "Publish the layer in your own account, or bundle its code with the function. If you trust its owner, AWS's own extensions among them, add the account to the setting `accounts`.",
  settings: {
    accounts: {
      type: "array",
      items: { type: "string", pattern: "^[0-9]{12}$" },
      description: "Accounts beside the function's own whose layers it may have.",
      default: [],
    },
  },
  resource: { types: [TYPES.function], check: (fn, settings) => findings(fn, settings, true) },
  stack: {
    types: [TYPES.function],
    check: (graph, settings) =>
      graph.all(TYPES.function).flatMap((fn) => {
        const sources = fn.sources["layers"] ?? [];
        const areOfStack =
          sources.length > 0 && graph.sources(fn, "layers", TYPES.layerVersion).length === sources.length;
        return findings(fn, settings, areOfStack || UNKNOWN);
      }),
  },
});

/** @param unknown what is to be thought of layers that are not known: the resource form leaves them to the stack form */
function findings(fn: Resource, { accounts }: Settings, unknown: Truth): readonly Finding[] {
  const layers = list(fn.props["layers"]);
  const own = placeOf(fn).account;
  const isTrusted = (layer: unknown): Truth => {
    if (layer === UNKNOWN) return unknown;
    const [, account] = /^arn:[\w-]+:lambda:[\w-]+:(\d{12}):layer:/.exec(String(layer)) ?? [];
    if (account === undefined) return false;
    return accounts.includes(account) || (own === undefined ? UNKNOWN : account === own);
  };
  if (layers === UNKNOWN) return judged(fn, "layers", UNKNOWN, unknown);
  return layers.flatMap((layer, index) => judged(fn, `layers[${index.toString()}]`, layer, isTrusted(layer)));
}

function judged(fn: Resource, finding: string, layer: unknown, truth: Truth): readonly Finding[] {
  const isKnown = is(layer, () => true) === true;
  const seen = `\`${finding}\` is ${isKnown ? show(layer) : "not known before the update"}`;
  return judge(fn, truth, { finding, seen, wanted: "a layer of the function's account or of a trusted one" });
}
