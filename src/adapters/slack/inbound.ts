import type { Arrival } from '../../conversation/inbox.ts';
import type { Act } from '../../conversation/turn.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Me, readEvent } from './events.ts';
import { readForm, readPlace } from './form.ts';
import { plainWords } from './mrkdwn.ts';
import {
  EventBody,
  Identified,
  PressBody,
  ShortcutBody,
  SlashBody,
  SubmissionBody,
  SuggestionBody,
} from './payloads.ts';
import { chatOf, type Inbound, inbound, isDirect, ownPlace, placeOf } from './place.ts';

/** Written first after `/allim`, these are commands; anything else is a question. */
const COMMANDS: ReadonlySet<string> = new Set(
  'start status subscribe unsubscribe subscriptions language report quiet region announcements verify help privacy mydata forget link incident announce desk'.split(
    ' ',
  ),
);
/** The global shortcut of the manifest. */
const ASK_STATUS = 'ask_status';

/** A payload as the inbox stores it; null for what is not meant for us, or not readable. */
export function arrivalOf(body: unknown, me: Me, at: Instant): Arrival | null {
  const read = readInbound(body, me, at);
  const id = idOf(body);
  if (read === null || id === null || typeof body !== 'object') return null;
  // Slack's old shared secret travels in every body; it has no business in our database.
  const stored = Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => name !== 'token'));
  return { id, chat: `${read.turn.chat.workspace}:${read.turn.chat.id}`, body: stored };
}

/** Unique a payload, the same when Slack sends it again. */
function idOf(body: unknown): string | null {
  const known = Identified.safeParse(body).data;
  if (known?.type === 'view_submission' && known.view) return `${known.view.id}:${known.view.hash}`;
  return known?.event_id ?? known?.trigger_id ?? null;
}

/** A stored payload as a turn, and where its reply goes. Null for what is not meant for us, or not readable. */
export function readInbound(body: unknown, me: Me, at: Instant): Inbound | null {
  const event = EventBody.safeParse(body).data;
  if (event) return readEvent(event, me, at);
  const slash = SlashBody.safeParse(body).data;
  if (slash) return readSlash(slash, at);
  const press = PressBody.safeParse(body).data;
  if (press) return readPress(press, at);
  const submission = SubmissionBody.safeParse(body).data;
  if (submission) return readSubmission(submission, at);
  const shortcut = ShortcutBody.safeParse(body).data;
  return shortcut ? readShortcut(shortcut, at) : null;
}

/** What is typed into a search field of a form, and for whom. */
export function readSuggestion(body: unknown, at: Instant) {
  const asked = SuggestionBody.safeParse(body).data;
  if (asked === undefined) return null;
  const place = readPlace(asked.view?.private_metadata ?? '') ?? ownPlace(asked.user.id);
  return {
    turn: { at, chat: chatOf(teamOf(asked), place), thread: place.thread, person: asked.user.id, hint: null },
    field: asked.action_id,
    typed: asked.value,
  };
}

const teamOf = (body: { user: { team_id?: string | undefined }; team?: { id: string } | null | undefined }) =>
  body.team?.id ?? body.user.team_id ?? '';

function readSlash(slash: SlashBody, at: Instant): Inbound {
  const text = plainWords(slash.text, null);
  const [word = '', ...rest] = text.split(/\s+/);
  const name = word.toLowerCase().replace(/^\//, '');
  const act: Act =
    text === ''
      ? { kind: 'command', name: 'help', argument: '' }
      : COMMANDS.has(name)
        ? { kind: 'command', name, argument: rest.join(' ') }
        : { kind: 'text', text };
  const place = placeOf(slash.channel_id, slash.user_id, null);
  return inbound(at, slash.team_id, place, slash.user_id, act, {
    trigger: slash.trigger_id,
    responseUrl: slash.response_url ?? null,
  });
}

function readPress(press: PressBody, at: Instant): Inbound | null {
  const { user, container, channel } = press;
  const [action] = press.actions;
  if (action?.type !== 'button' || action.value === undefined) return null;
  const act: Act = { kind: 'button', action: action.value };
  const common = { trigger: press.trigger_id, responseUrl: press.response_url ?? null };
  if (press.view?.type === 'home')
    return inbound(at, teamOf(press), ownPlace(user.id), user.id, act, { ...common, home: 'pressed' });
  if (!channel || container.message_ts === undefined) return null;

  const ephemeral = container.is_ephemeral ?? false;
  const below = isDirect(channel.id) || ephemeral ? null : container.message_ts;
  const thread = container.thread_ts ?? press.message?.thread_ts ?? below;
  return inbound(at, teamOf(press), placeOf(channel.id, user.id, thread), user.id, act, {
    ...common,
    pressed: { ts: container.message_ts, ephemeral },
  });
}

function readShortcut(shortcut: ShortcutBody, at: Instant): Inbound | null {
  if (shortcut.callback_id !== ASK_STATUS) return null;
  const user = shortcut.user.id;
  const act: Act = { kind: 'command', name: 'status', argument: '' };
  return inbound(at, teamOf(shortcut), ownPlace(user), user, act, { trigger: shortcut.trigger_id });
}

function readSubmission(submission: SubmissionBody, at: Instant): Inbound {
  const { user, view } = submission;
  const place = readPlace(view.private_metadata) ?? ownPlace(user.id);
  const act: Act = { kind: 'form', action: view.callback_id, values: readForm(view.state) };
  return inbound(at, teamOf(submission), place, user.id, act, {
    trigger: submission.trigger_id,
    submission: idOf(submission),
  });
}
