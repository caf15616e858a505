import assert from "node:assert/strict";
import { MANAGED_GROUPS } from "../../contract/aws/waf";

/**
 * The preset as a literal list, because every web ACL loses a rule that is lost from contract/aws/waf.ts. Each group has its blocking and
 * its counting rules, as AWS lists them.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html,
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html
 */
const PRESET = {
  AWSManagedRulesAmazonIpReputationList: {
    blocks: "AWSManagedIPReputationList AWSManagedReconnaissanceList AWSManagedIPDDoSList",
    counts: "",
  },
  AWSManagedRulesKnownBadInputsRuleSet: {
    blocks: `JavaDeserializationRCE_HEADER JavaDeserializationRCE_URIPATH JavaDeserializationRCE_QUERYSTRING Host_localhost_HEADER
      PROPFIND_METHOD ExploitablePaths_URIPATH Log4JRCE_HEADER Log4JRCE_QUERYSTRING Log4JRCE_URIPATH`,
    counts: "JavaDeserializationRCE_BODY Log4JRCE_BODY ReactJSRCE_BODY",
  },
  AWSManagedRulesCommonRuleSet: {
    blocks: `NoUserAgent_HEADER UserAgent_BadBots_HEADER SizeRestrictions_QUERYSTRING SizeRestrictions_Cookie_HEADER
      SizeRestrictions_URIPATH EC2MetaDataSSRF_COOKIE EC2MetaDataSSRF_URIPATH EC2MetaDataSSRF_QUERYARGUMENTS GenericLFI_QUERYARGUMENTS
      GenericLFI_URIPATH RestrictedExtensions_URIPATH RestrictedExtensions_QUERYARGUMENTS GenericRFI_QUERYARGUMENTS GenericRFI_URIPATH
      CrossSiteScripting_COOKIE CrossSiteScripting_QUERYARGUMENTS CrossSiteScripting_URIPATH`,
    counts: "SizeRestrictions_BODY CrossSiteScripting_BODY GenericLFI_BODY GenericRFI_BODY EC2MetaDataSSRF_BODY",
  },
};

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

describe("the managed rules of the web ACL", () => {
  it("are these groups, in this order", () => {
    assert.deepEqual(
      MANAGED_GROUPS.map(({ name, sparesAllowed }) => [name, sparesAllowed]),
      [
        ["AWSManagedRulesAmazonIpReputationList", true],
        ["AWSManagedRulesKnownBadInputsRuleSet", false],
        ["AWSManagedRulesCommonRuleSet", false],
      ],
    );
  });

  for (const [group, { blocks, counts }] of Object.entries(PRESET)) {
    it(`block and count as written out: ${group}`, () => {
      const found = MANAGED_GROUPS.find(({ name }) => name === group);
      assert.deepEqual(found?.blocks, words(blocks));
      assert.deepEqual(found.counts, words(counts));
    });
  }
});
