/** @import { SlackBlock, SlackElement, SlackText, Language } from './shapes' */

import { CLIENT } from './client-words.js';
import { h } from './dom.js';
import { mrkdwn } from './mrkdwn.js';

/**
 * What the blocks of a message, modal or App Home do when they are used.
 * @typedef {{
 *   language: Language,
 *   names: (id: string) => string,
 *   press: (button: string) => void,
 *   choose: (action: string, values: string | string[]) => void,
 *   input: (block: SlackBlock) => HTMLElement,
 * }} Doing
 */

/** @param {SlackText | undefined} text @param {Doing} doing */
export const words = (text, doing) =>
  text === undefined ? [] : text.type === 'mrkdwn' ? mrkdwn(text.text, doing.names) : [text.text];

/** @param {readonly SlackBlock[]} blocks @param {Doing} doing */
export const drawBlocks = (blocks, doing) => blocks.map((block) => drawBlock(block, doing));

/** @param {SlackBlock} block @param {Doing} doing @returns {HTMLElement} */
function drawBlock(block, doing) {
  switch (block.type) {
    case 'header':
      return h('h4', { class: 'sl-block-header' }, ...words(block.text, doing));
    case 'divider':
      return h('hr');
    case 'section':
      return h(
        'div',
        { class: 'sl-section' },
        h(
          'div',
          { class: 'sl-section-text', dir: 'auto' },
          ...words(block.text, doing),
          block.fields === undefined
            ? null
            : h(
                'div',
                { class: 'sl-fields' },
                block.fields.map((field) => h('div', {}, ...words(field, doing))),
              ),
        ),
        block.accessory === undefined ? null : drawElement(block.accessory, doing),
      );
    case 'context':
      return h(
        'div',
        { class: 'sl-context' },
        (block.elements ?? []).map((element) => h('span', {}, ...words(/** @type {any} */ (element), doing))),
      );
    case 'actions':
      return h(
        'div',
        { class: 'sl-actions' },
        (block.elements ?? []).map((element) => drawElement(element, doing)),
      );
    case 'input':
      return doing.input(block);
    default:
      return h('div', { class: 'sl-section' }, block.type);
  }
}

/** @param {SlackElement} element @param {Doing} doing */
function drawElement(element, doing) {
  if (element.type === 'button') {
    const label = typeof element.text === 'string' ? element.text : (element.text?.text ?? '');
    return h(
      'button',
      {
        type: 'button',
        class: `sl-button ${element.style ?? ''}`,
        onclick: () => doing.press(element.action_id ?? label),
      },
      label,
    );
  }
  if (element.type === 'static_select' || element.type === 'overflow') {
    const choices = element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
    const chosen = element.initial_option?.value;
    return h(
      'select',
      {
        class: 'sl-select',
        'aria-label': element.placeholder?.text ?? CLIENT[doing.language].choose,
        onchange: (event) => {
          if (event.target.value !== '') doing.choose(element.action_id ?? '', event.target.value);
        },
      },
      h('option', { value: '' }, element.placeholder?.text ?? CLIENT[doing.language].choose),
      choices.map((option) =>
        h('option', { value: option.value, selected: option.value === chosen }, option.text.text),
      ),
    );
  }
  return h('span', {}, element.type);
}
