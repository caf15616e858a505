import { of, type Rights, type RightsByType } from "./rights";

const API_READ = of("apigateway", "GET");
const API_WRITE = of("apigateway", "POST PATCH PUT DELETE");
const rest = (...extra: string[]): Rights => ({ policy: "rest", read: API_READ, write: [...API_WRITE, ...extra] });

const WAF_TAGS = of("wafv2", "TagResource UntagResource");

/** API Gateway and the web ACLs. */
export const REST: RightsByType = {
  // API Gateway has no actions by kind of resource: the method of its own API decides.
  "aws:apigateway/account:Account": rest("iam:PassRole"),
  "aws:apigateway/apiKey:ApiKey": rest(),
  "aws:apigateway/authorizer:Authorizer": rest(),
  "aws:apigateway/basePathMapping:BasePathMapping": rest(),
  "aws:apigateway/deployment:Deployment": rest(),
  "aws:apigateway/domainName:DomainName": rest(),
  "aws:apigateway/integration:Integration": rest(),
  "aws:apigateway/integrationResponse:IntegrationResponse": rest(),
  "aws:apigateway/method:Method": rest(),
  "aws:apigateway/methodResponse:MethodResponse": rest(),
  "aws:apigateway/methodSettings:MethodSettings": rest(),
  "aws:apigateway/model:Model": rest(),
  "aws:apigateway/requestValidator:RequestValidator": rest(),
  "aws:apigateway/resource:Resource": rest(),
  "aws:apigateway/response:Response": rest(),
  "aws:apigateway/restApi:RestApi": rest("iam:CreateServiceLinkedRole"),
  "aws:apigateway/restApiPolicy:RestApiPolicy": rest("apigateway:UpdateRestApiPolicy"),
  "aws:apigateway/stage:Stage": rest(),
  "aws:apigateway/usagePlan:UsagePlan": rest(),
  "aws:apigateway/usagePlanKey:UsagePlanKey": rest(),
  "aws:wafv2/webAcl:WebAcl": {
    policy: "rest",
    read: of("wafv2", "GetWebACL ListTagsForResource"),
    write: [...of("wafv2", "CreateWebACL UpdateWebACL DeleteWebACL"), ...WAF_TAGS],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    policy: "rest",
    read: of("wafv2", "GetWebACLForResource"),
    write: [...of("wafv2", "AssociateWebACL DisassociateWebACL"), "apigateway:SetWebACL"],
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    policy: "rest",
    read: of("wafv2", "GetLoggingConfiguration"),
    write: [
      ...of("wafv2", "PutLoggingConfiguration DeleteLoggingConfiguration"),
      // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
      ...of("logs", "CreateLogDelivery DeleteLogDelivery PutResourcePolicy DescribeResourcePolicies DescribeLogGroups"),
    ],
  },
  "aws:wafv2/ipSet:IpSet": {
    policy: "rest",
    read: of("wafv2", "GetIPSet ListTagsForResource"),
    write: [...of("wafv2", "CreateIPSet UpdateIPSet DeleteIPSet"), ...WAF_TAGS],
  },
};
