import assert from "node:assert/strict";
import { join } from "node:path";
import { UnsecuredJWT } from "jose";
import { stacksIn } from "../../../local/program/project";
import { readAnswer } from "../../support/http/answer";
import { ROOT } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";

/** For a runtime that takes tokens, whose signature nobody checks here; the others never see it. */
const AGENT_TOKEN = {
  "x-auth-token": `${new UnsecuredJWT({ sub: "ann" }).setExpirationTime("1h").encode()}c2lnbmF0dXJl`,
};

describe("npm start -- --stack, with each stack of stacks/", () => {
  for (const stack of stacksIn(join(ROOT, "stacks"))) {
    it(`${stack}: its doors answer who proves themselves, and nobody else`, async () => {
      const frontDoor = await LocalFrontDoor.start(["--stack", stack]);
      try {
        assert.ok(frontDoor.log.includes("Not emulated:"), "what is not enforced is named");
        assert.notEqual(frontDoor.announced.doors.length, 0);
        for (const { name, url, auth } of frontDoor.announced.doors) {
          // At an edge with users the header has the user's own token.
          const isUserToken = auth.type === "EDGE" && auth.token !== undefined;
          const token = isUserToken ? {} : AGENT_TOKEN;
          const answer = await readAnswer(await frontDoor.invoke(name, { prompt: "count 3 every 1" }, token));
          assert.equal(answer.status, 200, name);
          if (name !== "bufferedApi")
            assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/, name);
          for (const n of ["1", "2", "3"]) assert.ok(answer.text?.includes(n), `${name}: ${answer.text ?? ""}`);

          const body = JSON.stringify({ prompt: "hello" });
          const stranger = await fetch(`${url}/invoke`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body,
          });
          // An edge refuses a body without its hash; behind a signer it is the agent that asks for a token.
          assert.ok([401, 403].includes(stranger.status), `${name}: ${stranger.status}`);
          await stranger.text();
        }
      } finally {
        await frontDoor.stop();
      }
    });
  }
});
