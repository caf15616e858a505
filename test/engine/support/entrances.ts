import { TYPES } from "../../../local/program/graph";
import type { Cloud } from "../provider/cloud/cloud";
import { mayCall } from "../provider/cloud/restAccess";

const PRINCIPALS = ["arn:aws:iam::123456789012:role/client", "arn:aws:iam::999999999999:role/client"];
const ADDRESSES = ["203.0.113.7", "198.51.100.9"];

/** Every way into the doors that is open at this moment, such as `front-door-buffered-api asks for AWS_IAM`. */
export function entrances(cloud: Cloud): string[] {
  return [...restEntrances(cloud), ...urlEntrances(cloud)].sort();
}

function restEntrances(cloud: Cloud): string[] {
  return cloud.all(TYPES.restApi).flatMap(({ id, urn }) => {
    const name = urn.split("::").at(-1) ?? "";
    const methods = (cloud.served(id)?.parts ?? []).filter(
      ({ type, inputs }) => type === TYPES.method && inputs["httpMethod"] === "POST",
    );
    if (methods.length === 0) return [];
    const asked = methods.map(({ inputs }) => {
      const key = inputs["apiKeyRequired"] === true ? " and a key" : "";
      return `${name} asks for ${String(inputs["authorization"])}${key}`;
    });
    const admitted = PRINCIPALS.flatMap((principalArn) =>
      ADDRESSES.filter((address) => mayCall(cloud, id, { principalArn, address })).map(
        (address) => `${name} lets in ${principalArn} from ${address}`,
      ),
    );
    return [...asked, ...admitted];
  });
}

function urlEntrances(cloud: Cloud): string[] {
  const urls = cloud
    .all(TYPES.functionUrl)
    .map(({ inputs }) => `a URL asks for ${String(inputs["authorizationType"])}`);
  const permissions = cloud.all(TYPES.permission).map(({ outputs }) => {
    const source = outputs["sourceArn"] === undefined ? "" : " for one source";
    return `${String(outputs["principal"])} may ${String(outputs["action"])}${source}`;
  });
  return [...urls, ...permissions];
}
