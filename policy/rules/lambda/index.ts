import type { Rule } from "../../model/rule";
import { functionUrlAwsIam } from "./functionUrlAwsIam";
import { functionUrlContentSha256 } from "./functionUrlContentSha256";
import { functionUrlCors } from "./functionUrlCors";
import { functionUrlQualifier } from "./functionUrlQualifier";
import { functionUrlStreaming } from "./functionUrlStreaming";
import { permissionActions } from "./permissionActions";
import { permissionApiGatewaySource } from "./permissionApiGatewaySource";
import { permissionCloudFrontSource } from "./permissionCloudFrontSource";
import { permissionDualGrant } from "./permissionDualGrant";
import { permissionInvokedViaUrl } from "./permissionInvokedViaUrl";
import { permissionPublicPrincipal } from "./permissionPublicPrincipal";
import { permissionServiceSource } from "./permissionServiceSource";
import { permissionSinglePath } from "./permissionSinglePath";
import { permissionUrlAuthType } from "./permissionUrlAuthType";

export const LAMBDA_RULES: readonly Rule[] = [
  functionUrlAwsIam,
  functionUrlCors,
  functionUrlContentSha256,
  functionUrlQualifier,
  functionUrlStreaming,
  permissionPublicPrincipal,
  permissionDualGrant,
  permissionInvokedViaUrl,
  permissionUrlAuthType,
  permissionCloudFrontSource,
  permissionApiGatewaySource,
  permissionServiceSource,
  permissionActions,
  permissionSinglePath,
];
