import * as pulumi from "@pulumi/pulumi";
import type { RestDoorArgs } from "./doorArgs";
import { restDoor, type RestDoor } from "./restDoor";

/** Door 1: API Gateway REST, the whole answer at once. */
export class BufferedApi extends pulumi.ComponentResource implements RestDoor {
  /** Base URL without a slash at its end. */
  public readonly url: pulumi.Output<string>;
  /** The generated key, secret; undefined unless `auth` is `apiKey`. */
  public readonly apiKey: pulumi.Output<string> | undefined;

  constructor(name: string, args: RestDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:BufferedApi", name, args, opts);
    const { url, apiKey } = restDoor(this, name, "bufferedApi", args);
    this.url = url;
    this.apiKey = apiKey;
    this.registerOutputs({ url, apiKey });
  }
}
