import type { Json } from '../platform.ts';
import { messageOnWire } from './wire.ts';
import type { Channel, Message, World } from './world.ts';

/** An event as the Events API wraps it. */
export const eventEnvelope = (world: World, event: Json, eventId: string): Json => ({
  token: 'deprecated',
  team_id: world.team.id,
  api_app_id: world.bot.app,
  event,
  type: 'event_callback',
  event_id: eventId,
  event_time: Math.floor(world.now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: world.team.id,
      user_id: world.bot.user,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
});

/** What every interactive payload has: who, where, which app. */
export const interactive = (world: World, type: string, person: string): Json => ({
  type,
  team: { id: world.team.id, domain: world.team.domain },
  user: { id: person, username: person.toLowerCase(), name: person.toLowerCase(), team_id: world.team.id },
  api_app_id: world.bot.app,
  token: 'deprecated',
  enterprise: null,
  is_enterprise_install: false,
});

/** A press in a message. Of an ephemeral one, Slack sends only the place. */
export function pressEnvelope(
  world: World,
  at: { channel: Channel; person: string; message: Message | null; responseUrl: string },
  action: Json,
): Json {
  const { channel, message } = at;
  const ephemeral = message !== null && message.ephemeralTo !== null;
  return {
    ...interactive(world, 'block_actions', at.person),
    container: {
      type: 'message',
      message_ts: message?.ts ?? '',
      channel_id: channel.id,
      is_ephemeral: ephemeral,
    },
    trigger_id: world.trigger(at.person),
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    ...(message === null || ephemeral ? {} : { message: messageOnWire(world, message) }),
    state: { values: {} },
    response_url: at.responseUrl,
    actions: [{ action_ts: world.ts(), ...action }],
  };
}

/** A slash command, as the fields of its form. */
export const commandEnvelope = (
  world: World,
  at: { channel: Channel; person: string; responseUrl: string },
  command: string,
  text: string,
): Json => ({
  token: 'deprecated',
  team_id: world.team.id,
  team_domain: world.team.domain,
  channel_id: at.channel.id,
  channel_name: at.channel.kind === 'im' ? 'directmessage' : at.channel.name,
  user_id: at.person,
  user_name: at.person.toLowerCase(),
  command,
  text,
  api_app_id: world.bot.app,
  is_enterprise_install: 'false',
  response_url: at.responseUrl,
  trigger_id: world.trigger(at.person),
});
