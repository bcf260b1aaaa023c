/** @import { Setup } from './shapes' */

const API = '/sandbox/api';

/** @returns {Promise<Setup>} */
export async function setup() {
  return (await fetch(`${API}/setup`)).json();
}

/**
 * Something a person does: `telegram/say`, `slack/press` …
 * @param {string} deed
 * @param {Record<string, unknown>} body
 * @returns {Promise<any>}
 */
export async function act(deed, body) {
  const response = await fetch(`${API}/${deed}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!answer.ok) throw new Error(answer.error);
  return answer.result;
}

/**
 * Follows what happens. The browser connects again by itself; `onState` hears of both.
 * @param {Record<string, (data: any) => void>} handlers
 * @param {(connected: boolean) => void} onState
 */
export function follow(handlers, onState) {
  const source = new EventSource(`${API}/stream`);
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(/** @type {MessageEvent} */ (event).data)));
  }
  source.addEventListener('open', () => onState(true));
  source.addEventListener('error', () => onState(false));
}

/**
 * The officials' API. A refusal is thrown with what it said, field by field.
 * @param {Setup} setup
 * @param {string} language
 */
export function officialApi(setup, language) {
  /**
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<any>}
   */
  return async (path, body) => {
    const response = await fetch(`${setup.apiBase}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${setup.officialToken ?? ''}`,
        'accept-language': language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const fields = (answer.errors ?? []).map(
      (/** @type {{field: string, detail: string}} */ { field, detail }) => `${field}: ${detail}`,
    );
    throw new Error([answer.detail ?? answer.title ?? response.statusText, ...fields].join('\n'));
  };
}
