import type * as pulumi from "@pulumi/pulumi";
import type { DoorArgs, NetworkArgs } from "../shared/args";
import type { InboundAuthArgs } from "./access/authorizer";
import type { RestPolicyArgs } from "./access/policy";

/** Access to a REST API: authorization, network, throttles and domain. */
export interface RestEntranceArgs extends InboundAuthArgs {
  /**
   * ARN of the regional web ACL in front of the stage.
   * @default - none, which only a private API accepts
   */
  webAclArn?: pulumi.Input<string>;
  /** Rate and burst limit of the stage. */
  throttle: Throttle;
  /**
   * Limits of single routes, by method and path such as `POST /invoke`. Plain: it decides which settings exist.
   * @default {}
   */
  methodThrottles?: MethodThrottles;
  /**
   * Addresses and accounts that may call the API. Plain: it decides what the policy says.
   * @default - every caller with valid credentials for `auth`
   */
  resourcePolicy?: RestPolicyArgs;
  /**
   * Ids of the VPC endpoints for execute-api. With them the API is private, and only these endpoints reach it.
   * @default - a public, regional API
   */
  vpcEndpointIds?: pulumi.Input<string[]>;
  /**
   * A custom domain for the API. With it, the default endpoint of the API is disabled.
   * @default - none
   */
  domain?: DomainMappingArgs;
  /**
   * Id of the account's logging settings, if this program creates them. The stage is then created after them.
   * @default - the account already has them
   */
  accountLogging?: pulumi.Input<string>;
}

/** Args of a door on API Gateway. */
export interface RestDoorArgs extends DoorArgs, RestEntranceArgs {
  /**
   * Subnets and security groups of the function.
   * @default - Lambda's own network
   */
  network?: NetworkArgs;
}

/** Throttles by method and path, such as `POST /invoke`. */
export type MethodThrottles = Record<string, Throttle>;

export interface Throttle {
  /** Steady rate, requests per second. */
  rateLimit: pulumi.Input<number>;
  /** Burst limit, requests. */
  burstLimit: pulumi.Input<number>;
}

export interface DomainMappingArgs {
  /** Name of the domain, from the resource that creates it. */
  domainName: pulumi.Input<string>;
  /**
   * First part of the path, which is mapped to this API. Plain: it decides the form of the URL.
   * @default "" - every path of the domain is mapped to this API
   */
  basePath?: string;
  /**
   * Whether an existing mapping keeps the base path that it has, whatever `basePath` says. Plain.
   * @default false
   */
  keepsBasePath?: boolean;
}
