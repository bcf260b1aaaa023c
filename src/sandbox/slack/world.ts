import type { Json } from '../platform.ts';
import { Tokens } from './tokens.ts';

export type ClientLanguage = 'ko' | 'en';

export interface Person {
  readonly id: string;
  readonly name: string;
  language: ClientLanguage;
  readonly admin: boolean;
  readonly owner: boolean;
  deleted: boolean;
}

export interface Message {
  readonly ts: string;
  /** Null: the bot. */
  readonly from: Person | null;
  text: string;
  blocks: readonly Json[];
  metadata: Json | null;
  readonly threadTs: string | null;
  /** Only this person sees it. */
  readonly ephemeralTo: string | null;
  edited: boolean;
  readonly extra: Json;
}

export interface Channel {
  readonly id: string;
  readonly kind: 'im' | 'public' | 'private';
  readonly name: string;
  /** Of a direct message: the person. */
  readonly peer: Person | null;
  readonly creator: string | null;
  readonly members: Set<string>;
  botIn: boolean;
  archived: boolean;
  /** Writing here is refused with this code. */
  forbidden: string | null;
  messages: Message[];
  readonly pins: Set<string>;
}

export interface View {
  readonly id: string;
  readonly json: Json;
  readonly hash: string;
  readonly person: string;
  readonly rootId: string;
  readonly previousId: string | null;
  /** What a refused submission said, by block id. */
  readonly errors: Readonly<Record<string, string>>;
}

export interface ResponseUrl {
  readonly channel: string;
  readonly person: string;
  /** The message whose button was pressed. */
  readonly ts: string | null;
  readonly at: number;
  uses: number;
}

const KEPT_MESSAGES = 500;

/** One workspace as Slack shows it. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** The workspace that is always there. */
export const FIRST_TEAM: Team = { id: 'T0SANDBOX', name: '한빛시', domain: 'hanbit' };

/** Everything the Slack stand-in knows of one workspace: its people, channels and open modals. */
export class World {
  readonly team: Team;
  readonly bot: {
    readonly user: string;
    readonly id: string;
    readonly app: string;
    readonly name: string;
    readonly realName: string;
  };
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  /** Open modals of a person, the topmost last. */
  readonly modals = new Map<string, View[]>();
  readonly homes = new Map<string, View>();
  readonly now: () => number;
  readonly tokens: Tokens;
  /** False before the app was installed, and once it was removed. */
  installed: boolean;
  /** What the app was allowed; null for all that it needs. */
  scopes: readonly string[] | null = null;
  #triggers = new Map<string, { person: string; at: number; used: boolean }>();
  readonly #counter: { next: number };
  #lastTs = 0;

  /**
   * @param token of the app; null: it is not installed yet
   * @param counter shared by all workspaces, since ids are unique across them
   */
  constructor(now: () => number, token: string | null, team: Team, counter: { next: number }) {
    this.now = now;
    this.#counter = counter;
    this.team = team;
    const user = team === FIRST_TEAM ? 'U0ALLIM' : this.id('U');
    this.bot = { user, id: user.replace('U', 'B'), app: 'A0ALLIM', name: 'allim', realName: '알림' };
    this.tokens = new Tokens(now, token);
    this.installed = token !== null;
  }

  /** The app is put in. The tokens of an installation before stay dead. */
  install(scopes: readonly string[]): void {
    if (!this.installed) this.tokens.revoke();
    this.installed = true;
    this.scopes = scopes;
  }

  /** A fresh id in Slack's manner. */
  id(prefix: string): string {
    return `${prefix}0${(this.#counter.next++).toString(36).toUpperCase().padStart(8, '0')}`;
  }

  addPerson(
    name: string,
    language: ClientLanguage,
    options: { id?: string; admin?: boolean; owner?: boolean } = {},
  ): Person {
    const person: Person = {
      id: options.id ?? this.id('U'),
      name,
      language,
      admin: options.admin === true || options.owner === true,
      owner: options.owner === true,
      deleted: false,
    };
    this.people.set(person.id, person);
    return person;
  }

  addChannel(channel: Pick<Channel, 'kind' | 'name' | 'creator' | 'peer'> & { id?: string }): Channel {
    const added: Channel = {
      ...channel,
      id: channel.id ?? this.id(channel.kind === 'im' ? 'D' : 'C'),
      members: new Set(),
      botIn: false,
      archived: false,
      forbidden: null,
      messages: [],
      pins: new Set(),
    };
    this.channels.set(added.id, added);
    return added;
  }

  /** The direct message of a person with the bot; opened when first asked for. */
  directMessage(person: Person): Channel {
    const id = `D${person.id.slice(1)}`;
    const known = this.channels.get(id);
    if (known !== undefined) return known;
    const channel = this.addChannel({ kind: 'im', name: person.name, creator: null, peer: person, id });
    channel.botIn = true;
    channel.members.add(person.id);
    return channel;
  }

  /** A channel by id, by `#name`, or a person's direct message by their id. */
  channelNamed(name: string): Channel | null {
    const person = this.people.get(name);
    if (person !== undefined) return this.directMessage(person);
    const byId = this.channels.get(name);
    if (byId !== undefined) return byId;
    const plain = name.replace(/^#/, '');
    return [...this.channels.values()].find((c) => c.kind !== 'im' && c.name === plain) ?? null;
  }

  /** A time stamp no other message has. */
  ts(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, this.now() * 1000);
    return `${Math.floor(this.#lastTs / 1e6)}.${String(this.#lastTs % 1e6).padStart(6, '0')}`;
  }

  post(channel: Channel, message: Partial<Message> & Pick<Message, 'from' | 'text'>): Message {
    const posted: Message = {
      blocks: [],
      metadata: null,
      threadTs: null,
      ephemeralTo: null,
      edited: false,
      extra: {},
      ...message,
      ts: this.ts(),
    };
    channel.messages.push(posted);
    if (channel.messages.length > KEPT_MESSAGES) {
      channel.messages.splice(0, channel.messages.length - KEPT_MESSAGES);
    }
    return posted;
  }

  message(channel: Channel, ts: string): Message | null {
    return channel.messages.find((message) => message.ts === ts) ?? null;
  }

  trigger(person: string): string {
    const id = `${this.#counter.next++}.${this.now()}.${crypto.randomUUID().replaceAll('-', '')}`;
    this.#triggers.set(id, { person, at: this.now(), used: false });
    return id;
  }

  /** Whose trigger it is; an error code when it is spent, 3 s old or unknown. */
  exchange(trigger: string): { person: string } | { error: string } {
    const known = this.#triggers.get(trigger);
    if (known === undefined) return { error: 'invalid_trigger_id' };
    if (known.used) return { error: 'exchanged_trigger_id' };
    if (this.now() - known.at > 3000) return { error: 'expired_trigger_id' };
    known.used = true;
    return { person: known.person };
  }

  view(person: string, json: Json, place: { under: View | null; replacing?: View }): View {
    const id = place.replacing?.id ?? this.id('V');
    return {
      id,
      json,
      hash: `${this.now()}.${this.#counter.next++}`,
      person,
      rootId: place.under?.rootId ?? place.replacing?.rootId ?? id,
      previousId: place.under?.id ?? place.replacing?.previousId ?? null,
      errors: {},
    };
  }
}
