import type { Bilingual, Language } from '../../src/domain/language.ts';

/** Where a conversation takes place. In a group and in a channel the first person runs it. */
export type Place = 'Telegram' | 'Telegram group' | 'Slack' | 'Slack channel';

/** The parts of a call that a transcript tells of; the rest goes through as it is. */
export interface OfficialBody {
  readonly [field: string]: unknown;
  readonly message: Bilingual;
  readonly services?: readonly (string | { readonly id: string; readonly status: string })[];
  readonly state?: string;
  readonly nextUpdateAt?: string;
}

export type Step =
  /** Words, a command or `[a button]`, by the person with this number. */
  | { readonly kind: 'says'; readonly person: number; readonly text: string }
  | { readonly kind: 'opensHome' }
  /** A call of the officials' API; INCIDENT in the path stands for the last one declared. */
  | { readonly kind: 'official'; readonly path: string; readonly body: OfficialBody }
  | { readonly kind: 'later'; readonly minutes: number };

export interface Persona {
  /** The name of the transcript. */
  readonly file: string;
  readonly title: string;
  readonly situation: string;
  readonly language: Language;
  readonly place: Place;
  readonly people: readonly string[];
  /** When it begins, in Seoul: `2023-11-17 14:10`. */
  readonly begins: string;
  readonly steps: readonly Step[];
}

export const says = (text: string, person = 0): Step => ({ kind: 'says', person, text });
export const later = (minutes: number): Step => ({ kind: 'later', minutes });
export const opensHome: Step = { kind: 'opensHome' };
export const official = (path: string, body: OfficialBody): Step => ({ kind: 'official', path, body });

/** A moment in Seoul as the API takes it. */
export const seoul = (clock: string): string => `${clock.replace(' ', 'T')}:00+09:00`;

export const both = (ko: string, en: string) => ({ ko, en });

/** The afternoon of 17 November 2023: Government24 and the kiosks are out, the counters work. */
export const governmentDown = official('/incidents', {
  services: [
    { id: 'gov24', status: 'major_outage' },
    { id: 'unmanned-kiosk', status: 'major_outage' },
  ],
  state: 'investigating',
  message: both(
    '정부24와 무인민원발급기에 접속이 되지 않습니다. 원인을 확인하고 있습니다.',
    'Government24 and the self-service kiosks cannot be reached. We are looking into the cause.',
  ),
  startedAt: seoul('2023-11-17 13:55'),
  nextUpdateAt: seoul('2023-11-17 16:00'),
});
