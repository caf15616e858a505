import { THROTTLES } from "./keys/throttles";
import { matrixSuite } from "./suite";

matrixSuite("throttles and the firewall", THROTTLES);
