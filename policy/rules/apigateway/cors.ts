import { keepsOrigins, templatesKeepOrigins } from "../../aws/corsHeaders";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";

export const cors = defineRule({
  id: "fd-apigateway-cors",
  description:
    "Responses that API Gateway makes itself allow no origin that the request names, and never every origin together with credentials.",
  rationale:
    "An origin that is copied from the request lets any page read replies with the user's credentials, and `*` with credentials says that this was meant. Preflights and gateway responses can only send fixed texts or copies (https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html).",
  severity: "high",
  frameworks: { catalogue: ["FD30"] },
  remediationSteps:
    "Set the Access-Control-Allow-Origin parameter to one exact origin in single quotes, such as \"'https://app.example.com'\". Where several origins are allowed, compare the request's with a list in the response template (#if). Remove Access-Control-Allow-Credentials beside '*'.",
  // The parameters of a MethodResponse say only whether a header may be there; its value stands in the other two.
  resource: {
    types: [TYPES.response, TYPES.integrationResponse],
    check: (response) => {
      const { responseParameters, responseTemplates } = response.props;
      return [
        ...judgeProperty(
          response,
          "responseParameters",
          responseParameters,
          keepsOrigins(responseParameters),
          "one exact origin in single quotes",
        ),
        ...judgeProperty(
          response,
          "responseTemplates",
          responseTemplates,
          templatesKeepOrigins(responseTemplates),
          "the request's origin only where it is on a list",
        ),
      ];
    },
  },
});
