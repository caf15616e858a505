import { NETWORK_WALKS } from "./keys/network";
import { matrixSuite } from "./suite";

matrixSuite("domain and network", NETWORK_WALKS);
