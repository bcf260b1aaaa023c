import { isObject, type Json } from '../platform.ts';
import { textOfBlocks } from './block-kit.ts';
import { blocksOf, type Method, type Parts, Refusal, shown, text } from './parts.ts';
import { messageOnWire } from './wire.ts';
import type { Channel, Message } from './world.ts';

/** Over this sum of block text Slack has been seen to refuse a message. */
const MOST_BLOCK_TEXT = 9_600;
const MOST_TEXT = 4_000;

function channelOf({ world }: Parts, values: Json): Channel {
  const channel = world.channelNamed(text(values, 'channel'));
  if (channel === null) throw new Refusal('channel_not_found');
  return channel;
}

/** The channel, if the bot may write there. @throws Refusal */
function writable(parts: Parts, values: Json): Channel {
  const channel = channelOf(parts, values);
  if (channel.archived) throw new Refusal('is_archived');
  if (channel.forbidden !== null) throw new Refusal(channel.forbidden);
  if (!channel.botIn) throw new Refusal(channel.kind === 'private' ? 'channel_not_found' : 'not_in_channel');
  if (channel.peer?.deleted === true) throw new Refusal('account_inactive');
  return channel;
}

/** Text and blocks of a call, held to the lengths Slack keeps. @throws Refusal */
function contentOf(parts: Parts, method: string, values: Json): Pick<Message, 'text' | 'blocks'> {
  const content = { text: text(values, 'text'), blocks: blocksOf(values) };
  const refuse = (code: string, detail: string): never => {
    parts.violations.add('slack', method, code, detail);
    throw new Refusal(code);
  };
  if (content.text === '' && content.blocks.length === 0 && !Array.isArray(values.attachments)) {
    refuse('no_text', 'neither text nor blocks');
  }
  if ([...content.text].length > MOST_TEXT) refuse('msg_too_long', `text: more than ${MOST_TEXT} characters`);
  if ([...textOfBlocks(content.blocks)].length > MOST_BLOCK_TEXT) {
    refuse('msg_blocks_too_long', `more than ${MOST_BLOCK_TEXT} characters in blocks`);
  }
  if (content.text === '' && content.blocks.length > 0) {
    parts.violations.add(
      'slack',
      method,
      'no-fallback',
      'blocks without text: nothing for push and screen readers',
    );
  }
  return content;
}

const postMessage: Method = (parts, values) => {
  const channel = writable(parts, values);
  const message = parts.world.post(channel, {
    from: null,
    ...contentOf(parts, 'chat.postMessage', values),
    metadata: isObject(values.metadata) ? values.metadata : null,
    threadTs: text(values, 'thread_ts') || null,
  });
  shown(parts, channel, message, 'message');
  return { channel: channel.id, ts: message.ts, message: messageOnWire(parts.world, message, true) };
};

const postEphemeral: Method = (parts, values) => {
  const channel = writable(parts, values);
  const person = text(values, 'user');
  if (!channel.members.has(person)) throw new Refusal('user_not_in_channel');
  const message = parts.world.post(channel, {
    from: null,
    ...contentOf(parts, 'chat.postEphemeral', values),
    ephemeralTo: person,
    threadTs: text(values, 'thread_ts') || null,
  });
  shown(parts, channel, message, 'ephemeral');
  return { message_ts: message.ts };
};

function own(parts: Parts, values: Json, lost: string): { channel: Channel; message: Message } {
  const channel = writable(parts, values);
  const message = parts.world.message(channel, text(values, 'ts'));
  if (message === null || message.ephemeralTo !== null) throw new Refusal('message_not_found');
  if (message.from !== null) throw new Refusal(lost);
  return { channel, message };
}

const update: Method = (parts, values) => {
  const { channel, message } = own(parts, values, 'cant_update_message');
  Object.assign(message, contentOf(parts, 'chat.update', values), { edited: true });
  shown(parts, channel, message, 'edit');
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: messageOnWire(parts.world, message),
  };
};

const remove: Method = (parts, values) => {
  const { channel, message } = own(parts, values, 'cant_delete_message');
  channel.messages = channel.messages.filter((other) => other !== message);
  shown(parts, channel, message, 'delete');
  return { channel: channel.id, ts: message.ts };
};

const pin =
  (add: boolean): Method =>
  (parts, values) => {
    const channel = writable(parts, values);
    const ts = text(values, 'timestamp');
    if (parts.world.message(channel, ts) === null) throw new Refusal('message_not_found');
    if (add && channel.pins.has(ts)) throw new Refusal('already_pinned');
    if (!add && !channel.pins.has(ts)) throw new Refusal('no_pin');
    if (add) channel.pins.add(ts);
    else channel.pins.delete(ts);
    parts.changes.tell({ kind: 'conversation', platform: 'slack', id: channel.id });
    return {};
  };

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': (parts, values) => ({
    channel: text(values, 'channel'),
    permalink: `https://${parts.world.team.domain}.slack.com/archives/${text(values, 'channel')}/p${text(values, 'message_ts').replace('.', '')}`,
  }),
  'pins.add': pin(true),
  'pins.remove': pin(false),
};
