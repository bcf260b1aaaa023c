/** @import { State } from './state.js' */
/** @import { SlackBlock, SlackElement } from './shapes' */
import { act } from './api.js';
import { CLIENT } from './client-words.js';
import { h, ICONS, icon } from './dom.js';
import { words } from './slack-blocks.js';

/**
 * An input block: label, field, hint, and what was wrong with it.
 * @param {State} state
 * @param {SlackBlock} block
 * @param {Record<string, string>} errors
 * @param {Map<string, string | string[]>} filled
 * @param {Map<string, string>} labels
 */
export function input(state, block, errors, filled, labels) {
  const element = block.element;
  if (element === undefined) return h('div');
  const language = state.onSlack.language;
  const id = `field-${block.block_id ?? element.action_id}`;
  const error = errors[block.block_id ?? ''];
  const field = fieldFor(state, element, id, error !== undefined, filled, labels);
  return h(
    'div',
    { class: `sl-field${error === undefined ? '' : ' wrong'}` },
    h(
      'label',
      { for: id },
      block.label?.text ?? '',
      block.optional === true ? h('span', { class: 'sl-optional' }, ` (${CLIENT[language].optional})`) : null,
    ),
    field,
    error === undefined ? null : h('p', { class: 'sl-error', id: `${id}-error`, role: 'alert' }, error),
    block.hint === undefined
      ? null
      : h(
          'p',
          { class: 'sl-hint' },
          ...words(block.hint, /** @type {any} */ ({ names: (/** @type {string} */ x) => x })),
        ),
  );
}

/**
 * @param {State} state
 * @param {SlackElement} element
 * @param {string} id
 * @param {boolean} wrong
 * @param {Map<string, string | string[]>} filled
 * @param {Map<string, string>} labels
 * @returns {HTMLElement}
 */
function fieldFor(state, element, id, wrong, filled, labels) {
  const action = element.action_id ?? '';
  const known = filled.get(action);
  const common = { id, 'aria-invalid': String(wrong), 'aria-describedby': wrong ? `${id}-error` : null };
  const placeholder = element.placeholder?.text ?? '';
  if (element.type === 'plain_text_input') {
    const value = known ?? element.initial_value ?? '';
    const remember = (/** @type {any} */ event) => filled.set(action, event.target.value);
    return element.multiline === true
      ? h('textarea', {
          ...common,
          rows: 4,
          maxlength: element.max_length,
          placeholder,
          oninput: remember,
          value: String(value),
        })
      : h('input', {
          ...common,
          type: 'text',
          maxlength: element.max_length,
          placeholder,
          oninput: remember,
          value: String(value),
        });
  }
  const many = element.type.startsWith('multi_') || element.type === 'checkboxes';
  const initial = [
    ...(element.initial_options ?? []),
    ...(element.initial_option ? [element.initial_option] : []),
  ];
  for (const option of [...initial, ...(element.options ?? [])]) labels.set(option.value, option.text.text);
  const chosen = known === undefined ? initial.map((option) => option.value) : [known].flat();
  if (element.type.includes('external')) return search(state, element, common, many, chosen, filled, labels);
  const choices = element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
  if (many || element.type === 'radio_buttons') {
    const kind = many ? 'checkbox' : 'radio';
    return h(
      'div',
      { class: 'sl-boxes', role: 'group', ...common },
      choices.map((option) =>
        h(
          'label',
          {},
          h('input', {
            type: kind,
            name: id,
            checked: chosen.includes(option.value),
            onchange: (event) => {
              const others = [filled.get(action) ?? chosen].flat().filter((value) => value !== option.value);
              filled.set(
                action,
                many ? [...others, ...(event.target.checked ? [option.value] : [])] : option.value,
              );
            },
          }),
          option.text.text,
        ),
      ),
    );
  }
  return h(
    'select',
    { ...common, class: 'sl-select', onchange: (event) => filled.set(action, event.target.value) },
    h('option', { value: '' }, placeholder || CLIENT[state.onSlack.language].choose),
    choices.map((option) =>
      h('option', { value: option.value, selected: chosen.includes(option.value) }, option.text.text),
    ),
  );
}

/**
 * A search field: the app offers options as the person types.
 * @param {State} state
 * @param {SlackElement} element
 * @param {Record<string, string | null>} common
 * @param {boolean} many
 * @param {string[]} chosen
 * @param {Map<string, string | string[]>} filled
 * @param {Map<string, string>} labels
 */
function search(state, element, common, many, chosen, filled, labels) {
  const action = element.action_id ?? '';
  const wordsHere = CLIENT[state.onSlack.language];
  const person = state.onSlack.slack;
  const chips = h('div', { class: 'sl-chips' });
  const list = h('ul', { class: 'sl-options', role: 'listbox', id: `${common.id}-options` });
  let timer = 0;
  let asked = 0;
  const field = h('input', {
    ...common,
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    'aria-expanded': 'false',
    'aria-controls': `${common.id}-options`,
    placeholder: element.placeholder?.text ?? wordsHere.search,
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(look, 180);
    },
    onkeydown: (event) => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        list.querySelector('button')?.focus();
      }
    },
  });
  const draw = () => {
    chips.replaceChildren(
      ...chosen.map((value) =>
        h(
          'button',
          {
            type: 'button',
            class: 'sl-chip',
            'aria-label': `${labels.get(value) ?? value}: ${wordsHere.remove}`,
            onclick: () => take(chosen.filter((other) => other !== value)),
          },
          labels.get(value) ?? value,
          icon(ICONS.close, 12),
        ),
      ),
    );
  };
  /** @param {string[]} next */
  const take = (next) => {
    chosen = next;
    filled.set(action, many ? chosen : (chosen[0] ?? ''));
    list.replaceChildren();
    field.value = '';
    field.setAttribute('aria-expanded', 'false');
    draw();
    field.focus();
  };
  const look = async () => {
    const typed = field.value.trim();
    const turn = ++asked;
    if (typed.length < (element.min_query_length ?? 1)) return list.replaceChildren();
    const found = await act('slack/suggest', { person, action, typed });
    if (turn !== asked) return;
    field.setAttribute('aria-expanded', 'true');
    list.replaceChildren(
      ...(found.length === 0
        ? [h('li', { class: 'none' }, wordsHere.noMatch)]
        : found.map((/** @type {{value: string, label: string}} */ { value, label }) => {
            labels.set(value, label);
            const others = many ? chosen.filter((other) => other !== value) : [];
            return h(
              'li',
              { role: 'option' },
              h('button', { type: 'button', onclick: () => take([...others, value]) }, label),
            );
          })),
    );
  };
  draw();
  return h('div', { class: 'sl-search' }, chips, field, list);
}
