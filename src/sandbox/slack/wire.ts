import { isObject, type Json } from '../platform.ts';
import type { Channel, Message, Person, View, World } from './world.ts';

export const userOnWire = (world: World, person: Person, withLocale: boolean): Json => ({
  id: person.id,
  team_id: world.team.id,
  name: person.id.toLowerCase(),
  deleted: person.deleted,
  real_name: person.name,
  tz: 'Asia/Seoul',
  tz_label: 'Korea Standard Time',
  tz_offset: 32400,
  profile: { real_name: person.name, display_name: person.name, team: world.team.id },
  is_admin: person.admin,
  is_owner: person.owner,
  is_primary_owner: person.owner,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: false,
  is_app_user: false,
  ...(withLocale ? { locale: localeOf(person) } : {}),
});

const localeOf = (person: Person): string => (person.language === 'ko' ? 'ko-KR' : 'en-US');

export const channelOnWire = (world: World, channel: Channel): Json =>
  channel.peer !== null
    ? {
        id: channel.id,
        created: 0,
        is_im: true,
        is_org_shared: false,
        user: channel.peer.id,
        is_user_deleted: channel.peer.deleted,
        context_team_id: world.team.id,
      }
    : {
        id: channel.id,
        name: channel.name,
        name_normalized: channel.name,
        created: 0,
        is_channel: channel.kind === 'public',
        is_group: channel.kind === 'private',
        is_im: false,
        is_mpim: false,
        is_private: channel.kind === 'private',
        is_archived: channel.archived,
        is_general: channel.name === 'general',
        is_member: channel.botIn,
        creator: channel.creator,
        context_team_id: world.team.id,
      };

/** Slack gives every block an id. */
const withIds = (blocks: readonly Json[]): Json[] =>
  blocks.map((block, i) => ({ ...block, block_id: block.block_id ?? `b${i}` }));

export const messageOnWire = (world: World, message: Message, withMetadata = false): Json => ({
  type: 'message',
  ...(message.from === null
    ? { user: world.bot.user, bot_id: world.bot.id, app_id: world.bot.app }
    : { user: message.from.id }),
  team: world.team.id,
  text: message.text,
  ts: message.ts,
  ...(message.blocks.length === 0 ? {} : { blocks: withIds(message.blocks) }),
  ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
  ...(message.edited ? { edited: { user: world.bot.user, ts: message.ts } } : {}),
  ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  ...message.extra,
});

export const viewOnWire = (world: World, view: View, state: Json = {}): Json => ({
  title: null,
  close: null,
  submit: null,
  private_metadata: '',
  callback_id: '',
  external_id: '',
  clear_on_close: false,
  notify_on_close: false,
  ...view.json,
  id: view.id,
  team_id: world.team.id,
  app_id: world.bot.app,
  app_installed_team_id: world.team.id,
  bot_id: world.bot.id,
  hash: view.hash,
  root_view_id: view.rootId,
  previous_view_id: view.previousId,
  blocks: withIds(Array.isArray(view.json.blocks) ? view.json.blocks.filter(isObject) : []),
  state: { values: state },
});

/** As Slack sends what people type: mentions by id, `& < >` escaped. */
export function asTyped(world: World, text: string): string {
  const { user, name, realName } = world.bot;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(new RegExp(`@(?:${name}|${realName})(?!\\w)`, 'gi'), `<@${user}>`)
    .replaceAll(`&lt;@${user}&gt;`, `<@${user}>`);
}
