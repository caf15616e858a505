import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { at, entries, is, or, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly latestAliases: readonly string[];
}

export const functionCodeSource = defineRule<Settings>({
  id: "fd-lambda-function-code-source",
  description:
    "A function's code is what was checked: no archive from a URL, an image by its digest, an alias on a published version.",
  rationale:
    "What a URL serves and what a tag names can change between the review and the deployment, and with $LATEST behind an alias every upload is live at once (https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html, https://docs.aws.amazon.com/lambda/latest/dg/images-create.html). Of a URL a policy sees that there is one, not which: none is taken. What is inside an archive that the program puts together, a policy does not see.",
  severity: "high",
  frameworks: { catalogue: ["FD51"] },
  remediationSteps:
    "Build the archive from files of the repository. Name images as repository@sha256:digest. Set publish to true on the function and functionVersion of the alias to its version.",
  settings: {
    latestAliases: {
      type: "array",
      items: { type: "string", minLength: 1 },
      description: "Names of aliases that may stand on $LATEST, as one for development does.",
      default: [],
    },
  },
  resource: {
    types: [TYPES.function, TYPES.alias],
    check: (resource, settings) =>
      // A version that is not known is the usual case, and the stack form follows it.
      resource.type === TYPES.alias ? aliasFindings(resource, settings, true) : codeFindings(resource),
  },
  stack: {
    types: [TYPES.function, TYPES.alias],
    check: (graph, settings) => [
      ...graph.all(TYPES.function).flatMap(codeFindings),
      ...graph.all(TYPES.alias).flatMap((alias) => aliasFindings(alias, settings, comesPublished(graph, alias))),
    ],
  },
});

const DIGEST = /@sha256:[0-9a-f]{64}$/;

function codeFindings(fn: Resource): readonly Finding[] {
  const image = fn.props["imageUri"] ?? undefined;
  const isPinned = is(image, (known) => known === undefined || (typeof known === "string" && DIGEST.test(known)));
  return [
    ...judge(
      fn,
      is(fn.props["code"], (code) => !isRemote(code)),
      {
        finding: "code",
        seen: `\`code\` is ${fn.props["code"] === UNKNOWN ? "not known before the update" : "an archive from a URL"}`,
        wanted: "an archive of the program's own files",
      },
    ),
    ...judgeProperty(fn, "imageUri", image, isPinned, "an image by its digest, @sha256:..."),
  ];
}

/** Whether an archive is one from a URL, or has a part that is. */
function isRemote(archive: unknown): boolean {
  if (typeof archive !== "object" || archive === null) return false;
  if (at(archive, "uri") !== undefined) return true;
  return Object.values(at(archive, "assets") ?? {}).some(isRemote);
}

function aliasFindings(alias: Resource, { latestAliases }: Settings, published: Truth): readonly Finding[] {
  const version = alias.props["functionVersion"] ?? undefined;
  const isPublished = version === UNKNOWN ? published : version !== "$LATEST";
  const mayBeLatest = is(alias.props["name"], (known) => latestAliases.includes(known as string));
  const weights = at(alias.props, "routingConfig", "additionalVersionWeights");
  return [
    ...judge(alias, or(isPublished, mayBeLatest), {
      finding: "functionVersion",
      seen: `\`functionVersion\` is ${isPublished === false ? "$LATEST" : "not known before the update"}`,
      wanted: "a published version",
    }),
    ...judgeProperty(
      alias,
      "routingConfig.additionalVersionWeights",
      weights,
      or(
        is(entries(weights), (known) => (known as unknown[]).length === 0),
        mayBeLatest,
      ),
      "one version, whose code this program has",
    ),
  ];
}

/** Of a function that is not published there is no version but $LATEST. */
function comesPublished(graph: PolicyGraph, alias: StackResource): Truth {
  const [fn, ...more] = graph.sources(alias, "functionVersion", TYPES.function);
  return fn && more.length === 0 ? is(fn.props["publish"], (known) => known === true) : UNKNOWN;
}
