import { DOORS } from "./keys/doors";
import { matrixSuite } from "./suite";

matrixSuite("doors and callers", DOORS);
