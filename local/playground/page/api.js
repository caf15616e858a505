// The token of this start, from the address that npm start printed. It is kept here only, and goes with every call.
const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
history.replaceState(null, "", location.pathname);

const headers = { "content-type": "application/json", "x-playground-token": token };

async function call(name, body, signal) {
  const init = { method: "POST", headers, body: JSON.stringify(body), credentials: "omit", redirect: "error", signal };
  const response = await fetch(`/api/${name}`, init);
  if (response.ok) return response;
  throw new Error((await response.json()).message);
}

/** The stack's doors. */
export async function readStack() {
  return (await call("stack", {})).json();
}

/** Asks one door. Yields a frame for each thing that arrives: see frames.ts. */
export async function* frames(name, body, signal) {
  const response = await call(name, body, signal);
  let rest = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  }
}
