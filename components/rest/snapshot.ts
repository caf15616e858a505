import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

type Constructor<Args, Made> = new (name: string, args: Args, opts?: pulumi.CustomResourceOptions) => Made;

/**
 * The resources that a deployment of a REST API contains. A deployment is a snapshot of the API. It must be created after all of its parts, and
 * every change of a part needs a new deployment, or the stage keeps serving the old one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 */
export class Snapshot {
  /** The deployment depends on these. */
  readonly resources: pulumi.CustomResource[] = [];
  private readonly declared: unknown[] = [];

  /** Creates a resource that is part of the snapshot. */
  add<Args extends object, Made extends pulumi.CustomResource>(
    Type: Constructor<Args, Made>,
    name: string,
    args: Args,
    opts: pulumi.CustomResourceOptions,
  ): Made {
    const made = new Type(name, args, opts);
    this.resources.push(made);
    this.declared.push([name, args]);
    return made;
  }

  /**
   * A hash of the declared inputs, not of outputs: some outputs are unknown in every preview, so with outputs every preview would propose a new
   * deployment.
   */
  fingerprint(): pulumi.Output<string> {
    return pulumi.jsonStringify(this.declared).apply((text) => createHash("sha256").update(text).digest("hex"));
  }
}
