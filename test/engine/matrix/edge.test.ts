import { EDGE_WALKS } from "./keys/edge";
import { matrixSuite } from "./suite";

matrixSuite("door 2 for the public", EDGE_WALKS);
