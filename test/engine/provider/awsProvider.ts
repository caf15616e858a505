import { createRequire } from "node:module";
import type { Cloud } from "./cloud";
import { check } from "./check";
import { diff } from "./diff";
import { invoke } from "./invoke";
import { computed, random, type Values } from "./kind";
import { kindOf } from "./kinds";
import type { Provider } from "./server";
import { UNKNOWN } from "./wire";

const load = createRequire(__filename);

/** The version that the program asks for, so that both providers use one `aws`. */
export const AWS_VERSION = (load("@pulumi/aws/package.json") as { version: string }).version;

/** A provider `aws` whose AWS is a model. */
export function awsProvider(cloud: Cloud): Provider {
  return {
    version: AWS_VERSION,
    check: ({ type, name, olds, news }) => check(kindOf(type), { name, olds, news, random }),
    diff: ({ type, ...request }) => diff(kindOf(type), request),
    create: ({ type, urn, inputs, preview }) => {
      if (preview) {
        const made = computed(kindOf(type), cloud.making(type, urn, inputs));
        return { id: "", outputs: { ...inputs, ...unknown(Object.keys(made).filter((key) => !(key in inputs))) } };
      }
      const { id, outputs } = cloud.create(type, urn, inputs);
      return { id, outputs };
    },
    update: ({ type, urn, id, olds, news, preview }) =>
      preview
        ? { ...olds, ...news, ...unknown(kindOf(type).renewed?.filter((key) => key in olds) ?? []) }
        : cloud.update(type, urn, id, { olds, news }).outputs,
    delete: ({ type, urn, id, inputs }) => {
      cloud.delete(type, urn, id, inputs);
    },
    invoke: (token, args) => invoke(token, args, cloud.place),
  };
}

function unknown(properties: readonly string[]): Values {
  return Object.fromEntries(properties.map((property) => [property, UNKNOWN]));
}
