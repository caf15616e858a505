import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import type { RestDoorArgs } from "./args";
import { restDoor, type RestDoor } from "./restDoor";

/** Door 1: an API Gateway REST API that sends the whole answer at once. */
export class BufferedApi extends pulumi.ComponentResource implements RestDoor {
  /** Base URL without a trailing slash. */
  public readonly url: pulumi.Output<string>;
  /** Id of the API, for a usage plan. */
  public readonly apiId: pulumi.Output<string>;
  /** Name of the stage, for a usage plan. */
  public readonly stageName: pulumi.Output<string>;
  /** Name of the function in its metrics. */
  public readonly functionName: pulumi.Output<string>;
  /** Name of the API in its metrics. */
  public readonly apiName: pulumi.Output<string>;
  /** ARN of the function's role. */
  public readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: RestDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:BufferedApi", name, args, legalNames(opts));
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
