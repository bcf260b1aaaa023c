import type { AgencyId, CategoryId, RegionId, ServiceId } from '../domain/ids.ts';
import type { Bilingual, Language } from '../domain/language.ts';
import type { Cue } from './cue.ts';

export const INTENTS = [
  'status',
  'status_all',
  'eta',
  'cause',
  'alternatives',
  'history',
  'subscribe',
  'unsubscribe',
  'list_subscriptions',
  'report_problem',
  'language',
  'help',
  'human',
  'privacy',
  'greeting',
  'thanks',
  'off_topic',
] as const;
export type Intent = (typeof INTENTS)[number];

/** A finer shade that a reply may want: `quiet_hours verification deadline crisis mydata forget everything one_shot yes no …`. */
export type Topic = string;

/** What one message means, before the conversation's context is applied. */
export interface Understanding {
  /** The language to answer in. */
  readonly language: Language;
  /** `clarify`: ask back with `candidates`; `unknown`: decline kindly. */
  readonly intent: Intent | 'clarify' | 'unknown';
  /** What the question is about, whatever the decision: the intent to resume once the service is known. */
  readonly leaning: Intent | null;
  readonly services: readonly ServiceId[];
  readonly agencies: readonly AgencyId[];
  readonly categories: readonly CategoryId[];
  readonly regions: readonly RegionId[];
  /** With `clarify`: what to offer, at most four. */
  readonly candidates: readonly ServiceId[];
  /** With `clarify`: the question to ask, where the catalogue has one. */
  readonly question: Bilingual | null;
  /** 0 to 1: the chance that this reading is right. */
  readonly confidence: number;
  readonly topic: Topic | null;
  /** The services it names, whatever the decision: what a follow-up may turn out to be about. */
  readonly mentions?: readonly ServiceId[];
  /** The groups of cues heard in it. */
  readonly cues?: readonly Cue[];
}
