import type { Bilingual, Language } from '../../src/domain/language.ts';

/** Where a conversation takes place. In a group and in a channel the first person runs it. */
export type Place = 'Telegram' | 'Telegram group' | 'Slack' | 'Slack channel' | 'Slack thread';

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

/** One service, nationwide unless told otherwise. */
export const declared = (
  id: string,
  status: string,
  ko: string,
  en: string,
  rest: Readonly<Record<string, unknown>> = {},
): Step =>
  official('/incidents', {
    services: [{ id, status }],
    state: status === 'major_outage' ? 'investigating' : 'identified',
    message: both(ko, en),
    ...rest,
  });

/** The next word on the last incident; resolved, it tells of no service. */
export const updated = (
  state: string,
  id: string | null,
  status: string | null,
  ko: string,
  rest: Readonly<Record<string, unknown>> = {},
): Step =>
  official('/incidents/INCIDENT/updates', {
    state,
    ...(id === null || state === 'resolved' ? {} : { services: [{ id, status: status ?? '' }] }),
    message: both(ko, ko),
    ...rest,
  });

/** The morning of 17 November 2023 and the day after: the officials' own network, and all that hangs on it. */
export const everythingDown = official('/incidents', {
  services: [
    { id: 'saeol', status: 'major_outage' },
    { id: 'gov24', status: 'major_outage' },
    { id: 'unmanned-kiosk', status: 'major_outage' },
    { id: 'epeople', status: 'major_outage' },
    { id: 'community-center-counter', status: 'partial_outage' },
  ],
  state: 'investigating',
  message: both(
    '행정전산망 장애로 창구와 온라인 민원이 중단되었습니다. 원인을 확인하고 있습니다.',
    'The administrative network has failed; counters and online services are affected. We are looking into the cause.',
  ),
  limits: both('전산으로 발급하는 증명서', 'Certificates issued by computer'),
  works: both('수기 접수', 'Applications on paper'),
});
