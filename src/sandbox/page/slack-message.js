/** @import { State } from './state.js' */
/** @import { SlackMessage } from './shapes' */
import { act } from './api.js';
import { avatar, botAvatar } from './avatar.js';
import { CLIENT } from './client-words.js';
import { clockTime, h, ICONS, icon } from './dom.js';
import { mrkdwn } from './mrkdwn.js';
import { drawBlocks } from './slack-blocks.js';

/** Turns ids into what people read. @param {State} state */
export const namesIn = (state) => (/** @type {string} */ id) => {
  if (id === state.setup.slack.bot.user) return state.setup.slack.bot.realName;
  const citizen = state.citizens.find((one) => one.slack === id);
  return citizen?.name ?? state.channels.get(id)?.name ?? id;
};

/** A message with its blocks. @param {State} state @param {SlackMessage} message */
export function drawMessage(state, message) {
  const me = state.onSlack;
  const words = CLIENT[me.language];
  const byBot = message.from === null;
  const name = message.from?.name ?? state.setup.slack.bot.realName;
  const there = { channel: state.channel.id, person: me.slack, ts: message.ts };
  const content =
    message.blocks.length > 0
      ? drawBlocks(message.blocks, {
          language: me.language,
          names: namesIn(state),
          press: (button) => act('slack/press', { ...there, button }),
          choose: (action, values) => act('slack/choose', { ...there, action, values }),
          input: () => h('div'),
        })
      : [
          h(
            'div',
            { class: 'sl-section', dir: 'auto' },
            h('div', { class: 'sl-section-text' }, ...mrkdwn(message.text, namesIn(state))),
          ),
        ];
  return h(
    'article',
    {
      class: `sl-message${message.onlyFor === null ? '' : ' ephemeral'}`,
    },
    byBot ? botAvatar('square') : avatar(name, 'square'),
    h(
      'div',
      { class: 'sl-content' },
      message.onlyFor === null ? null : h('div', { class: 'sl-only' }, icon(ICONS.eye, 13), words.onlyYou),
      h(
        'div',
        { class: 'sl-byline' },
        h('strong', {}, name),
        byBot ? h('span', { class: 'sl-badge' }, words.app) : null,
        h('time', {}, clockTime(Number(message.ts) * 1000)),
        message.edited ? h('span', { class: 'sl-edited' }, `(${words.edited})`) : null,
      ),
      message.threadTs === null
        ? null
        : h('div', { class: 'sl-thread' }, ...threadLine(state, message.threadTs)),
      content,
      message.files.map((file) => h('div', { class: 'sl-file' }, icon(ICONS.file), file)),
    ),
  );
}

/** What a reply in a thread answers. @param {State} state @param {string} ts */
function threadLine(state, ts) {
  const head = state.channel.messages.find((message) => message.ts === ts);
  const answered = `↳ ${CLIENT[state.onSlack.language].thread}`;
  return head === undefined
    ? [answered]
    : [`${answered}: `, ...mrkdwn(head.text.split('\n')[0] ?? '', namesIn(state))];
}
