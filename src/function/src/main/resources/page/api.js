// Requests to the function that this page comes from.

const KEY = 'classifier-key';
const MAX_TRIES = 6;
const MAX_WAIT_SECONDS = 60;

/** A request that was not answered with 200; kind is the error's code, or "offline". */
export class ApiError extends Error {
  constructor(kind, message, status = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/** The key lives as long as the tab does. */
export const key = {
  get: () => sessionStorage.getItem(KEY) ?? '',
  set: value => (value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY)),
};

/**
 * Asks and waits for the JSON of the answer. Where the function is busy or the key's budget is used up (429, 503) the
 * request is repeated after the time that it names, up to six times, unless that is more than a minute.
 *
 * @param waiting called with the seconds before a repetition and the error
 */
export async function ask(path, body, {signal, waiting = () => {}} = {}) {
  for (let tries = 1; ; tries += 1) {
    const start = performance.now();
    const response = await send(path, body, signal);
    const json = await response.json().catch(() => null);
    if (response.ok && json !== null) return {json, millis: performance.now() - start, headers: response.headers};
    const error = new ApiError(
      json?.error?.code ?? `http_${response.status}`, json?.error?.message ?? '', response.status);
    const again = response.status === 429 || response.status === 503;
    const seconds = Number(response.headers.get('Retry-After')) || 2 ** (tries - 1);
    if (!again || tries === MAX_TRIES || seconds > MAX_WAIT_SECONDS) throw error;
    waiting(seconds, error);
    await pause(seconds * 1000, signal);
  }
}

async function send(path, body, signal) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key.get()) headers.Authorization = `Bearer ${key.get()}`;
  try {
    // Relative: the function may stand behind a path.
    return await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      cache: 'no-store',
      credentials: 'same-origin',
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError('offline', '');
  }
}

function pause(millis, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('aborted', 'AbortError'));
    }, {once: true});
  });
}
