import { TYPES } from "../graph";
import type { Service } from "./creation";

export const ROUTE53: Service = {
  [TYPES.record]: ({ inputs }) => ({
    id: `${String(inputs["zoneId"])}_${String(inputs["name"])}_${String(inputs["type"])}`,
    fqdn: String(inputs["name"]),
  }),
};
