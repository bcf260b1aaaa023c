import { type Card, card, section } from '../card/card.ts';
import { secondsBetween } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { NoticeFact } from '../domain/notice.ts';
import { dateTime, duration } from './dates.ts';
import { type Say, sayIn } from './i18n.ts';

/** A notice in a digest: its first line, and its fact for what the line does not say. */
export interface DigestLine {
  readonly fact: NoticeFact;
  readonly headline: string;
}

/** More than these would be scrolled past. */
const LINES = 20;

/** Notices that waited, as one message: a line each, the latest first. What came and went is one line: that it is back. */
export function writeDigest(lines: readonly DigestLine[], language: Language): Card {
  const say = sayIn(language);
  const latestFirst = lines.toSorted((a, b) => (a.fact.at < b.fact.at ? 1 : -1));
  const shown = latestFirst.slice(0, LINES).map((line) => lineOf(line, say, language));
  const more = lines.length - shown.length;
  const rest = more > 0 ? [say('notices.digest.more', { count: more })] : [];
  const body = section(null, [...shown, ...rest]);
  return card(say('notices.digest.headline', { count: lines.length }), {
    tone: 'info',
    sections: body === null ? [] : [body],
    footer: say('notices.digest.footer'),
  });
}

/** With how long it lasted, where it is over. */
function lineOf({ fact, headline }: DigestLine, say: Say, language: Language): string {
  if (fact.kind !== 'restoration' || fact.startedAt === null) return headline;
  const end = fact.endedAt ?? fact.at;
  return say('notices.digest.over', {
    headline,
    start: dateTime(fact.startedAt, fact.at, language),
    duration: duration(secondsBetween(fact.startedAt, end), language),
  });
}
