import type { Rule } from "../../model/rule";
import { logDestination } from "./logDestination";
import { logRedaction } from "./logRedaction";
import { wafClassic } from "./wafClassic";
import { webAclActing } from "./webAclActing";
import { webAclBodyExceptions } from "./webAclBodyExceptions";
import { webAclBodyWindow } from "./webAclBodyWindow";
import { webAclKnownBadInputs } from "./webAclKnownBadInputs";
import { webAclLogging } from "./webAclLogging";
import { webAclMetrics } from "./webAclMetrics";
import { webAclRate } from "./webAclRate";
import { webAclReached } from "./webAclReached";
import { webAclRules } from "./webAclRules";
import { webAclScope } from "./webAclScope";

export const WAF_RULES: readonly Rule[] = [
  webAclRules,
  webAclReached,
  webAclActing,
  webAclRate,
  webAclBodyExceptions,
  webAclBodyWindow,
  webAclKnownBadInputs,
  webAclLogging,
  logRedaction,
  logDestination,
  webAclMetrics,
  webAclScope,
  wafClassic,
];
