import Ajv04 from "ajv-draft-04";
import { mediaType } from "../../../contract/wire/headers";
import { text, TYPES, type Graph, type Resource } from "../../program/graph";

/** Validates the body against the method's model for its content type. A content type without a model is valid, as on AWS. */
export function bodyIsValid(graph: Graph, method: Resource, contentType: string | undefined, body: Buffer): boolean {
  const validator = graph.byId(TYPES.requestValidator, method.inputs["requestValidatorId"]);
  if (validator?.inputs["validateRequestBody"] !== true) return true;
  const models = (method.inputs["requestModels"] ?? {}) as Record<string, string>;
  const name = models[contentType === undefined ? "application/json" : mediaType(contentType)];
  const model = graph
    .where(TYPES.model, "restApi", method.inputs["restApi"])
    .find((resource) => resource.outputs["name"] === name);
  if (!model) return true;
  try {
    return new Ajv04({ strict: false }).validate(
      JSON.parse(text(model, "schema")) as object,
      JSON.parse(body.toString("utf8")),
    );
  } catch {
    return false;
  }
}
