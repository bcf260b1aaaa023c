import { type Card, card, section, type Tone } from '../card/card.ts';
import { secondsBetween } from '../domain/instant.ts';
import type { Bilingual, Language } from '../domain/language.ts';
import type { NoticeFact } from '../domain/notice.ts';
import type { NoticeWriter } from '../ports/notice-writer.ts';
import { dateTime, duration, period, withZone } from './dates.ts';
import { deadlineLine } from './deadlines.ts';
import { type Say, sayIn } from './i18n.ts';
import { hasBegun, isWithdrawal, leadingStatus, noticeHeadline } from './notice-headline.ts';
import { linesOf, oneLine } from './official-text.ts';
import { isEmergencyLine, phoneText } from './phone.ts';
import { toneOf } from './status-line.ts';

/** Writes a notice in both languages from its fact alone: the same text is true wherever and whenever it is read. */
export const writeNotice: NoticeWriter = (fact) => ({ ko: noticeIn(fact, 'ko'), en: noticeIn(fact, 'en') });

function noticeIn(fact: NoticeFact, language: Language): Card {
  const say = sayIn(language);
  const headline = noticeHeadline(fact, language);
  const sections = [
    section(null, leadLines(fact, headline, say, language)),
    section(say('notices.section.regions'), regionLines(fact, headline, language)),
    section(say('notices.section.window'), windowLines(fact, language)),
    section(say('notices.section.duration'), durationLines(fact, say, language)),
    section(
      say(isAhead(fact) ? 'notices.section.maintained' : 'notices.section.services'),
      serviceLines(fact, say, language),
    ),
    section(say(limitsLabel(fact)), textLines(fact.limits, language)),
    section(say('notices.section.works'), textLines(fact.works, language)),
    section(
      say('notices.section.doNow'),
      fact.alternatives.map((text) => oneLine(text, language)),
    ),
    section(
      say('notices.section.deadlines'),
      fact.deadlines.map((d) => deadlineLine(d, fact.at, language)),
    ),
    section(
      fact.kind === 'announcement' ? null : say('notices.section.message'),
      messageLines(fact, language),
    ),
    section(say('notices.section.nextUpdate'), nextUpdateLines(fact, say, language)),
    section(say('notices.section.phone'), phoneLines(fact, language)),
  ];
  return card(headline, {
    tone: toneOfNotice(fact),
    sections: sections.filter((s) => s !== null),
    footer: say('notices.footer', {
      source: oneLine(fact.source.name, language),
      time: withZone(dateTime(fact.source.at, fact.at, language), language),
      code: fact.code,
    }),
  });
}

const textLines = (text: Bilingual | null, language: Language): readonly string[] =>
  text === null ? [] : linesOf(text, language);

/** What sets this notice apart, in a sentence, after the official's own title where there is one. */
function leadLines(fact: NoticeFact, headline: string, say: Say, language: Language): readonly string[] {
  const lines: string[] = [];
  const title = fact.title === null ? '' : oneLine(fact.title, language);
  if (title !== '' && !headline.includes(title)) lines.push(title);
  if (fact.again !== null) lines.push(say(`notices.lead.${fact.again}`));
  if (fact.kind === 'provisional') lines.push(say('notices.lead.provisional'));
  if (fact.withdrawn === true && fact.corrects !== null)
    lines.push(say('notices.lead.retraction', { code: fact.corrects }));
  else if (isWithdrawal(fact) && fact.corrects !== null)
    lines.push(say('notices.lead.withdrawal', { code: fact.corrects }));
  return lines;
}

/** Where, unless the headline has named every region. */
function regionLines({ regions }: NoticeFact, headline: string, language: Language): readonly string[] {
  if (regions === 'nationwide') return [];
  const names = regions.map((region) => oneLine(region, language));
  return names.every((name) => headline.includes(name)) ? [] : [names.join(', ')];
}

/** The window, where the headline has not told it. */
function windowLines(fact: NoticeFact, language: Language): readonly string[] {
  const told = fact.phase !== 'completed' && !(fact.phase === 'cancelled' && hasBegun(fact));
  if (fact.kind !== 'maintenance' || told || fact.startedAt === null || fact.endedAt === null) return [];
  return [withZone(period(fact.startedAt, fact.endedAt, fact.at, language, dateTime), language)];
}

function durationLines(fact: NoticeFact, say: Say, language: Language): readonly string[] {
  if (fact.kind !== 'restoration' || fact.startedAt === null) return [];
  const end = fact.endedAt ?? fact.at;
  return [
    say('notices.duration', {
      period: period(fact.startedAt, end, fact.at, language, dateTime),
      duration: duration(secondsBetween(fact.startedAt, end), language),
    }),
  ];
}

/** A window that was not yet over when this was written: what its services are called matters, not how they are. */
const isAhead = (fact: NoticeFact): boolean =>
  fact.kind === 'maintenance' &&
  (fact.phase === 'scheduled' || (fact.phase === 'cancelled' && !hasBegun(fact)));

const SERVICE_LINES = 30;

/** Each service with its own status, where there are several or the one is not as the headline says. */
function serviceLines(fact: NoticeFact, say: Say, language: Language): readonly string[] {
  const impaired = fact.services.some((s) => s.status !== 'operational');
  const asTold =
    fact.kind === 'correction' || fact.phase === 'completed' || fact.phase === 'cancelled' ? !impaired : true;
  if (fact.services.length < 2 && asTold) return [];
  const planned = isAhead(fact);
  const lines = fact.services.slice(0, SERVICE_LINES).map((service) => {
    const name = oneLine(service.name, language);
    if (planned) return name;
    const word = say(`status.word.${service.status}`);
    return service.status === 'operational'
      ? say('notices.service.plain', { name, word })
      : say('notices.service.since', { name, word, time: dateTime(service.since, fact.at, language) });
  });
  const more = fact.services.length - SERVICE_LINES;
  return more > 0 ? [...lines, say('notices.service.more', { count: more })] : lines;
}

const limitsLabel = ({ kind }: NoticeFact) =>
  kind === 'provisional' || kind === 'restoration'
    ? 'notices.section.stillLimited'
    : 'notices.section.limits';

function messageLines(fact: NoticeFact, language: Language): readonly string[] {
  return fact.message === null ? [] : linesOf(fact.message, language);
}

const nextUpdateLines = (fact: NoticeFact, say: Say, language: Language): readonly string[] =>
  fact.nextUpdateAt === null
    ? []
    : [say('notices.nextUpdate', { time: dateTime(fact.nextUpdateAt, fact.at, language) })];

const phoneLines = ({ phone }: NoticeFact, language: Language): readonly string[] =>
  phone === null || isEmergencyLine(phone) ? [] : [phoneText(phone, language)];

function toneOfNotice(fact: NoticeFact): Tone {
  switch (fact.kind) {
    case 'outage':
    case 'update':
      return toneOf(leadingStatus(fact));
    case 'provisional':
      return 'caution';
    case 'restoration':
      return 'good';
    case 'maintenance':
      return fact.phase === 'scheduled' && hasBegun(fact) ? 'caution' : 'info';
    case 'correction':
    case 'announcement':
      return 'info';
  }
}
