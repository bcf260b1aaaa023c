import type { Slack } from './slack/slack.ts';
import type { Telegram } from './telegram/telegram.ts';

interface Citizen {
  readonly key: string;
  readonly name: string;
  language: 'ko' | 'en';
  /** Their Telegram id, which is the id of their private chat with the bot too. */
  readonly telegram: number;
  /** Their Slack id, and their direct message with the bot. */
  readonly slack: string;
  readonly slackDirect: string;
}

/** Who plays on the page, and where they meet. */
export interface Cast {
  readonly citizens: readonly Citizen[];
  /** A group that 서연 runs and the other two are in; the bot is a plain member. */
  readonly telegramGroup: number;
  /** A channel that 서연 runs; the bot may post. */
  readonly telegramChannel: number;
  /** A channel made by 준호. 서연 is the workspace's owner. */
  readonly slackChannel: string;
  readonly slackGeneral: string;
}

const PEOPLE = [
  { key: 'seoyeon', name: '김서연', language: 'ko', telegram: 1001, slack: 'U0SEOYEON' },
  { key: 'junho', name: '박준호', language: 'ko', telegram: 1002, slack: 'U0JUNHO' },
  { key: 'emma', name: 'Emma Clark', language: 'en', telegram: 1003, slack: 'U0EMMA' },
] as const;

/** Puts three citizens, a group and channels on both stages. */
export function createCast(telegram: Telegram, slack: Slack): Cast {
  const citizens = PEOPLE.map((person): Citizen => {
    telegram.people.add(person.name, person.language, { id: person.telegram });
    const owner = person.key === 'seoyeon';
    slack.people.add(person.name, person.language, { id: person.slack, owner });
    return { ...person, slackDirect: slack.people.directMessage(person.slack) };
  });
  const slackIds = citizens.map((citizen) => citizen.slack);
  return {
    citizens,
    telegramGroup: telegram.people.addChat('group', '무지개아파트 이웃', {
      members: { 1001: 'creator', 1002: 'member', 1003: 'member' },
    }),
    telegramChannel: telegram.people.addChat('channel', '한빛시 생활정보', {
      members: { 1001: 'creator', 1002: 'member', 1003: 'member' },
    }),
    slackGeneral: slack.people.addChannel('general', { creator: 'U0SEOYEON', members: slackIds }),
    slackChannel: slack.people.addChannel('민원실', { creator: 'U0JUNHO', members: slackIds }),
  };
}
