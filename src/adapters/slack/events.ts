import type { Act } from '../../conversation/turn.ts';
import type { Instant } from '../../domain/instant.ts';
import { plainWords } from './mrkdwn.ts';
import { type EventBody, HomeOpened, InChannel, Member, NewId, Revoked, Said } from './payloads.ts';
import { type Inbound, inbound, isDirect, ownPlace, placeOf } from './place.ts';

/** Who we are here; null until Slack has told. */
export interface Me {
  readonly userId: string | null;
}

/** An event of the Events API. Null for what is not meant for us. */
export function readEvent({ event, authorizations, ...from }: EventBody, me: Me, at: Instant) {
  const team = from.team_id ?? from.enterprise_id ?? null;
  return team === null ? null : readIn(team, event, authorizations, me, at);
}

function readIn(
  team: string,
  event: EventBody['event'],
  authorizations: EventBody['authorizations'],
  me: Me,
  at: Instant,
) {
  const own = me.userId ?? authorizations?.find((entry) => entry.is_bot)?.user_id ?? null;
  const about = (channel: string, act: Act, person: string | null = null) =>
    inbound(at, team, placeOf(channel, person ?? channel, null), person, act);
  switch (event.type) {
    case 'message':
    case 'app_mention': {
      const said = Said.safeParse(event).data;
      return said ? readSaid(said, event.type, own, team, at) : null;
    }
    case 'app_home_opened': {
      const opened = HomeOpened.safeParse(event).data;
      if (opened === undefined || opened.tab === 'messages') return null;
      return inbound(at, team, ownPlace(opened.user), opened.user, { kind: 'home' }, { home: 'opened' });
    }
    case 'member_joined_channel': {
      const member = Member.safeParse(event).data;
      if (member === undefined || member.user !== own) return null;
      return about(member.channel, { kind: 'joined' }, member.inviter ?? null);
    }
    case 'member_left_channel': {
      const member = Member.safeParse(event).data;
      return member?.user === own && own !== null
        ? about(member.channel, { kind: 'left', because: 'kicked' })
        : null;
    }
    case 'channel_left':
    case 'group_left':
      return ended('kicked');
    case 'channel_archive':
    case 'group_archive':
      return ended('archived');
    case 'channel_deleted':
    case 'group_deleted':
      return ended('deleted');
    case 'channel_unarchive':
    case 'group_unarchive': {
      const back = InChannel.safeParse(event).data;
      return back ? about(back.channel, { kind: 'joined' }) : null;
    }
    case 'channel_id_changed': {
      const ids = NewId.safeParse(event).data;
      return ids ? about(ids.old_channel_id, { kind: 'moved', to: ids.new_channel_id }) : null;
    }
    case 'app_uninstalled':
      return about(team, { kind: 'workspace_ended', because: 'uninstalled' });
    case 'tokens_revoked': {
      const revoked = Revoked.safeParse(event).data;
      return (revoked?.tokens.bot ?? []).length > 0
        ? about(team, { kind: 'workspace_ended', because: 'revoked' })
        : null;
    }
    default:
      return null;
  }

  function ended(because: string): Inbound | null {
    const gone = InChannel.safeParse(event).data;
    return gone ? about(gone.channel, { kind: 'left', because }) : null;
  }
}

/** What may stand in a message's subtype while it is still a person writing. */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set(['file_share', 'me_message', 'thread_broadcast']);

/** A direct message, or a mention in a channel. A mention also comes as a message event, which is dropped. */
function readSaid(
  said: Said,
  type: 'message' | 'app_mention',
  own: string | null,
  team: string,
  at: Instant,
): Inbound | null {
  const { user, channel } = said;
  if (user === undefined || user === own || said.bot_id !== undefined) return null;
  if (said.subtype !== undefined && !WRITTEN_BY_PEOPLE.has(said.subtype)) return null;
  if (said.edited !== undefined) return null;
  const direct = isDirect(channel);
  if (direct !== (type === 'message')) return null;

  // In a channel the answer hangs below the question; in a direct message only where a thread was begun.
  const thread = said.thread_ts ?? (direct ? null : said.ts);
  const text = plainWords(said.text ?? '', own);
  const reply = (act: Act) => inbound(at, team, placeOf(channel, user, thread), user, act);
  if (text !== '') return reply({ kind: 'text', text });
  if (!direct) return reply({ kind: 'command', name: 'help', argument: '' });
  return reply({ kind: 'unreadable', what: whatIs(said.files?.at(0)?.mimetype) });
}

function whatIs(mimetype: string | undefined): (Act & { kind: 'unreadable' })['what'] {
  if (mimetype === undefined) return 'other';
  const kinds = { image: 'photo', audio: 'voice', video: 'video' } as const;
  const [kind] = Object.entries(kinds).find(([type]) => mimetype.startsWith(`${type}/`)) ?? [];
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kinds[kind] : 'file';
}
