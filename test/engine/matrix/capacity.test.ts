import { CAPACITY } from "./keys/capacity";
import { matrixSuite } from "./suite";

matrixSuite("time, memory and concurrency", CAPACITY);
