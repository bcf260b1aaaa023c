import { h } from './dom.js';

const ENTITIES = /** @type {Record<string, string>} */ ({ '&lt;': '<', '&gt;': '>', '&amp;': '&' });
const plain = (/** @type {string} */ text) =>
  text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);

const INLINE = /```([\s\S]+?)```|`([^`\n]+)`|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|<([^>|]+)(?:\|([^>]+))?>/g;

/**
 * Slack's mrkdwn as nodes; `names` turns ids into what people read.
 * @param {string} text
 * @param {(id: string) => string} names
 * @returns {(Node | string)[]}
 */
export function mrkdwn(text, names) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let at = 0;
  for (const hit of text.matchAll(INLINE)) {
    const [whole, block, code, bold, italic, strike, link, label] = hit;
    const edge = (/** @type {string | undefined} */ letter) =>
      letter === undefined || !/[\p{L}\p{N}]/u.test(letter);
    const inWord = !edge(text[hit.index - 1]) || !edge(text[hit.index + whole.length]);
    if (inWord && (bold ?? italic ?? strike) !== undefined && italic !== undefined) continue;
    nodes.push(plain(text.slice(at, hit.index)));
    at = hit.index + whole.length;
    if (block !== undefined) nodes.push(h('pre', {}, plain(block.trim())));
    else if (code !== undefined) nodes.push(h('code', {}, plain(code)));
    else if (bold !== undefined) nodes.push(h('strong', {}, ...mrkdwn(bold, names)));
    else if (italic !== undefined) nodes.push(h('em', {}, ...mrkdwn(italic, names)));
    else if (strike !== undefined) nodes.push(h('s', {}, ...mrkdwn(strike, names)));
    else if (link !== undefined) nodes.push(reference(link, label, names));
  }
  nodes.push(plain(text.slice(at)));
  return nodes;
}

/** @param {string} link @param {string | undefined} label @param {(id: string) => string} names */
function reference(link, label, names) {
  if (link.startsWith('@') || link.startsWith('#')) {
    return h('span', { class: 'sl-mention' }, `${link[0]}${label ?? names(link.slice(1))}`);
  }
  if (link.startsWith('!date^')) return label ?? link;
  if (link.startsWith('!')) return h('span', { class: 'sl-mention' }, `@${link.slice(1)}`);
  return h('span', { class: 'sl-link' }, plain(label ?? link));
}
