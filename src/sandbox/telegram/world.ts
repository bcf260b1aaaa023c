import type { Json } from '../platform.ts';

export type ClientLanguage = 'ko' | 'en';

export interface User {
  readonly id: number;
  readonly firstName: string;
  language: ClientLanguage;
}

export type MemberStatus = 'creator' | 'administrator' | 'member' | 'left' | 'kicked';

/** A message as kept here; `wire` draws it as the Bot API does. */
export interface Message {
  readonly id: number;
  /** Null: the bot (or, in a channel, the channel itself). */
  readonly from: User | null;
  readonly byBot: boolean;
  readonly at: number;
  text: string | null;
  entities: readonly Json[];
  keyboard: readonly (readonly Json[])[];
  editedAt: number | null;
  readonly silent: boolean;
  readonly replyTo: number | null;
  readonly thread: number | null;
  /** A document, sticker, service note: the other fields of the wire form. */
  readonly extra: Json;
}

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title: string;
  /** Of a private chat: the person. */
  readonly owner: User | null;
  readonly members: Map<number, MemberStatus>;
  /** In a private chat: `left` until the person pressed start, `kicked` while blocked. */
  bot: MemberStatus;
  deactivated: boolean;
  migratedTo: number | null;
  /** The group is no more. */
  deleted: boolean;
  /** Forum topics in which nobody may write any more. */
  readonly lostTopics: Map<number, 'TOPIC_CLOSED' | 'message thread not found'>;
  /** Set: every send is refused with this 400 code, e.g. CHAT_WRITE_FORBIDDEN. */
  forbidden: string | null;
  messages: Message[];
  lastMessageId: number;
  pinned: number | null;
  /** When a person here last did something the bot heard of: answers to it escape the bulk limit. */
  lastHeardAt: number;
}

/** A press that waits for answerCallbackQuery. */
export interface Query {
  readonly id: string;
  readonly chat: Chat;
  readonly person: User;
  readonly at: number;
  answered: boolean;
}

const KEPT_MESSAGES = 500;

/** Everything the Telegram stand-in knows: people, chats, messages. */
export class World {
  readonly bot = { id: 7_000_000_001, firstName: '알림', username: 'allim_sandbox_bot' };
  readonly users = new Map<number, User>();
  readonly chats = new Map<number, Chat>();
  readonly queries = new Map<string, Query>();
  /** Documents the bot handed over, by chat and message: `10001/7`. */
  readonly documents = new Map<string, { readonly name: string; readonly content: string }>();
  readonly now: () => number;
  #nextUser = 10_001;
  #nextGroup = 100_001;

  constructor(now: () => number) {
    this.now = now;
  }

  addUser(firstName: string, language: ClientLanguage, id: number = this.#nextUser++): User {
    const user: User = { id, firstName, language };
    this.users.set(user.id, user);
    return user;
  }

  /** The private chat of a person with the bot; made when first asked for. */
  privateChat(user: User): Chat {
    return this.chats.get(user.id) ?? this.#add(user.id, 'private', user.firstName, user, 'left');
  }

  addChat(type: Exclude<Chat['type'], 'private'>, title: string, bot: MemberStatus): Chat {
    const n = this.#nextGroup++;
    return this.#add(type === 'group' ? -n : -(1_000_000_000_000 + n), type, title, null, bot);
  }

  #add(id: number, type: Chat['type'], title: string, owner: User | null, bot: MemberStatus): Chat {
    const chat: Chat = {
      id,
      type,
      title,
      owner,
      members: new Map(),
      bot,
      deactivated: false,
      migratedTo: null,
      deleted: false,
      lostTopics: new Map(),
      forbidden: null,
      messages: [],
      lastMessageId: 0,
      pinned: null,
      lastHeardAt: 0,
    };
    this.chats.set(id, chat);
    return chat;
  }

  post(chat: Chat, message: Partial<Message> & Pick<Message, 'byBot'>): Message {
    chat.lastMessageId += 1;
    const posted: Message = {
      from: null,
      at: this.now(),
      text: null,
      entities: [],
      keyboard: [],
      editedAt: null,
      silent: false,
      replyTo: null,
      thread: null,
      extra: {},
      ...message,
      id: chat.lastMessageId,
    };
    chat.messages.push(posted);
    if (chat.messages.length > KEPT_MESSAGES) chat.messages.splice(0, chat.messages.length - KEPT_MESSAGES);
    return posted;
  }

  message(chat: Chat, id: number): Message | null {
    return chat.messages.find((message) => message.id === id) ?? null;
  }
}
