/** @import { BotCommand, Citizen, Language, Setup, SlackChannel, SlackSurface, TelegramChat } from './shapes' */
import { act } from './api.js';

/** Everything the page knows, and who wants to hear when it changes. */
export class State {
  /** @param {Setup} setup */
  constructor(setup) {
    this.setup = setup;
    this.citizens = setup.citizens;
    /** @type {Map<number, TelegramChat>} */
    this.chats = new Map(setup.telegram.chats.map((chat) => [chat.id, chat]));
    this.group = setup.telegram.group;
    /** @type {Map<string, SlackChannel>} */
    this.channels = new Map(setup.slack.channels.map((channel) => [channel.id, channel]));
    /** @type {Map<string, SlackSurface>} */
    this.surfaces = new Map(setup.slack.people.map((surface) => [surface.person, surface]));
    /** @type {Citizen} */
    this.onTelegram = this.#first('seoyeon');
    /** @type {Citizen} */
    this.onSlack = this.#first('emma');
    /** Which Telegram conversation is open: `private`, `group`, `channel`. */
    this.telegramPlace = /** @type {'private' | 'group' | 'channel'} */ ('private');
    /** Which Slack conversation is open: `app`, or a channel's id. */
    this.slackPlace = 'app';
    this.slackTab = /** @type {'home' | 'messages'} */ ('messages');
    /** Conversations where the bot said something that nobody has looked at. @type {Set<string>} */
    this.unread = new Set();
    /** The chats in sight: on a phone one at most. @type {Set<string>} */
    this.looking = new Set(['telegram', 'slack']);
    /** How many incidents are open, as far as the official's panel knows. */
    this.openIncidents = 0;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** @param {() => void} listener */
  listen(listener) {
    this.listeners.add(listener);
  }

  changed() {
    if (this.looking.has('telegram')) this.unread.delete(String(this.chatId));
    if (this.looking.has('slack')) this.unread.delete(this.channel.id);
    for (const listener of this.listeners) listener();
  }

  get chatId() {
    return { private: this.onTelegram.telegram, group: this.group, channel: this.setup.telegram.channel }[
      this.telegramPlace
    ];
  }

  /** @returns {TelegramChat} */
  get chat() {
    const chat = this.chats.get(this.chatId);
    if (chat === undefined) throw new Error(`no chat ${this.chatId}`);
    return chat;
  }

  /** @returns {SlackChannel} */
  get channel() {
    const id = this.slackPlace === 'app' ? this.onSlack.slackDirect : this.slackPlace;
    const channel = this.channels.get(id);
    if (channel === undefined) throw new Error(`no channel ${id}`);
    return channel;
  }

  /** @returns {BotCommand[]} */
  get commands() {
    return this.setup.telegram.commands[this.onTelegram.language];
  }

  /** @param {TelegramChat} chat */
  setChat(chat) {
    const old = this.chats.get(this.group);
    const before = this.chats.get(chat.id)?.messages.at(-1)?.id ?? 0;
    if (chat.messages.some((message) => message.byBot && message.id > before))
      this.unread.add(String(chat.id));
    this.chats.set(chat.id, chat);
    if (chat.type === 'supergroup' && old?.type === 'group') this.group = chat.id;
    this.changed();
  }

  /** @param {SlackChannel} channel */
  setChannel(channel) {
    const before = this.channels.get(channel.id)?.messages.at(-1)?.ts ?? '';
    if (channel.messages.some((message) => message.from === null && message.ts > before))
      this.unread.add(channel.id);
    this.channels.set(channel.id, channel);
    this.changed();
  }

  /** @param {Citizen} citizen @param {Language} language */
  async setLanguage(citizen, language) {
    await act('telegram/language', { person: citizen.telegram, language });
    await act('slack/language', { person: citizen.slack, language });
    citizen.language = language;
    this.changed();
  }

  /** @param {string} key */
  #first(key) {
    const found = this.citizens.find((citizen) => citizen.key === key) ?? this.citizens[0];
    if (found === undefined) throw new Error('nobody is on stage');
    return found;
  }
}
