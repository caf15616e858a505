// Preloaded into sandboxes (`--require`): what the function fetches from exactly these URLs comes from a double on loopback. Every other
// request goes where it is meant to go.
const redirects = new Map(Object.entries(JSON.parse(process.env.LOCAL_REDIRECTS ?? "{}")));
delete process.env.LOCAL_REDIRECTS;

if (redirects.size > 0) {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const url = new URL(typeof input === "string" || input instanceof URL ? input : input.url).href;
    return fetch(redirects.get(url) ?? input, init);
  };
}
