import type { AgencyId, CategoryId, RegionId, ServiceId } from '../domain/ids.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Intent, Topic } from '../understanding/understanding.ts';

/** Everything that can be asked of us: the intents, and what commands, buttons and finer shades add to them. */
export type What =
  | Intent
  | 'clarify'
  | 'unknown'
  | 'start'
  | 'follow'
  | 'unfollow'
  | 'undo'
  | 'choose'
  | 'deadline'
  | 'crisis'
  | 'quiet'
  | 'region'
  | 'announcements'
  | 'verify'
  | 'mydata'
  | 'forget'
  | 'link'
  | 'outdated';

/** What is asked for, however it came: a sentence, a command or a button. */
export interface Request {
  readonly what: What;
  readonly services: readonly ServiceId[];
  readonly agencies: readonly AgencyId[];
  readonly categories: readonly CategoryId[];
  readonly regions: readonly RegionId[];
  /** With `clarify`: what to offer, the question to ask, and what to do once it is known. */
  readonly candidates: readonly ServiceId[];
  readonly question: Bilingual | null;
  readonly leaning: Intent | null;
  readonly topic: Topic | null;
  /** As typed, cleaned: searched for a code, hours or a language; never shown, stored or logged. */
  readonly text: string;
  /** A name was given and is not in the catalogue. */
  readonly missed: boolean;
  /** A button's own option: a page, an offset, a yes. */
  readonly option: string;
  /** From a button or form: it names exactly what it means, and the answer may be drawn over what was pressed. */
  readonly pressed: boolean;
}

export const request = (what: What, parts: Partial<Omit<Request, 'what'>> = {}): Request => ({
  what,
  services: [],
  agencies: [],
  categories: [],
  regions: [],
  candidates: [],
  question: null,
  leaning: null,
  topic: null,
  text: '',
  missed: false,
  option: '',
  pressed: false,
  ...parts,
});

/** Whether it names something to answer about. */
export const namesSomething = (asked: Request): boolean =>
  asked.services.length + asked.agencies.length + asked.categories.length > 0;
