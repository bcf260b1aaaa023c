import { isObject, type Json } from '../platform.ts';
import type { Dispatch } from './courier.ts';
import { commandEnvelope, eventEnvelope, interactive, pressEnvelope } from './envelopes.ts';
import { actionOf, elementsIn, inputValue, named } from './inputs.ts';
import { SlackModals } from './modals.ts';
import { labels, type Parts, shown } from './parts.ts';
import type { ResponseUrls } from './response-urls.ts';
import { asTyped, messageOnWire, viewOnWire } from './wire.ts';
import type { Channel, ClientLanguage, Message, Person } from './world.ts';

/** What people do in Slack, and what the app hears of it. */
export class SlackPeople {
  readonly #parts: Parts;
  readonly #dispatch: Dispatch;
  readonly #urls: ResponseUrls;
  readonly #subscribed: readonly string[];
  readonly modals: SlackModals;

  constructor(parts: Parts, dispatch: Dispatch, urls: ResponseUrls, subscribed: readonly string[]) {
    this.#parts = parts;
    this.#dispatch = dispatch;
    this.#urls = urls;
    this.#subscribed = subscribed;
    this.modals = new SlackModals(parts, dispatch);
  }

  add(
    name: string,
    language: ClientLanguage,
    options: { id?: string; admin?: boolean; owner?: boolean } = {},
  ): string {
    return this.#parts.world.addPerson(name, language, options).id;
  }

  /** Many at once. Returns their ids. */
  addMany(count: number, language: ClientLanguage): string[] {
    return Array.from({ length: count }, (_, i) => this.add(`${language}-${i + 1}`, language));
  }

  setLanguage(person: string, language: ClientLanguage): void {
    this.#person(person).language = language;
  }

  addChannel(
    name: string,
    options: { private?: boolean; creator?: string; members?: readonly string[]; bot?: boolean } = {},
  ): string {
    const channel = this.#parts.world.addChannel({
      kind: options.private === true ? 'private' : 'public',
      name,
      creator: options.creator ?? null,
      peer: null,
    });
    for (const member of [...(options.members ?? []), ...(options.creator ? [options.creator] : [])]) {
      channel.members.add(member);
    }
    channel.botIn = options.bot ?? true;
    return channel.id;
  }

  /** The id of a person's direct message with the bot. */
  directMessage(person: string): string {
    return this.#parts.world.directMessage(this.#person(person)).id;
  }

  /** Writes a message; `@알림` and `@allim` become a mention. Returns its time stamp. */
  say(channelId: string, person: string, text: string, options: { threadTs?: string } = {}): string {
    return this.#write(channelId, person, text, options.threadTs ?? null, {});
  }

  /** Shares a file, with nothing the bot could read. */
  sendFile(channelId: string, person: string, name: string, mimetype: string): string {
    return this.#write(channelId, person, '', null, {
      subtype: 'file_share',
      files: [{ id: this.#parts.world.id('F'), name, mimetype, filetype: mimetype.split('/')[1] ?? 'bin' }],
    });
  }

  /** `/allim …`. Resolves when the app acknowledged it, or did not. */
  async slash(channelId: string, person: string, text: string, command = '/allim'): Promise<void> {
    const channel = this.#channel(channelId);
    const at = { channel, person, responseUrl: this.#urls.make(channel, person, null) };
    const answer = await this.#dispatch.ask({
      kind: 'command',
      payload: commandEnvelope(this.#parts.world, at, command, asTyped(this.#parts.world, text)),
    });
    if (answer === null)
      return this.#trouble(channel, person, `${command} failed with the error "operation_timeout"`);
    if (answer.body === null || answer.body === '') return;
    const body = isObject(answer.body) ? answer.body : { text: String(answer.body) };
    // In Socket Mode a bare acknowledgement is an empty object.
    if (Object.keys(body).length > 0) this.#urls.show(channel, person, body);
  }

  /**
   * Presses a button of a message, by label, action id or value.
   * @throws when there is no such button
   */
  async press(channelId: string, person: string, ts: string, button: string): Promise<void> {
    const channel = this.#channel(channelId);
    const message = this.#parts.world.message(channel, ts);
    const found = elementsIn(message?.blocks ?? []).find(({ element }) => named(element, button));
    if (message === null || found === undefined) {
      const there = labels(message?.blocks ?? []).join(' | ') || 'none';
      throw new Error(`no button "${button}" under message ${ts}; buttons there: ${there}`);
    }
    await this.#act(channel, person, message, actionOf(found.block, found.element));
  }

  /** Chooses from a menu or ticks boxes in a message. */
  async choose(
    channelId: string,
    person: string,
    ts: string,
    actionId: string,
    values: string | readonly string[],
  ): Promise<void> {
    const channel = this.#channel(channelId);
    const message = this.#parts.world.message(channel, ts);
    const found = elementsIn(message?.blocks ?? []).find(({ element }) => element.action_id === actionId);
    if (message === null || found === undefined) throw new Error(`nothing called "${actionId}" in ${ts}`);
    const value = inputValue(found.element, values, this.modals.offered);
    const action = {
      action_id: actionId,
      block_id: found.block,
      ...value,
      action_ts: this.#parts.world.ts(),
    };
    await this.#act(channel, person, message, action);
  }

  /** A press with any action, as from an old message or a forged one. */
  async pressRaw(channelId: string, person: string, ts: string, action: Json): Promise<void> {
    const channel = this.#channel(channelId);
    const message = this.#parts.world.message(channel, ts);
    await this.#act(channel, person, message, { block_id: 'b0', ...action });
  }

  /** Opens the App Home. */
  async openHome(person: string): Promise<void> {
    const { world } = this.#parts;
    const home = world.homes.get(person);
    await this.#event('app_home_opened', {
      type: 'app_home_opened',
      user: person,
      channel: this.directMessage(person),
      tab: 'home',
      event_ts: world.ts(),
      ...(home === undefined ? {} : { view: viewOnWire(world, home) }),
    });
  }

  /** Presses a button in the App Home. */
  async pressHome(person: string, button: string): Promise<void> {
    const home = this.#parts.world.homes.get(person);
    if (home === undefined) throw new Error(`${person} has no App Home yet`);
    await this.modals.pressIn(home, button, {});
  }

  /** A global shortcut from the lightning menu. */
  async shortcut(person: string, callbackId: string): Promise<void> {
    const { world } = this.#parts;
    await this.#dispatch.ask({
      kind: 'interactive',
      payload: {
        ...interactive(world, 'shortcut', person),
        action_ts: world.ts(),
        callback_id: callbackId,
        trigger_id: world.trigger(person),
      },
    });
  }

  /** Invites the bot to a channel. */
  async addBot(channelId: string, by: string): Promise<void> {
    const channel = this.#channel(channelId);
    channel.botIn = true;
    this.#changed(channel);
    await this.#event('member_joined_channel', {
      type: 'member_joined_channel',
      user: this.#parts.world.bot.user,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: this.#parts.world.team.id,
      inviter: by,
      event_ts: this.#parts.world.ts(),
    });
  }

  /** Removes the bot from a channel. */
  async removeBot(channelId: string, by: string): Promise<void> {
    const channel = this.#channel(channelId);
    channel.botIn = false;
    this.#changed(channel);
    const type = channel.kind === 'private' ? 'group_left' : 'channel_left';
    await this.#event(type, { type, channel: channel.id, actor_id: by, event_ts: this.#parts.world.ts() });
  }

  async archive(channelId: string, by: string): Promise<void> {
    const channel = this.#channel(channelId);
    channel.archived = true;
    this.#changed(channel);
    const type = channel.kind === 'private' ? 'group_archive' : 'channel_archive';
    await this.#event(type, { type, channel: channel.id, user: by, event_ts: this.#parts.world.ts() });
  }

  /** The account is closed: no event tells of it. */
  deactivate(person: string): void {
    this.#person(person).deleted = true;
  }

  /** Whatever the bot writes there is refused with this code, until null. */
  forbid(channelId: string, code: string | null): void {
    this.#channel(channelId).forbidden = code;
  }

  /** Removes the app from the workspace: its token dies, and two events come, in either order. */
  async uninstall(options: { readonly revokedFirst?: boolean } = {}): Promise<void> {
    const { world } = this.#parts;
    world.installed = false;
    const gone: Json = { type: 'app_uninstalled' };
    const revoked: Json = { type: 'tokens_revoked', tokens: { oauth: [], bot: [world.bot.user] } };
    for (const event of options.revokedFirst === true ? [revoked, gone] : [gone, revoked]) {
      await this.#event(String(event.type), event);
    }
  }

  /** Delivers an event as it is: malformed ones, kinds the app does not know, the same id twice. */
  async deliver(event: Json, eventId?: string): Promise<void> {
    await this.#send(event, eventId);
  }

  #write(channelId: string, person: string, text: string, threadTs: string | null, extra: Json): string {
    const channel = this.#channel(channelId);
    const encoded = asTyped(this.#parts.world, text);
    const message = this.#parts.world.post(channel, {
      from: this.#person(person),
      text: encoded,
      threadTs,
      extra: { client_msg_id: crypto.randomUUID(), ...extra },
    });
    this.#changed(channel);
    if (!channel.botIn) return message.ts;
    const event = {
      ...messageOnWire(this.#parts.world, message),
      channel: channel.id,
      channel_type: { im: 'im', public: 'channel', private: 'group' }[channel.kind],
      event_ts: message.ts,
    };
    const mentioned = encoded.includes(`<@${this.#parts.world.bot.user}>`);
    if (mentioned && channel.kind !== 'im') {
      const { channel_type: _, ...mention } = event;
      void this.#event('app_mention', { ...mention, type: 'app_mention' });
    }
    void this.#event(`message.${{ im: 'im', public: 'channels', private: 'groups' }[channel.kind]}`, event);
    return message.ts;
  }

  async #act(channel: Channel, person: string, message: Message | null, action: Json): Promise<void> {
    const responseUrl = this.#urls.make(channel, person, message?.ts ?? null);
    const at = { channel, person, message, responseUrl };
    const answer = await this.#dispatch.ask({
      kind: 'interactive',
      payload: pressEnvelope(this.#parts.world, at, action),
    });
    if (answer === null) this.#trouble(channel, person, 'This app did not answer in time.');
  }

  #event(subscription: string, event: Json): Promise<void> {
    return this.#subscribed.includes(subscription) ? this.#send(event) : Promise.resolve();
  }

  #send(event: Json, eventId = this.#parts.world.id('Ev')): Promise<void> {
    return this.#dispatch.event(eventEnvelope(this.#parts.world, event, eventId));
  }

  /** What Slack itself tells a person when the app stays silent. */
  #trouble(channel: Channel, person: string, text: string): void {
    const message = this.#parts.world.post(channel, { from: null, text, ephemeralTo: person });
    shown(this.#parts, channel, message, 'trouble');
  }

  #changed(channel: Channel): void {
    this.#parts.changes.tell({ kind: 'conversation', platform: 'slack', id: channel.id });
  }

  #person(id: string): Person {
    const person = this.#parts.world.people.get(id);
    if (person === undefined) throw new Error(`no person ${id} in Slack`);
    return person;
  }

  #channel(id: string): Channel {
    const channel = this.#parts.world.channelNamed(id);
    if (channel === null) throw new Error(`no channel ${id} in Slack`);
    return channel;
  }
}
