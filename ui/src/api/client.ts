/**
 * One door to the server. Every address is relative to the document's base, so the same build works
 * at the root and below any path of a reverse proxy.
 */

/** What the server answered instead of data, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    message: string,
    /** Prometheus' `errorType`: bad_data, execution, timeout...; `network` when nothing answered. */
    readonly kind: string,
    /** HTTP status; 0 when nothing answered. */
    readonly status: number,
  ) {
    super(message);
  }
}

/** The path the app lives under, from `<base href>`: `/` or `/oriel/`. */
export function basePath(): string {
  return new URL('.', document.baseURI).pathname;
}

export type Params = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** The full address of something of ours; `path` has no leading slash. */
export function address(path: string, params: Params = {}): string {
  const query = encode(params).toString();
  return new URL(path + (query ? `?${query}` : ''), new URL('.', document.baseURI)).href;
}

/** Asks by GET, or by POST with a form where the parameters would not fit an address. */
export async function getJson<T>(path: string, params: Params, signal?: AbortSignal): Promise<T> {
  const form = encode(params);
  const long = form.toString().length > 2_000;
  const response = await reach(long ? address(path) : address(path, params), {
    signal,
    headers: { Accept: 'application/json' },
    ...(long ? { method: 'POST', body: form } : {}),
  });
  const body = await parse(response);
  if (!response.ok) throw refusal(response, body);
  return body as T;
}

function encode(params: Params): URLSearchParams {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as string[]) : [value]) {
      out.append(name, String(one));
    }
  }
  return out;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('Oriel does not answer. Is its process running?', 'network', 0);
  }
}

async function parse(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    if (!response.ok) return { error: text.slice(0, 300) };
    throw new ApiError(
      `${new URL(response.url).pathname} did not answer with JSON. Does a proxy stand between?`,
      'network',
      response.status,
    );
  }
}

function refusal(response: Response, body: unknown): ApiError {
  const { error, errorType } = (body ?? {}) as { error?: unknown; errorType?: unknown };
  return new ApiError(
    typeof error === 'string' && error ? error : `HTTP ${response.status} ${response.statusText}`,
    typeof errorType === 'string' ? errorType : 'http',
    response.status,
  );
}
