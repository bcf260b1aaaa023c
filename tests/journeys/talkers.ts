import type { Language } from '../../src/domain/language.ts';
import type { LedgerEntry } from '../../src/sandbox/ledger.ts';
import { until } from '../support/program.ts';
import type { RunningSandbox } from '../support/sandbox.ts';

/** One person in a chat with the bot, on whichever platform. */
export interface Talker {
  readonly chat: string;
  readonly person: string;
  /** Says it and waits for the answer: all cards of it, as text. */
  say(text: string): Promise<string>;
  /** A command as that platform types it: `/status 정부24`, `/allim status 정부24`. */
  command(name: string, argument?: string): Promise<string>;
  /** Presses a button under the newest message that has it. */
  press(label: string): Promise<string>;
  /** Presses something that no message of ours offers: an old version's button. */
  pressUnknown(action: string): Promise<string>;
  sendSticker(): Promise<string>;
  /** Everything this chat was shown, in order. */
  shown(): readonly LedgerEntry[];
  /** The notices among it, as plain text. */
  notices(): readonly string[];
  /** The labels of the buttons under the newest message. */
  buttons(): readonly string[];
  /** Waits for a message that the chat did not ask for. */
  hears(text: string, ms?: number): Promise<LedgerEntry>;
}

const VISIBLE: ReadonlySet<LedgerEntry['kind']> = new Set(['message', 'edit', 'ephemeral', 'document']);

const plain = (entry: LedgerEntry): string => entry.text.replaceAll('*', '');
/** `[장애] …`: only notices begin so. */
const isNotice = (text: string): boolean => text.startsWith('[');

/** What both kinds of talker share: an act, and the wait for what it shows. */
function talking(sandbox: RunningSandbox, platform: 'telegram' | 'slack', chat: string) {
  const shown = () => sandbox.ledger.of(platform, chat).filter((entry) => VISIBLE.has(entry.kind));
  const answerTo = async (act: () => unknown): Promise<string> => {
    // A notice may come in between; it is no answer.
    const answers = () => shown().filter((entry) => !isNotice(plain(entry)));
    const before = answers().length;
    const rejection = Promise.resolve(act()).catch((error: unknown) => error);
    const failed = await Promise.race([rejection, new Promise((resolve) => setTimeout(resolve, 0))]);
    if (failed instanceof Error) throw failed;
    await until(`an answer in ${chat}`, () => answers().length > before);
    // An answer of several cards comes as several messages: it is whole when nothing more follows.
    for (let seen = 0; seen < answers().length; ) {
      seen = answers().length;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return answers().slice(before).map(plain).join('\n');
  };
  /** The newest message with this button, once there is one. */
  const newestWith = (label: string): Promise<LedgerEntry> =>
    until(`the button "${label}" in ${chat}`, () =>
      shown().findLast((entry) => entry.buttons.includes(label)),
    );
  return {
    shown,
    notices: () => shown().map(plain).filter(isNotice),
    answerTo,
    newestWith,
    buttons: () => shown().findLast((entry) => entry.buttons.length > 0)?.buttons ?? [],
    hears: (text: string, ms = 15_000) =>
      until(`"${text}" in ${chat}`, () => shown().find((entry) => entry.text.includes(text)), ms),
  };
}

/** A new person in a private chat, who has pressed start before. */
export function onTelegramAs(sandbox: RunningSandbox, language: Language): Talker {
  const person = sandbox.telegram.people.add(nameIn(language), language, { started: true });
  return inTelegram(sandbox, person, person);
}

/** A new person in their direct message. */
export function onSlackAs(sandbox: RunningSandbox, language: Language): Talker {
  const person = sandbox.slack.people.add(nameIn(language), language);
  return inSlack(sandbox, sandbox.slack.people.directMessage(person), person);
}

const nameIn = (language: Language): string => (language === 'ko' ? '이지민' : 'Alex Kim');

/** A person in any Telegram chat. */
export function inTelegram(sandbox: RunningSandbox, chat: number, person: number): Talker {
  const { people } = sandbox.telegram;
  const { answerTo, newestWith, ...rest } = talking(sandbox, 'telegram', String(chat));
  return {
    ...rest,
    chat: String(chat),
    person: String(person),
    say: (text) => answerTo(() => people.say(chat, person, text)),
    command: (name, argument = '') => answerTo(() => people.say(chat, person, `/${name} ${argument}`.trim())),
    press: async (label) => {
      const { messageId } = await newestWith(label);
      return answerTo(() => people.press(chat, person, Number(messageId), label));
    },
    pressUnknown: (action) => {
      const message = Number(rest.shown().findLast((e) => e.kind === 'message')?.messageId);
      return answerTo(() => people.pressData(chat, person, message, action));
    },
    sendSticker: () => answerTo(() => people.send(chat, person, 'sticker')),
  };
}

/** A person in any Slack conversation. */
export function inSlack(sandbox: RunningSandbox, channel: string, person: string): Talker {
  const { people } = sandbox.slack;
  const { answerTo, newestWith, ...rest } = talking(sandbox, 'slack', channel);
  return {
    ...rest,
    chat: channel,
    person,
    say: (text) => answerTo(() => people.say(channel, person, text)),
    command: (name, argument = '') =>
      answerTo(() => people.slash(channel, person, `${name} ${argument}`.trim())),
    press: async (label) => {
      const { messageId } = await newestWith(label);
      return answerTo(() => people.press(channel, person, String(messageId), label));
    },
    pressUnknown: (action) => {
      const message = String(rest.shown().findLast((e) => e.kind === 'message')?.messageId);
      return answerTo(() =>
        people.pressRaw(channel, person, message, {
          type: 'button',
          action_id: 'old',
          block_id: 'b0',
          value: action,
        }),
      );
    },
    sendSticker: () => answerTo(() => people.sendFile(channel, person, '민원.hwp', 'application/x-hwp')),
  };
}
