import { createRequire } from "node:module";
import { TYPES } from "../../../local/program/graph";
import type { BehaviourName } from "./behaviours";
import type { Cloud } from "./cloud/cloud";
import { check } from "./check";
import { diff } from "./diff";
import { invoke } from "./invoke";
import { computed, random, type Values } from "./kind";
import { kindOf } from "./kinds";
import { NETWORK_TYPES } from "./kinds/network";
import { schemaOf } from "./schema";
import type { Provider } from "./server";
import { UNKNOWN } from "./wire";

const load = createRequire(__filename);

/** The version that the program asks for, so that both providers use one `aws`. */
export const AWS_VERSION = (load("@pulumi/aws/package.json") as { version: string }).version;

/** What network interfaces hold: the provider waits until they have gone, which takes AWS up to 45 minutes. */
const WAITING: readonly string[] = [TYPES.securityGroup, NETWORK_TYPES.subnet];

/** A provider `aws` whose AWS is a model. */
export function awsProvider(cloud: Cloud): Provider {
  const behaves = (behaviour: BehaviourName) => cloud.behaves(behaviour);
  const answer = (type: string, outputs: Values) =>
    behaves("emptyOutputs") ? outputs : { ...empty(schemaOf(type).properties), ...outputs };
  return {
    version: AWS_VERSION,
    check: ({ type, name, olds, news }) => check(kindOf(type), { type, name, olds, news, random, behaves }),
    diff: ({ type, ...request }) => diff(kindOf(type), { ...request, behaves }),
    create: ({ type, urn, inputs, preview }) => {
      if (preview) {
        const made = computed(kindOf(type), cloud.making(type, urn, inputs));
        return { id: "", outputs: { ...inputs, ...unknown(Object.keys(made).filter((key) => !(key in inputs))) } };
      }
      const { id, outputs } = cloud.create(type, urn, inputs);
      return { id, outputs: answer(type, outputs) };
    },
    update: ({ type, urn, id, olds, news, preview }) =>
      preview
        ? { ...olds, ...news, ...unknown(kindOf(type).renewed?.filter((key) => key in olds) ?? []) }
        : answer(type, cloud.update(type, urn, id, { olds, news }).outputs),
    delete: async ({ type, urn, id, inputs }) => {
      if (WAITING.includes(type) && cloud.settings.networkInterfaces.length > 0) await cloud.quiet();
      cloud.delete(type, urn, id, inputs);
    },
    invoke: (token, args) => invoke(token, args, cloud.place),
  };
}

function empty(properties: readonly string[]): Values {
  return Object.fromEntries(properties.map((property) => [property, ""]));
}

function unknown(properties: readonly string[]): Values {
  return Object.fromEntries(properties.map((property) => [property, UNKNOWN]));
}
