import * as aws from "@pulumi/aws";
import { WebAcl } from "agentcore-front-door";

// Your own REST API, as short as possible. The policy pack requires more than this.
const api = new aws.apigateway.RestApi("api", { endpointConfiguration: { types: "REGIONAL" } });
const deployment = new aws.apigateway.Deployment("api", { restApi: api.id });
const stage = new aws.apigateway.Stage("api", { restApi: api.id, deployment: deployment.id, stageName: "live" });

const acl = new WebAcl("firewall", { rateLimitPerFiveMinutes: 500, blockIps: ["192.0.2.0/24"] });
new aws.wafv2.WebAclAssociation("firewall", { resourceArn: stage.arn, webAclArn: acl.arn });

export const webAclArn = acl.arn;
