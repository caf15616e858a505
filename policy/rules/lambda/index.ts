import type { Rule } from "../../model/rule";
import { functionUrlAwsIam } from "./functionUrlAwsIam";
import { functionUrlCors } from "./functionUrlCors";
import { permissionActions } from "./permissionActions";
import { permissionApiGatewaySource } from "./permissionApiGatewaySource";
import { permissionCloudFrontSource } from "./permissionCloudFrontSource";
import { permissionInvokedViaUrl } from "./permissionInvokedViaUrl";
import { permissionPublicPrincipal } from "./permissionPublicPrincipal";
import { permissionServiceSource } from "./permissionServiceSource";
import { permissionUrlAuthType } from "./permissionUrlAuthType";

export const LAMBDA_RULES: readonly Rule[] = [
  functionUrlAwsIam,
  functionUrlCors,
  permissionPublicPrincipal,
  permissionInvokedViaUrl,
  permissionUrlAuthType,
  permissionCloudFrontSource,
  permissionApiGatewaySource,
  permissionServiceSource,
  permissionActions,
];
