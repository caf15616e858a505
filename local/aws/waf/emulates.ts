import type { Emulates, Gap } from "../emulation";
import { TYPES } from "../../program/graph";
import { notEvaluated } from "./waf";

const LOGS = "logs of web ACLs: a request that one blocks is named in this terminal only";

const rules: Gap["says"] = (acls) => {
  const names = new Set(acls.flatMap((acl) => notEvaluated(acl)));
  return names.size > 0
    ? [`web ACL rules ${[...names].join(", ")}: only rules on addresses, rates and the body's size are evaluated`]
    : [];
};

const actions: Gap["says"] = (acls) => {
  const names = acls.flatMap(({ inputs }) =>
    ((inputs["rules"] ?? []) as { name: string; action?: object }[])
      .filter(({ action = {} }) => Object.keys(action).some((key) => !["block", "count"].includes(key)))
      .map(({ name }) => name),
  );
  return names.length > 0 ? [`web ACL rules ${names.join(", ")}: only their actions block and count are obeyed`] : [];
};

const defaultAction: Gap["says"] = (acls) =>
  acls.some(({ inputs }) => (inputs["defaultAction"] as { block?: object } | undefined)?.block !== undefined)
    ? ["web ACLs that block by default: what no rule blocks passes"]
    : [];

/** How far the double of a web ACL emulates WAF's types. */
export const WAF: Emulates = {
  [TYPES.webAcl]: {
    enforces: ["associationConfig", "customResponseBodies", "rules", "scope"],
    plain: ["description", "name", "region", "visibilityConfig"],
    gaps: [
      { inputs: [], says: rules },
      { inputs: [], says: actions },
      { inputs: ["defaultAction"], says: defaultAction },
      {
        inputs: ["dataProtectionConfig"],
        says: (acls) => (acls.some(({ inputs }) => inputs["dataProtectionConfig"] !== undefined) ? [LOGS] : []),
      },
    ],
  },
  [TYPES.ipSet]: { enforces: ["addresses"], plain: ["description", "ipAddressVersion", "name", "scope"] },
  [TYPES.webAclAssociation]: { enforces: ["resourceArn", "webAclArn"] },
  [TYPES.webAclLoggingConfiguration]: {
    enforces: [],
    plain: ["region", "resourceArn"],
    gaps: [{ inputs: ["logDestinationConfigs", "loggingFilter", "redactedFields"], says: () => [LOGS] }],
  },
};
