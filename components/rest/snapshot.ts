import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

type Constructor<Args, Made> = new (name: string, args: Args, opts?: pulumi.CustomResourceOptions) => Made;

/**
 * What a deployment of a REST API holds. A deployment is a snapshot: it must come after all that it holds, and a new one must be made
 * whenever a part changes, or the stage keeps serving the old snapshot.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 */
export class Snapshot {
  /** What the deployment must come after. */
  readonly resources: pulumi.CustomResource[] = [];
  private readonly declared: unknown[] = [];

  /** Makes a resource that is part of the snapshot. */
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
   * A hash of the declared inputs. Outputs are left out: an output that the provider does not return is unknown in a preview, so a hash of
   * outputs would propose a new deployment in each preview.
   */
  fingerprint(): pulumi.Output<string> {
    return pulumi.jsonStringify(this.declared).apply((text) => createHash("sha256").update(text).digest("hex"));
  }
}
