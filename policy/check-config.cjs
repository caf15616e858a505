#!/usr/bin/env node
require(require("./load.cjs").compiled("config/main"));
