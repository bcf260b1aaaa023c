import { setTimeout as sleep } from 'node:timers/promises';
import type { Inbox } from '../../conversation/inbox.ts';
import type { Act, Conversation, Reply } from '../../conversation/turn.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Language } from '../../domain/language.ts';
import type { Adapter } from '../../ports/adapter.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MemoOf } from '../../ports/memo.ts';
import type { HeedLimit } from '../../ports/messenger.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { accessByInstallations, accessByToken, type InstallationParts, type OAuthConfig } from './access.ts';
import { reasonOf } from './errors.ts';
import type { Me } from './events.ts';
import { drawForm, drawOption } from './form.ts';
import { arrivalOf, readInbound, readSuggestion } from './inbound.ts';
import { FORM_ANSWER_MS, HINT_MS, SELECT_OPTIONS } from './limits.ts';
import { createMessenger } from './messenger.ts';
import { happenedAt } from './origin.ts';
import { createPatience } from './patience.ts';
import { createPeople } from './people.ts';
import type { Back } from './place.ts';
import { type Intake, receiveByHttp, receiveBySocket } from './receive.ts';
import { createReply, placeOf } from './reply.ts';

export interface SlackParts {
  readonly config: {
    readonly transport:
      | { readonly kind: 'http'; readonly signingSecret: string }
      | { readonly kind: 'socket'; readonly appToken: string };
    /** Of the one workspace; null with `oauth`. */
    readonly botToken: string | null;
    /** Many workspaces, each with a token of its own. */
    readonly oauth?: OAuthConfig;
    readonly apiUrl: string;
    /** The ceiling of bulk sends in a workspace. */
    readonly ratePerMinute: number;
  };
  readonly inbox: Inbox;
  readonly conversation: Conversation;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly memo: MemoOf;
  /** Told of each limit that an answer meets. */
  readonly heedLimit: HeedLimit;
  /** Where installations are kept, for many workspaces. */
  readonly installing: InstallationParts;
}

const LONGEST_REST_SECONDS = 60;
const STOP_WITHIN_MS = 3000;

type FormAnswer = Awaited<ReturnType<Intake['submit']>>;

/** Slack: one workspace by token or many by installation, by HTTP events or Socket Mode. */
export function createSlack(parts: SlackParts): Adapter {
  const { config, inbox, conversation, clock, logger, metrics } = parts;
  const reach = { apiUrl: config.apiUrl, logger };
  const access =
    config.oauth === undefined
      ? accessByToken(config.botToken ?? '', reach)
      : accessByInstallations(
          {
            ...parts.installing,
            config: config.oauth,
            clock,
            onInstalled: (all) => tell(all, { kind: 'workspace_joined' }),
          },
          reach,
        );
  const { workspaces } = access;
  const people = createPeople({ call: workspaces.answers, memo: parts.memo, logger });
  const patiently = createPatience({ call: workspaces.answers, heedLimit: parts.heedLimit, logger });
  const reply = createReply({ call: workspaces.answers, patiently, logger });
  const ending = new AbortController();
  const troubles = new Map<'register' | 'receive', string>([['register', 'not registered yet']]);
  const report = (about: 'register' | 'receive') => (trouble: string | null) => {
    if (trouble === null) troubles.delete(about);
    else troubles.set(about, trouble);
  };
  const waitingForms = new Map<string, (answer: FormAnswer) => void>();
  let me: Me = { userId: null };
  let running: Promise<unknown> = Promise.resolve();

  /** Nobody waits long for it: a form has to open within 3 seconds. */
  const hintOf = (workspace: string, person: string): Promise<Language | null> =>
    Promise.race([people.languageOf(workspace, person), sleep(HINT_MS, null, { ref: false })]);

  /** Tells the core what happened to whole workspaces. */
  async function tell(all: readonly string[], act: Act): Promise<void> {
    for (const workspace of all) {
      const chat = { platform: 'slack', workspace, id: workspace, kind: 'channel' } as const;
      await conversation.converse({ at: clock.now(), chat, thread: null, person: null, hint: null, act });
    }
  }

  /** The app is gone from a workspace; the installation goes last, so that a crash in between repeats it all. */
  async function end(workspace: string, because: string, since: Instant | null): Promise<void> {
    const over = await access.over(workspace, since);
    await tell(over, { kind: 'workspace_ended', because });
    if (over.length > 0) await access.forget(workspace);
  }

  /** True when the answer went out with the response to the submitted form. */
  function answerForm(back: Back, answer: Reply | null): boolean {
    const resolve = back.submission === null ? undefined : waitingForms.get(back.submission);
    const again = answer?.form ?? null;
    resolve?.(again === null ? null : { response_action: 'update', view: drawForm(again, placeOf(back)) });
    return resolve !== undefined && again !== null;
  }

  inbox.handle('slack', async (body) => {
    const inbound = readInbound(body, me, clock.now());
    if (inbound === null) return;
    const { turn, back } = inbound;
    if (turn.act.kind === 'workspace_ended')
      return end(turn.chat.workspace, turn.act.because, happenedAt(body));
    const hint = turn.person === null ? null : await hintOf(turn.chat.workspace, turn.person);
    const given = await conversation.converse({ ...turn, hint });
    // The App Home is a page: what a button there brings stands above the rest of it, which may have changed.
    const below =
      back.home === 'pressed' && given?.replace === true
        ? await conversation.converse({ ...turn, hint, act: { kind: 'home' } })
        : null;
    const answer = given && below ? { ...given, cards: [...given.cards, ...below.cards] } : given;
    if (!answerForm(back, answer)) await reply(back, answer);
  });

  const intake: Intake = {
    async store(body) {
      await access.heard(body);
      const arrival = arrivalOf(body, me, clock.now());
      if (arrival === null) metrics.inbound.inc({ platform: 'slack', outcome: 'ignored' });
      else await inbox.accept('slack', [arrival]);
    },
    async submit(body) {
      await access.heard(body);
      const arrival = arrivalOf(body, me, clock.now());
      if (arrival === null) return null;
      const answered = Promise.withResolvers<FormAnswer>();
      waitingForms.set(arrival.id, answered.resolve);
      try {
        await inbox.accept('slack', [arrival]);
        // Too slow, or sent again: the form closes, and the answer comes as a message.
        return await Promise.race([answered.promise, sleep(FORM_ANSWER_MS, null, { ref: false })]);
      } finally {
        waitingForms.delete(arrival.id);
      }
    },
    async suggest(body) {
      const asked = readSuggestion(body, clock.now());
      if (asked === null) return [];
      const { turn, field, typed } = asked;
      const hint = await hintOf(turn.chat.workspace, turn.person);
      const options = await conversation.search({ ...turn, hint }, field, typed);
      return options.slice(0, SELECT_OPTIONS).map(drawOption);
    },
  };

  const { transport, apiUrl } = config;
  const { authorize } = access;
  const receiving =
    transport.kind === 'http'
      ? receiveByHttp({ signingSecret: transport.signingSecret, authorize, intake, logger })
      : receiveBySocket({
          appToken: transport.appToken,
          authorize,
          apiUrl,
          intake,
          logger,
          report: report('receive'),
        });

  /** Asks who we are, until Slack answers; what comes in meanwhile is taken in all the same. */
  async function register(): Promise<void> {
    for (let rest = 1; !ending.signal.aborted; rest = Math.min(rest * 2, LONGEST_REST_SECONDS)) {
      try {
        me = await access.prepare();
        report('register')(null);
        logger.info({ platform: 'slack', transport: transport.kind }, 'Slack is ready');
        return;
      } catch (error) {
        const why = reasonOf(error);
        report('register')(why);
        logger.warn({ platform: 'slack', why, rest }, 'Slack does not know us; trying again');
        await sleep(rest * 1000, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  }

  return {
    platform: 'slack',
    messenger: createMessenger({
      call: workspaces.bulk,
      people,
      ratePerMinute: config.ratePerMinute,
      logger,
      onRemoved: config.oauth === undefined ? null : (workspace) => end(workspace, 'revoked', null),
    }),
    routes: [...receiving.routes, ...access.routes],
    async start() {
      if (transport.kind === 'socket') report('receive')('socket: not connected yet');
      running = Promise.all([register(), receiving.run(ending.signal)]);
    },
    async stop() {
      ending.abort();
      // A question to a Slack that hangs is not waited for.
      await Promise.race([running, sleep(STOP_WITHIN_MS, null, { ref: false })]);
    },
    trouble: () => [...troubles.values()].at(0) ?? null,
  };
}
