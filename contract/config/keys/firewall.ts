/** The web ACLs of a stack. */
export interface FirewallConfig<Text = string> {
  /**
   * ARN of your own web ACL for the REST doors, of scope REGIONAL and in the stack's region.
   * @default "" - one is created
   */
  webAclArn?: Text;
  /**
   * ARN of your own web ACL for the edge, of scope CLOUDFRONT.
   * @default "" - one is created
   */
  edgeWebAclArn?: Text;
  /**
   * Requests that one IP address may send within five minutes before the web ACL blocks it.
   * @default 1000
   */
  rateLimitPerFiveMinutes?: number;
  /**
   * The address by which the rate rule of the REST doors counts: `ip`, or `forwardedIp` behind your own CDN.
   * @default "ip"
   */
  wafRateKey?: string;
  /**
   * Addresses that the rate and reputation rules skip, CIDR.
   * @default []
   */
  wafAllowIps?: string[];
  /**
   * Addresses that are blocked, CIDR.
   * @default []
   */
  wafBlockIps?: string[];
  /**
   * Whether the web ACLs log every request, with redacted credentials.
   * @default true
   */
  wafLogging?: boolean;
}
