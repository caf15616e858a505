import { TYPES } from "../graph";
import { autoName, regionOf, type Creation, type Service } from "./creation";

const delivery = (made: Creation, kind: string): Record<"id" | "name" | "arn", string> => {
  const name = autoName(made);
  return { id: name, name, arn: `arn:aws:logs:${regionOf(made)}:${made.accountId}:${kind}:${name}` };
};

export const LOGS: Service = {
  [TYPES.logGroup]: (made) => delivery(made, "log-group"),
  [TYPES.logDeliverySource]: (made) => ({ ...delivery(made, "delivery-source"), service: "cloudfront" }),
  [TYPES.logDeliveryDestination]: (made) => ({
    ...delivery(made, "delivery-destination"),
    deliveryDestinationType: "CWL",
  }),
  [TYPES.logDelivery]: (made) => ({
    id: made.suffix,
    arn: `arn:aws:logs:${regionOf(made)}:${made.accountId}:delivery:${made.suffix}`,
  }),
};
