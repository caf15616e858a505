import * as pulumi from "@pulumi/pulumi";
import type { RestDoorArgs } from "./args";
import { restDoor, type RestDoor } from "./restDoor";

/** Door 1: API Gateway REST, the whole answer at once. */
export class BufferedApi extends pulumi.ComponentResource implements RestDoor {
  /** Base URL without a slash at its end. */
  public readonly url: pulumi.Output<string>;
  /** For a usage plan: the API, and the name of its stage. */
  public readonly apiId: pulumi.Output<string>;
  public readonly stageName: pulumi.Output<string>;
  /** Names that the door's metrics stand under. */
  public readonly functionName: pulumi.Output<string>;
  public readonly apiName: pulumi.Output<string>;
  /** ARN of the function's role. */
  public readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: RestDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:BufferedApi", name, args, opts);
    const door = restDoor(this, name, "bufferedApi", args);
    this.url = door.url;
    this.apiId = door.apiId;
    this.stageName = door.stageName;
    this.functionName = door.functionName;
    this.apiName = door.apiName;
    this.roleArn = door.roleArn;
    this.registerOutputs({ ...door });
  }
}
