/** For tests: a server that is a table of answers by path, and remembers what it was asked. */
export interface Asked {
  method: string;
  path: string;
  params: URLSearchParams;
}

type Body = object | readonly unknown[];
type Handler = (asked: Asked) => Body;

/** Stands in for `fetch` until the returned `leave` is called. */
export function fakeServer(answers: Readonly<Record<string, Body>>) {
  const asked: Asked[] = [];
  const before = globalThis.fetch;

  globalThis.fetch = (input, init = {}) => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    const body = init.body instanceof URLSearchParams ? init.body : url.searchParams;
    const one = { method: init.method ?? 'GET', path: url.pathname, params: body };
    asked.push(one);
    const answer = answers[url.pathname];
    if (answer === undefined) return Promise.resolve(json({ error: `no ${url.pathname}` }, 404));
    const given = typeof answer === 'function' ? (answer as Handler)(one) : answer;
    return Promise.resolve(given instanceof Response ? given : json(given));
  };

  return { asked, leave: () => (globalThis.fetch = before) };
}

export function json(body: Body, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}
