import type { Json } from '../platform.ts';
import { type Method, type Parts, Refusal, text, truth } from './parts.ts';
import { channelOnWire, messageOnWire, userOnWire } from './wire.ts';
import type { Channel } from './world.ts';

function channelOf({ world }: Parts, values: Json): Channel {
  const channel = world.channels.get(text(values, 'channel'));
  if (channel === undefined) throw new Refusal('channel_not_found');
  return channel;
}

/** A page of a list and where the next begins, by position. */
function paged<T>(all: readonly T[], values: Json, most: number): { page: T[]; response_metadata: Json } {
  const from = Number(text(values, 'cursor') || 0);
  if (!Number.isInteger(from)) throw new Refusal('invalid_cursor');
  const limit = Math.min(most, Number(text(values, 'limit') || 100));
  const next = from + limit < all.length ? String(from + limit) : '';
  return { page: all.slice(from, from + limit), response_metadata: { next_cursor: next } };
}

const open: Method = (parts, values) => {
  const users = text(values, 'users').split(',').filter(Boolean);
  const channel = text(values, 'channel');
  if (channel !== '') return { channel: channelOnWire(parts.world, channelOf(parts, values)) };
  const [only] = users;
  if (only === undefined) throw new Refusal('users_list_not_supplied');
  if (users.length > 1) throw new Refusal('method_not_supported_for_channel_type');
  const person = parts.world.people.get(only);
  if (person === undefined) throw new Refusal('user_not_found');
  if (person.deleted) throw new Refusal('user_disabled');
  const direct = parts.world.directMessage(person);
  return { channel: truth(values, 'return_im') ? channelOnWire(parts.world, direct) : { id: direct.id } };
};

const join: Method = (parts, values) => {
  const channel = channelOf(parts, values);
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.archived) throw new Refusal('is_archived');
  channel.botIn = true;
  parts.changes.tell({ kind: 'conversation', platform: 'slack', id: channel.id });
  return { channel: channelOnWire(parts.world, channel) };
};

const history: Method = (parts, values) => {
  const channel = channelOf(parts, values);
  if (!channel.botIn) throw new Refusal('not_in_channel');
  const oldest = Number(text(values, 'oldest') || 0);
  const latest = Number(text(values, 'latest') || Number.MAX_SAFE_INTEGER);
  const edges = truth(values, 'inclusive');
  const within = channel.messages.filter((message) => {
    const at = Number(message.ts);
    return (
      message.ephemeralTo === null && (edges ? at >= oldest && at <= latest : at > oldest && at < latest)
    );
  });
  const { page, response_metadata } = paged(within.toReversed(), values, 999);
  return {
    messages: page.map((m) => messageOnWire(parts.world, m, truth(values, 'include_all_metadata'))),
    has_more: response_metadata.next_cursor !== '',
    pin_count: channel.pins.size,
    response_metadata,
  };
};

const list: Method = (parts, values) => {
  const types = (text(values, 'types') || 'public_channel').split(',');
  const kinds: Record<Channel['kind'], string> = {
    public: 'public_channel',
    private: 'private_channel',
    im: 'im',
  };
  const visible = [...parts.world.channels.values()].filter(
    (channel) =>
      types.includes(kinds[channel.kind]) &&
      (channel.kind === 'public' || channel.botIn) &&
      !(truth(values, 'exclude_archived') && channel.archived),
  );
  const { page, response_metadata } = paged(visible, values, 1000);
  return { channels: page.map((channel) => channelOnWire(parts.world, channel)), response_metadata };
};

const userInfo: Method = ({ world }, values) => {
  const person = world.people.get(text(values, 'user'));
  if (person === undefined) throw new Refusal('user_not_found');
  return { user: userOnWire(world, person, truth(values, 'include_locale')) };
};

export const workspaceMethods: Readonly<Record<string, Method>> = {
  'auth.test': ({ world }) => ({
    url: `https://${world.team.domain}.slack.com/`,
    team: world.team.name,
    user: world.bot.name,
    team_id: world.team.id,
    user_id: world.bot.user,
    bot_id: world.bot.id,
    is_enterprise_install: false,
  }),
  'bots.info': ({ world }) => ({
    bot: {
      id: world.bot.id,
      app_id: world.bot.app,
      user_id: world.bot.user,
      name: world.bot.realName,
      deleted: false,
    },
  }),
  'team.info': ({ world }) => ({ team: { ...world.team, email_domain: '', icon: {} } }),
  'users.info': userInfo,
  'users.list': ({ world }, values) => {
    const { page, response_metadata } = paged([...world.people.values()], values, 1000);
    return {
      members: page.map((person) => userOnWire(world, person, truth(values, 'include_locale'))),
      response_metadata,
    };
  },
  'users.conversations': list,
  'conversations.open': open,
  'conversations.join': join,
  'conversations.history': history,
  'conversations.list': list,
  'conversations.info': (parts, values) => {
    const channel = channelOf(parts, values);
    if (channel.kind === 'private' && !channel.botIn) throw new Refusal('channel_not_found');
    const counted = truth(values, 'include_num_members')
      ? { num_members: channel.members.size + (channel.botIn ? 1 : 0) }
      : {};
    return { channel: { ...channelOnWire(parts.world, channel), ...counted } };
  },
  'conversations.members': (parts, values) => {
    const channel = channelOf(parts, values);
    const everyone = [...channel.members, ...(channel.botIn ? [parts.world.bot.user] : [])];
    const { page, response_metadata } = paged(everyone, values, 1000);
    return { members: page, response_metadata };
  },
  'apps.connections.open': (parts) => ({ url: parts.socketUrl() }),
};
