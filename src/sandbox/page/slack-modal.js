/** @import { State } from './state.js' */
/** @import { SlackSurface } from './shapes' */
import { act } from './api.js';
import { h, ICONS, icon } from './dom.js';
import { drawBlocks } from './slack-blocks.js';
import { input } from './slack-fields.js';

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
