/** @import { ServiceEntry } from './shapes' */
import { h, ICONS, icon } from './dom.js';
import { pageLanguage, say, statusWord } from './words.js';

const SHOWN = 8;

/**
 * Finds services by any name citizens use, and keeps those chosen.
 * @param {(path: string) => Promise<any>} api
 * @param {ServiceEntry[]} chosen  kept by the caller
 */
export function servicePicker(api, chosen) {
  const id = `services-${Math.floor(performance.now())}`;
  const chips = h('div', { class: 'chips' });
  const list = h('ul', { class: 'options', role: 'listbox', id, 'aria-label': say('services') });
  let timer = 0;
  let asked = 0;

  const field = h('input', {
    type: 'search',
    role: 'combobox',
    autocomplete: 'off',
    'aria-expanded': 'false',
    'aria-controls': id,
    'aria-label': say('searchService'),
    placeholder: say('searchService'),
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(look, 150);
    },
    onkeydown: (event) => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        list.querySelector('button')?.focus();
      }
      if (event.key === 'Escape') close();
      if (event.key === 'Enter') {
        event.preventDefault();
        list.querySelector('button')?.click();
      }
    },
  });

  const close = () => {
    list.replaceChildren();
    field.setAttribute('aria-expanded', 'false');
  };
  const draw = () =>
    chips.replaceChildren(
      ...chosen.map((service) =>
        h(
          'button',
          {
            type: 'button',
            class: 'chip',
            'aria-label': `${service.name[pageLanguage()]}: ${say('removeService')}`,
            onclick: () => {
              chosen.splice(chosen.indexOf(service), 1);
              draw();
              field.focus();
            },
          },
          service.name[pageLanguage()],
          icon(ICONS.close, 12),
        ),
      ),
    );
  const look = async () => {
    const turn = ++asked;
    const query = field.value.trim();
    if (query === '') return close();
    const { items } = await api(`/services?query=${encodeURIComponent(query)}`);
    if (turn !== asked) return;
    field.setAttribute('aria-expanded', 'true');
    list.replaceChildren(
      .../** @type {ServiceEntry[]} */ (items).slice(0, SHOWN).map((service) =>
        h(
          'li',
          { role: 'option' },
          h(
            'button',
            {
              type: 'button',
              onclick: () => {
                if (!chosen.some((other) => other.id === service.id)) chosen.push(service);
                field.value = '';
                close();
                draw();
                field.focus();
              },
            },
            h('span', {}, service.name[pageLanguage()]),
            h('span', { class: `pill ${service.status}` }, statusWord(service.status)),
          ),
        ),
      ),
    );
  };
  draw();
  return h(
    'div',
    { class: 'picker' },
    chips,
    h('div', { class: 'search' }, icon(ICONS.search, 16), field),
    list,
  );
}
