// Preloaded into sandboxes (`--require`). If the function fetches exactly one of these URLs, a double on loopback answers. Other requests
// are not changed.
const redirects = new Map(Object.entries(JSON.parse(process.env.LOCAL_REDIRECTS ?? "{}")));
delete process.env.LOCAL_REDIRECTS;

if (redirects.size > 0) {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const url = new URL(typeof input === "string" || input instanceof URL ? input : input.url).href;
    return fetch(redirects.get(url) ?? input, init);
  };
}
