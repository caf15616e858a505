import * as pulumi from "@pulumi/pulumi";
import type { RestDoorArgs } from "./doorArgs";
import { restDoor, type RestDoor } from "./restDoor";

/** Door 3: API Gateway REST that streams, with all that API Gateway has: keys, plans, domains, WAF. */
export class StreamingApi extends pulumi.ComponentResource implements RestDoor {
  /** Base URL without a slash at its end. */
  public readonly url: pulumi.Output<string>;
  /** The generated key, secret; undefined unless `auth` is `apiKey`. */
  public readonly apiKey: pulumi.Output<string> | undefined;

  constructor(name: string, args: RestDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:StreamingApi", name, args, opts);
    const { url, apiKey } = restDoor(this, name, "streamingApi", args);
    this.url = url;
    this.apiKey = apiKey;
    this.registerOutputs({ url, apiKey });
  }
}
