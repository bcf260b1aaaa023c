/** What the sandbox tells its page, and what the page keeps. */

export type Language = 'ko' | 'en';
export type Bilingual = Readonly<Record<Language, string>>;
export type Json = Record<string, unknown>;

export interface Citizen {
  key: string;
  name: string;
  language: Language;
  telegram: number;
  slack: string;
  slackDirect: string;
}

export interface TelegramButton {
  text: string;
  callback_data?: string;
  style?: 'danger' | 'success' | 'primary';
}
export interface TelegramEntity {
  type: string;
  offset: number;
  length: number;
}
export interface TelegramMessage {
  id: number;
  from: { id: number; name: string } | null;
  byBot: boolean;
  at: number;
  text: string | null;
  entities: TelegramEntity[];
  keyboard: TelegramButton[][];
  editedAt: number | null;
  silent: boolean;
  replyTo: number | null;
  attachment: { kind: string; name: string } | null;
  note: 'moved' | 'moved-here' | null;
}
export interface TelegramChat {
  id: number;
  type: 'private' | 'group' | 'supergroup' | 'channel';
  title: string;
  bot: string;
  members: { id: number; status: string }[];
  pinned: number | null;
  messages: TelegramMessage[];
}
export interface BotCommand {
  command: string;
  description: string;
}

export interface SlackText {
  type: string;
  text: string;
}
export interface SlackOption {
  text: SlackText;
  value: string;
}
export interface SlackElement {
  type: string;
  text?: SlackText | string;
  action_id?: string;
  value?: string;
  style?: string;
  placeholder?: SlackText;
  options?: SlackOption[];
  option_groups?: { label: SlackText; options: SlackOption[] }[];
  initial_option?: SlackOption;
  initial_options?: SlackOption[];
  initial_value?: string;
  multiline?: boolean;
  max_length?: number;
  min_query_length?: number;
  alt_text?: string;
}
export interface SlackBlock {
  type: string;
  block_id?: string;
  text?: SlackText;
  fields?: SlackText[];
  elements?: SlackElement[];
  accessory?: SlackElement;
  element?: SlackElement;
  label?: SlackText;
  hint?: SlackText;
  optional?: boolean;
  dispatch_action?: boolean;
}
export interface SlackMessage {
  ts: string;
  from: { id: string; name: string } | null;
  text: string;
  blocks: SlackBlock[];
  threadTs: string | null;
  onlyFor: string | null;
  edited: boolean;
  pinned: boolean;
  files: string[];
}
export interface SlackChannel {
  id: string;
  kind: 'im' | 'public' | 'private';
  name: string;
  botIn: boolean;
  archived: boolean;
  members: string[];
  messages: SlackMessage[];
}
export interface SlackView {
  blocks: SlackBlock[];
  title?: SlackText;
  submit?: SlackText;
  close?: SlackText;
}
export interface SlackSurface {
  person: string;
  modal: { id: string; hash: string; depth: number; view: SlackView; errors: Record<string, string> } | null;
  home: { id: string; hash: string; view: SlackView } | null;
}

export interface Setup {
  officialToken: string | null;
  apiBase: string;
  now: string;
  citizens: Citizen[];
  telegram: {
    bot: { id: number; firstName: string; username: string };
    group: number;
    channel: number;
    chats: TelegramChat[];
    commands: Record<Language, BotCommand[]>;
    /** What the bot says it does, shown before the first message. */
    description: Bilingual;
  };
  slack: {
    team: { id: string; name: string };
    bot: { user: string; name: string; realName: string };
    channels: SlackChannel[];
    people: SlackSurface[];
  };
}

export interface ServiceEntry {
  id: string;
  name: Bilingual;
  kind: string;
  agency: { id: string; name: Bilingual };
  status: Status;
}
export type Status =
  | 'operational'
  | 'degraded'
  | 'partial_outage'
  | 'major_outage'
  | 'maintenance'
  | 'recovering'
  | 'unknown';
export interface Incident {
  id: string;
  state: 'investigating' | 'identified' | 'monitoring' | 'resolved';
  title: Bilingual;
  services: { id: string; status: Status; since: string }[];
  startedAt: string;
  declaredAt: string;
  nextUpdateAt: string | null;
}
export interface Maintenance {
  id: string;
  state: string;
  services: string[];
  startsAt: string;
  endsAt: string;
}
export interface Progress {
  id: string;
  code: string;
  audience: number;
  finishedAt: string | null;
  deliveries: Record<string, number>;
}
