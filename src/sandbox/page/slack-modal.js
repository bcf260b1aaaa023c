/** @import { State } from './state.js' */
/** @import { SlackBlock, SlackElement, SlackSurface } from './shapes' */
import { act } from './api.js';
import { h, ICONS, icon } from './dom.js';
import { drawBlocks, words } from './slack-blocks.js';
import { CLIENT } from './words.js';

/** The open modal of the person on stage. @param {State} state @param {HTMLElement} room */
export function slackModal(state, room) {
  /** What was typed, by action id; kept while the same modal is redrawn. @type {Map<string, string | string[]>} */
  const filled = new Map();
  /** Labels of what was found in searches. @type {Map<string, string>} */
  const labels = new Map();
  let drawn = '';
  let openView = '';

  return () => {
    const surface = state.surfaces.get(state.onSlack.slack);
    const modal = surface?.modal ?? null;
    const shape = JSON.stringify([modal, state.onSlack.key, state.onSlack.language]);
    if (shape === drawn) return;
    drawn = shape;
    room.querySelector('.sl-veil')?.remove();
    if (modal === null) {
      if (openView !== '') /** @type {HTMLElement | null} */ (room.querySelector('.sl-input'))?.focus();
      openView = '';
      return;
    }
    if (modal.id !== openView) {
      filled.clear();
      openView = modal.id;
    }
    const dialog = drawModal(state, modal, filled, labels);
    room.append(h('div', { class: 'sl-veil' }, dialog));
    const first = /** @type {HTMLElement | null} */ (
      dialog.querySelector('[aria-invalid="true"]') ??
        dialog.querySelector('.sl-modal-body :is(input, textarea, select, button)')
    );
    (first ?? dialog).focus();
  };
}

/**
 * @param {State} state
 * @param {NonNullable<SlackSurface['modal']>} modal
 * @param {Map<string, string | string[]>} filled
 * @param {Map<string, string>} labels
 */
function drawModal(state, modal, filled, labels) {
  const person = state.onSlack.slack;
  const { view } = modal;
  const language = state.onSlack.language;
  const close = () => act('slack/modal-close', { person });
  const values = () => Object.fromEntries(filled);
  const body = drawBlocks(view.blocks, {
    language,
    names: (id) => id,
    press: (button) => act('slack/modal-press', { person, button, filled: values() }),
    choose: (action, chosen) =>
      act('slack/modal-choose', { person, action, values: chosen, filled: values() }),
    input: (block) => input(state, block, modal.errors, filled, labels),
  });
  const title = view.title?.text ?? '';
  const form = h(
    'form',
    {
      class: 'sl-modal',
      role: 'dialog',
      'aria-modal': 'true',
      'aria-label': title,
      tabindex: '-1',
      onsubmit: async (event) => {
        event.preventDefault();
        const button = form.querySelector('[type=submit]');
        button?.setAttribute('disabled', '');
        await act('slack/modal-submit', { person, filled: values() }).finally(() =>
          button?.removeAttribute('disabled'),
        );
      },
      onkeydown: (event) => {
        if (event.key === 'Escape') void close();
        if (event.key === 'Tab') stayInside(form, event);
      },
    },
    h(
      'header',
      {},
      h('h3', {}, title),
      h(
        'button',
        { type: 'button', class: 'sl-icon', 'aria-label': view.close?.text ?? 'Close', onclick: close },
        icon(ICONS.close),
      ),
    ),
    h('div', { class: 'sl-modal-body' }, body),
    h(
      'footer',
      {},
      h('button', { type: 'button', class: 'sl-button', onclick: close }, view.close?.text ?? 'Cancel'),
      view.submit === undefined
        ? null
        : h('button', { type: 'submit', class: 'sl-button primary' }, view.submit.text),
    ),
  );
  return form;
}

/** Keeps the Tab key within a dialog. @param {HTMLElement} dialog @param {KeyboardEvent} event */
function stayInside(dialog, event) {
  const stops = [...dialog.querySelectorAll('input, textarea, select, button')];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  /** @type {HTMLElement | undefined} */ (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/**
 * An input block: label, field, hint, and what was wrong with it.
 * @param {State} state
 * @param {SlackBlock} block
 * @param {Record<string, string>} errors
 * @param {Map<string, string | string[]>} filled
 * @param {Map<string, string>} labels
 */
function input(state, block, errors, filled, labels) {
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
