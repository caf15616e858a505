import { main, type Provider } from "@pulumi/pulumi/provider";
import { create, invoke } from "../../../local/program/provider";
import { PLACE } from "../program/components";

/**
 * An aws provider for a real `pulumi preview` without an account. It accepts every resource and answers as the local target's provider. The
 * engine finds it on PATH as pulumi-resource-aws.
 */
const provider: Provider = {
  version: "7.48.0",
  schema: JSON.stringify({ name: "aws", version: "7.48.0" }),
  check: (_urn, _olds, news) => Promise.resolve({ inputs: news as unknown, failures: [] }),
  create: (urn, inputs) => {
    const [type = "", name = ""] = urn.split("::").slice(2);
    const { id, outputs } = create(type.split("$").at(-1) ?? "", name, inputs as Record<string, unknown>, PLACE);
    return Promise.resolve({ id, outs: outputs });
  },
  invoke: (token, inputs) => Promise.resolve({ outputs: invoke(token, inputs as Record<string, unknown>, PLACE) }),
};

void main(provider, process.argv.slice(2));
