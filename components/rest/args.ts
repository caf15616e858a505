import type * as pulumi from "@pulumi/pulumi";
import type { DoorArgs, NetworkArgs } from "../shared/args";
import type { InboundAuthArgs } from "./authorizer";
import type { RestPolicyArgs } from "./policy";

/** Who reaches a REST API, from where and how often. */
export interface RestEntranceArgs extends InboundAuthArgs {
  /**
   * ARN of the regional web ACL in front of the stage.
   * @default - none, which only a private API may have
   */
  webAclArn?: pulumi.Input<string>;
  /** Requests a second, and at once, that the stage takes. */
  throttle: Throttle;
  /**
   * What single routes take, by method and path: `POST /invoke`. Plain: it decides which settings exist.
   * @default {}
   */
  methodThrottles?: MethodThrottles;
  /**
   * Addresses and accounts that may call. Plain: it decides what the policy says.
   * @default - everybody who has the proof that `auth` asks for
   */
  resourcePolicy?: RestPolicyArgs;
  /**
   * VPC endpoints for execute-api that alone reach the API, which is then private.
   * @default - a public, regional API
   */
  vpcEndpointIds?: pulumi.Input<string[]>;
  /**
   * A custom domain that leads here; the API's own address is then off.
   * @default - none
   */
  domain?: DomainMappingArgs;
  /**
   * Id of the account's logging settings, where this program owns them: the stage comes after them.
   * @default - they are there already, or nothing needs them
   */
  accountLogging?: pulumi.Input<string>;
}

/** What a door on API Gateway needs beside. */
export interface RestDoorArgs extends DoorArgs, RestEntranceArgs {
  /**
   * Subnets that the function's calls leave from.
   * @default - Lambda's own network
   */
  network?: NetworkArgs;
}

/** By method and path: `POST /invoke`. */
export type MethodThrottles = Record<string, Throttle>;

export interface Throttle {
  /** Steady rate, requests a second. */
  rateLimit: pulumi.Input<number>;
  /** Requests at once. */
  burstLimit: pulumi.Input<number>;
}

export interface DomainMappingArgs {
  /** Name of the domain, from the resource that makes it. */
  domainName: pulumi.Input<string>;
  /**
   * First part of the path, which leads to this API. Plain: it decides the URL's form.
   * @default "" - the domain leads here and nowhere else
   */
  basePath?: string;
}
