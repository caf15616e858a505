import type { Rule } from "../../model/rule";
import { accessLog } from "./accessLog";
import { contentSha256 } from "./contentSha256";
import { cors } from "./cors";
import { errorCaching } from "./errorCaching";
import { functionUrlOrigin } from "./functionUrlOrigin";
import { noCaching } from "./noCaching";
import { originAccessControl } from "./originAccessControl";
import { originTls } from "./originTls";
import { securityHeaders } from "./securityHeaders";
import { streamTimeouts } from "./streamTimeouts";
import { viewerHttps } from "./viewerHttps";
import { viewerTls } from "./viewerTls";
import { webAcl } from "./webAcl";

export const CLOUDFRONT_RULES: readonly Rule[] = [
  webAcl,
  originAccessControl,
  functionUrlOrigin,
  noCaching,
  errorCaching,
  streamTimeouts,
  viewerHttps,
  viewerTls,
  originTls,
  accessLog,
  securityHeaders,
  cors,
  contentSha256,
];
