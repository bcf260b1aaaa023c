/** @import { Citizen, Language } from './shapes' */
import { avatar } from './avatar.js';
import { h } from './dom.js';
import { say } from './words.js';

/**
 * Who plays here, and in which language their app is.
 * @param {string} name  of the pane, for screen readers
 * @param {readonly Citizen[]} citizens
 * @param {Citizen} now
 * @param {(citizen: Citizen) => void} onChoose
 * @param {(language: Language) => void} onLanguage
 * @param {(citizen: Citizen) => boolean} unread
 */
export function peopleBar(name, citizens, now, onChoose, onLanguage, unread) {
  return h(
    'div',
    { class: 'people-bar' },
    h('strong', { class: 'platform-name' }, name),
    h(
      'div',
      { class: 'people', role: 'group', 'aria-label': `${name}: ${say('citizen')}` },
      citizens.map((citizen) =>
        h(
          'button',
          {
            type: 'button',
            class: unread(citizen) ? 'person unread' : 'person',
            'aria-pressed': String(citizen === now),
            title: citizen.name,
            onclick: () => onChoose(citizen),
          },
          avatar(citizen.name, 'round'),
          h('span', { class: 'person-name' }, citizen.name),
        ),
      ),
    ),
    h(
      'div',
      { class: 'segmented small', role: 'group', 'aria-label': `${name}: ${say('clientLanguage')}` },
      /** @type {const} */ (['ko', 'en']).map((language) =>
        h(
          'button',
          {
            type: 'button',
            'aria-pressed': String(now.language === language),
            'aria-label': language === 'ko' ? '한국어' : 'English',
            onclick: () => onLanguage(language),
          },
          language === 'ko' ? '한' : 'EN',
        ),
      ),
    ),
  );
}
