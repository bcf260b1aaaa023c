import { h } from './dom.js';

/**
 * A round or square badge with a letter; its colour follows from the name.
 * @param {string} name
 * @param {string} kind  `round` or `square`
 */
export function avatar(name, kind) {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 8, 7);
  const letter = [...name][0] ?? '?';
  return h('span', { class: `avatar ${kind} hue-${hue}`, 'aria-hidden': 'true' }, letter);
}

/** The bot's own badge: a bell. @param {string} kind */
export function botAvatar(kind) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const bell = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  bell.setAttribute(
    'd',
    'M12 3.2a1.2 1.2 0 00-1.2 1.2v.6A5.6 5.6 0 006.4 10.400v4.300L5 17.200h14l-1.400-2.500v-4.300A5.600 5.600 0 0013.200 5v-.6A1.200 1.200 0 0012 3.200zM9.800 18.500a2.200 2.200 0 004.400 0z',
  );
  bell.setAttribute('fill', 'currentColor');
  svg.append(bell);
  return h('span', { class: `avatar ${kind} bot`, 'aria-hidden': 'true' }, /** @type {any} */ (svg));
}
