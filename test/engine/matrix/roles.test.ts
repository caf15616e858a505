import { ROLES } from "./keys/roles";
import { matrixSuite } from "./suite";

matrixSuite("roles", ROLES);
