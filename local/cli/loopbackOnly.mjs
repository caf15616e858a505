// Preloaded into the sample agent. Its port is on loopback, where a page in a browser can send requests too: those have headers that no process
// of the local target sends, or another Host (DNS rebinding). The rule is that of local/aws/loopback.ts.
import { Server } from "node:http";

const { emit } = Server.prototype;
Server.prototype.emit = function (event, request, response, ...rest) {
  if (event !== "request" && event !== "upgrade") return emit.call(this, event, request, response, ...rest);
  const { host = "", origin, "sec-fetch-site": site } = request.headers;
  if (/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host) && origin === undefined && site === undefined)
    return emit.call(this, event, request, response, ...rest);
  if (event === "upgrade") response.destroy();
  else response.writeHead(421).end();
  return true;
};
