import type { Changes } from '../changes.ts';
import type { Json } from '../platform.ts';
import { labels } from './messages.ts';
import type { UpdateQueue } from './updates.ts';
import { botOnWire, chatOnWire, memberOnWire, messageOnWire, userOnWire } from './wire.ts';
import type { Chat, ClientLanguage, MemberStatus, Message, User, World } from './world.ts';

export type Unreadable = 'sticker' | 'photo' | 'voice' | 'video' | 'file' | 'location';

/** What people do in Telegram, and the updates the bot hears of it. */
export class TelegramPeople {
  readonly #world: World;
  readonly #updates: UpdateQueue;
  readonly #changes: Changes;
  #nextQuery = 1;

  constructor(world: World, updates: UpdateQueue, changes: Changes) {
    this.#world = world;
    this.#updates = updates;
    this.#changes = changes;
  }

  /** A new person; `started` ones have pressed start before (no update is sent). Returns the id, which is their private chat's too. */
  add(name: string, language: ClientLanguage, options: { started?: boolean; id?: number } = {}): number {
    const user = this.#world.addUser(name, language, options.id);
    if (options.started === true) this.#world.privateChat(user).bot = 'member';
    return user.id;
  }

  /** Many at once: for a notice to thousands. Returns their ids. */
  addMany(count: number, language: ClientLanguage, options: { started?: boolean } = {}): number[] {
    return Array.from({ length: count }, (_, i) => this.add(`${language}-${i + 1}`, language, options));
  }

  setLanguage(person: number, language: ClientLanguage): void {
    this.#person(person).language = language;
  }

  addChat(
    type: 'group' | 'supergroup' | 'channel',
    title: string,
    options: { bot?: MemberStatus; members?: Readonly<Record<number, MemberStatus>> } = {},
  ): number {
    const bot = options.bot ?? (type === 'channel' ? 'administrator' : 'member');
    const chat = this.#world.addChat(type, title, bot);
    for (const [id, status] of Object.entries(options.members ?? {})) chat.members.set(Number(id), status);
    return chat.id;
  }

  /** Types a text and sends it. In a channel: the channel's own post. */
  say(chatId: number, person: number, text: string, options: { replyTo?: number } = {}): number {
    const chat = this.#chat(chatId);
    const user = this.#person(person);
    this.#begin(chat, person);
    const message = this.#world.post(chat, {
      byBot: false,
      from: user,
      text,
      entities: entitiesIn(text),
      replyTo: options.replyTo ?? null,
    });
    this.#hear(chat, message);
    return message.id;
  }

  /** Sends something the bot cannot read. */
  send(chatId: number, person: number, what: Unreadable): number {
    const chat = this.#chat(chatId);
    this.#begin(chat, person);
    const message = this.#world.post(chat, {
      byBot: false,
      from: this.#person(person),
      extra: unreadable(what),
    });
    this.#hear(chat, message);
    return message.id;
  }

  /**
   * Presses a button under a message of the bot, by its label or its data.
   * @throws when there is no such button
   */
  press(chatId: number, person: number, messageId: number, button: string): void {
    const chat = this.#chat(chatId);
    const message = this.#world.message(chat, messageId);
    const pressed = message?.keyboard.flat().find((b) => b.text === button || b.callback_data === button);
    if (message === null || pressed === undefined) {
      const there = labels(message?.keyboard ?? []).join(' | ') || 'none';
      throw new Error(`no button "${button}" under message ${messageId}; buttons there: ${there}`);
    }
    this.pressData(chatId, person, messageId, String(pressed.callback_data ?? ''));
  }

  /** A press with any data: an old message's button, or a forged one. */
  pressData(chatId: number, person: number, messageId: number, data: string): void {
    const chat = this.#chat(chatId);
    const user = this.#person(person);
    const message = this.#world.message(chat, messageId);
    const id = `${this.#world.bot.id}${this.#nextQuery++}`;
    chat.lastHeardAt = this.#world.now();
    this.#world.queries.set(id, { id, chat, person: user, at: this.#world.now(), answered: false });
    this.#updates.add('callback_query', chat.id, {
      id,
      from: userOnWire(user),
      chat_instance: String(chat.id),
      data,
      message:
        message === null
          ? { chat: chatOnWire(chat), message_id: messageId, date: 0 }
          : messageOnWire(this.#world, chat, message),
    });
  }

  block(person: number): void {
    this.#setBot(this.#world.privateChat(this.#person(person)), person, 'kicked');
  }

  unblock(person: number): void {
    this.#setBot(this.#world.privateChat(this.#person(person)), person, 'member');
  }

  /** The account is deleted: no update tells of it. */
  deactivate(person: number): void {
    this.#world.privateChat(this.#person(person)).deactivated = true;
  }

  /** Adds the bot to a group or channel, changes its rank there, or removes it (`kicked`). */
  setBotStatus(chatId: number, by: number, status: MemberStatus): void {
    this.#setBot(this.#chat(chatId), by, status);
  }

  setMember(chatId: number, person: number, status: MemberStatus): void {
    this.#chat(chatId).members.set(person, status);
  }

  /** From now on every send here is refused with this 400 code; null lifts it. */
  forbid(chatId: number, code: string | null): void {
    this.#chat(chatId).forbidden = code;
  }

  /** A group becomes a supergroup with another id, which is returned. `quietly`: no service message, so that only a send learns of it. */
  migrate(chatId: number, options: { quietly?: boolean } = {}): number {
    const old = this.#chat(chatId);
    const next = this.#world.addChat('supergroup', old.title, old.bot);
    for (const [id, status] of old.members) next.members.set(id, status);
    old.migratedTo = next.id;
    if (options.quietly !== true) this.tellOfMigration(chatId);
    this.#changed(old);
    this.#changed(next);
    return next.id;
  }

  /** The two service messages of a migration, which may come long after it. */
  tellOfMigration(chatId: number): void {
    const old = this.#chat(chatId);
    const next = this.#chat(old.migratedTo ?? chatId);
    const by = [...old.members].find(([, status]) => status === 'creator')?.[0];
    const from = by === undefined ? null : (this.#world.users.get(by) ?? null);
    const leaving = this.#world.post(old, { byBot: false, from, extra: { migrate_to_chat_id: next.id } });
    const arriving = this.#world.post(next, { byBot: false, from, extra: { migrate_from_chat_id: old.id } });
    this.#updates.add('message', old.id, messageOnWire(this.#world, old, leaving));
    this.#updates.add('message', next.id, messageOnWire(this.#world, next, arriving));
  }

  /** The group is deleted: no update tells of it. */
  deleteGroup(chatId: number): void {
    this.#chat(chatId).deleted = true;
  }

  /** A forum topic is closed or deleted: who writes there is refused, General stays open. */
  loseTopic(chatId: number, topic: number, how: 'closed' | 'deleted'): void {
    this.#chat(chatId).lostTopics.set(topic, how === 'closed' ? 'TOPIC_CLOSED' : 'message thread not found');
  }

  /** Delivers an update as it is: malformed ones, kinds the bot does not know. */
  deliver(kind: string, chatId: number, payload: Json): void {
    this.#updates.add(kind, chatId, payload);
  }

  /** Who writes in private has started the bot, and lets it write again if it was blocked. */
  #begin(chat: Chat, person: number): void {
    if (chat.type !== 'private') return;
    if (chat.bot === 'kicked') this.#setBot(chat, person, 'member');
    else chat.bot = 'member';
  }

  #setBot(chat: Chat, by: number, status: MemberStatus): void {
    const before = chat.bot;
    chat.bot = status;
    const bot = botOnWire(this.#world);
    this.#updates.add('my_chat_member', chat.id, {
      chat: chatOnWire(chat),
      from: userOnWire(this.#person(by)),
      date: Math.floor(this.#world.now() / 1000),
      old_chat_member: memberOnWire(bot, before, chat),
      new_chat_member: memberOnWire(bot, status, chat),
    });
    this.#changed(chat);
  }

  #hear(chat: Chat, message: Message): void {
    this.#changed(chat);
    if (!this.#heard(chat, message)) return;
    chat.lastHeardAt = this.#world.now();
    const kind = chat.type === 'channel' ? 'channel_post' : 'message';
    this.#updates.add(kind, chat.id, messageOnWire(this.#world, chat, message));
  }

  /** Privacy mode: in a group a bot that is no administrator hears what is meant for it. */
  #heard(chat: Chat, message: Message): boolean {
    if (chat.bot === 'left' || chat.bot === 'kicked') return false;
    if (chat.type === 'private' || chat.type === 'channel' || chat.bot === 'administrator') return true;
    const text = message.text ?? '';
    const name = this.#world.bot.username.toLowerCase();
    const command = /^\/\w+(?:@(\w+))?/.exec(text);
    if (command !== null) return command[1] === undefined || command[1].toLowerCase() === name;
    if (text.toLowerCase().includes(`@${name}`)) return true;
    return message.replyTo !== null && this.#world.message(chat, message.replyTo)?.byBot === true;
  }

  #changed(chat: Chat): void {
    this.#changes.tell({ kind: 'conversation', platform: 'telegram', id: String(chat.id) });
  }

  #person(id: number): User {
    const user = this.#world.users.get(id);
    if (user === undefined) throw new Error(`no person ${id} in Telegram`);
    return user;
  }

  #chat(id: number): Chat {
    const user = this.#world.users.get(id);
    const chat = this.#world.chats.get(id) ?? (user === undefined ? null : this.#world.privateChat(user));
    if (chat === null) throw new Error(`no chat ${id} in Telegram`);
    return chat;
  }
}

/** Commands, mentions and links in a person's text, as Telegram marks them. */
function entitiesIn(text: string): Json[] {
  const kinds: readonly (readonly [string, RegExp])[] = [
    ['bot_command', /(?<=^|\s)\/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?/g],
    ['mention', /(?<=^|\s)@[A-Za-z0-9_]{3,32}/g],
    ['url', /https?:\/\/\S+/g],
  ];
  return kinds.flatMap(([type, pattern]) =>
    [...text.matchAll(pattern)].map((hit) => ({ type, offset: hit.index, length: hit[0].length })),
  );
}

function unreadable(what: Unreadable): Json {
  const file = { file_id: `${what}-1`, file_unique_id: `u-${what}` };
  switch (what) {
    case 'sticker':
      return {
        sticker: {
          ...file,
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: '🙂',
        },
      };
    case 'photo':
      return { photo: [{ ...file, width: 640, height: 480 }] };
    case 'voice':
      return { voice: { ...file, duration: 3, mime_type: 'audio/ogg' } };
    case 'video':
      return { video: { ...file, width: 640, height: 480, duration: 3 } };
    case 'file':
      return { document: { ...file, file_name: '민원.hwp', mime_type: 'application/x-hwp' } };
    case 'location':
      return { location: { latitude: 37.5665, longitude: 126.978 } };
  }
}
