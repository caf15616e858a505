import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer of AWS in the form of its API models: JSON, or XML of the query protocols. */
export interface Answer {
  readonly status?: number;
  /** Error code; the body is made from it. */
  readonly error?: string;
  readonly body?: unknown;
}

/** Answers by operation, such as `lambda:GetAccountSettings`. What is not in it is denied. */
export type Answers = Readonly<Record<string, Answer | ((call: Call) => Answer)>>;

/** A request that the double received. */
export interface Call {
  readonly operation: string;
  readonly path: string;
  readonly body: string;
}

const REST: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ["GET", /^\/runtimes\/[^/]+\/runtime-endpoints\/[^/]+\/$/, "bedrock-agentcore:GetAgentRuntimeEndpoint"],
  ["GET", /^\/runtimes\/[^/]+\/$/, "bedrock-agentcore:GetAgentRuntime"],
  ["GET", /^\/account$/, "apigateway:GetAccount"],
  ["PATCH", /^\/account$/, "apigateway:UpdateAccount"],
  ["GET", /^\/2016-08-19\/account-settings$/, "lambda:GetAccountSettings"],
];

/** The services of the query protocols, as they stand in the scope of a signature. */
const operationOf = (request: IncomingMessage, body: string): string => {
  const path = (request.url ?? "").split("?")[0] ?? "";
  const rest = REST.find(([method, pattern]) => method === request.method && pattern.test(path));
  if (rest) return rest[2];
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") return `acm:${target.split(".")[1] ?? ""}`;
  const service = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  return `${service}:${new URLSearchParams(body).get("Action") ?? ""}`;
};

const isXml = (operation: string): boolean => /^(?:sts|ec2|iam):/.test(operation);

function errorBody(operation: string, code: string): string {
  const message = `${code} of the double`;
  if (!isXml(operation)) return JSON.stringify({ __type: code, message });
  const error = `<Code>${code}</Code><Message>${message}</Message>`;
  return operation.startsWith("ec2:")
    ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>r</RequestID></Response>`
    : `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>r</RequestId></ErrorResponse>`;
}

/** A server that answers the calls of the SDK's clients, for all services at one address. */
export class AwsDouble {
  readonly calls: Call[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(answers: () => Answers): Promise<AwsDouble> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        const call = { operation: operationOf(request, body), path: request.url ?? "", body };
        double.calls.push(call);
        const found = answers()[call.operation] ?? { status: 403, error: "AccessDeniedException" };
        const { status, error, body: value } = typeof found === "function" ? found(call) : found;
        const text =
          error === undefined
            ? typeof value === "string"
              ? value
              : JSON.stringify(value)
            : errorBody(call.operation, error);
        response.writeHead(status ?? (error === undefined ? 200 : 400), {
          "content-type": isXml(call.operation) ? "text/xml" : "application/json",
          ...(error !== undefined && { "x-amzn-errortype": error }),
        });
        response.end(text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const double: AwsDouble = new AwsDouble(
      server,
      `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    );
    return double;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Variables with which the SDK's clients call this server, with credentials of their own. */
  get environment(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: "AKIADOCTOR",
      AWS_SECRET_ACCESS_KEY: "secret-of-the-test",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  }
}
