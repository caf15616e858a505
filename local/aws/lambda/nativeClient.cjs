// Replaces the native addon of aws-lambda-ric (`--require`), which needs Linux and a C++ tool chain to build. The rest of the official
// Runtime Interface Client runs unchanged.
const Module = require("node:module");
const http = require("node:http");

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** One call of the Runtime API. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
function call(method, path, body) {
  const headers =
    body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}`, headers },
      (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => resolve({ bodyJson: Buffer.concat(chunks).toString(), headers: response.headers }));
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

// The native client posts synchronously: it asks for the next invocation only after the last answer was received.
let pending = Promise.resolve();
const client = {
  initializeClient() {},
  next: async () => {
    await pending;
    return call("GET", "next");
  },
  done: (id, body) => {
    pending = call("POST", `${id}/response`, body);
  },
  error: (id, body) => {
    pending = call("POST", `${id}/error`, body);
  },
};

const load = Module._load;
Module._load = function (request, ...rest) {
  return /rapid-client(\.node)?$/.test(request) ? client : load.call(this, request, ...rest);
};
