import { cutTo } from '../card/graphemes.ts';
import { type Availability, worst } from '../domain/availability.ts';
import { isBack } from '../domain/incident.ts';
import { earlier, later } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { NoticeFact, ToldService } from '../domain/notice.ts';
import { dateTime, period } from './dates.ts';
import { type Params, sayIn } from './i18n.ts';
import { oneLine } from './official-text.ts';

/** Characters a headline may have: what a Korean emergency text holds, and as much again by half for English. */
const HEADLINE_LENGTH: { readonly [L in Language]: number } = { ko: 90, en: 140 };

/** The first line of a notice, which stands alone on a lock screen: kind, service, state, time. */
export function noticeHeadline(fact: NoticeFact, language: Language): string {
  const write = sentence(fact, language);
  const subjects = subjectsOf(fact, language);
  const limit = HEADLINE_LENGTH[language];
  const fitting = subjects.find((subject) => write(subject).length <= limit);
  if (fitting !== undefined) return write(fitting);
  return write(cutTo(subjects.at(-1) ?? '', limit - write('').length));
}

/** The status that a notice leads with. */
export const leadingStatus = (fact: NoticeFact): Availability => worst(fact.services.map((s) => s.status));

/** Taken back as never true, rather than mended. */
export const isWithdrawal = (fact: NoticeFact): boolean =>
  fact.kind === 'correction' && fact.services.length > 0 && leadingStatus(fact) === 'operational';

export const hasBegun = (fact: NoticeFact): boolean => fact.startedAt !== null && fact.startedAt <= fact.at;

/** The headline as a function of its subject, so that the subject can be shortened to fit. */
function sentence(fact: NoticeFact, language: Language): (subject: string) => string {
  const say = sayIn(language);
  const led = leading(fact);
  const status = worst(led.map((s) => s.status));
  const since = led.map((s) => s.since).reduce(earlier, fact.at);
  const time = dateTime(since, fact.at, language);
  switch (fact.kind) {
    case 'outage': {
      const params = { label: say(`notices.label.${status}`), state: say(`notices.state.${status}`), time };
      if (fact.again === 'unstable') return (subject) => say('notices.headline.unstable', { subject, time });
      const key = fact.again === null ? 'notices.headline.outage' : 'notices.headline.again';
      return (subject) => say(key, { ...params, subject });
    }
    case 'update': {
      const params = { state: say(`notices.now.${status}`), time };
      return (subject) => say('notices.headline.update', { ...params, subject });
    }
    case 'provisional':
      return (subject) => say('notices.headline.provisional', { subject, time });
    case 'restoration': {
      const end = dateTime(fact.endedAt ?? fact.at, fact.at, language);
      // The end of a window is no repair: nothing was broken.
      const key = fact.phase === null ? 'notices.headline.restoration' : 'notices.headline.maintenanceBack';
      return (subject) => say(key, { subject, time: end });
    }
    case 'correction': {
      const { corrects: code } = fact;
      if (code === null) return (subject) => say('notices.headline.correction', { subject });
      if (fact.withdrawn === true) return (subject) => say('notices.headline.retraction', { subject, code });
      const key = isWithdrawal(fact) ? 'notices.headline.withdrawal' : 'notices.headline.correctionOf';
      return (subject) => say(key, { subject, code });
    }
    case 'maintenance':
      return maintenanceSentence(fact, language);
    case 'announcement':
      return (subject) => say('notices.headline.announcement', { subject });
  }
}

function maintenanceSentence(fact: NoticeFact, language: Language): (subject: string) => string {
  const say = sayIn(language);
  const start = fact.startedAt ?? fact.at;
  const params: Params = {
    period:
      fact.endedAt === null
        ? dateTime(start, fact.at, language)
        : period(start, fact.endedAt, fact.at, language, dateTime),
    time: dateTime(earlier(fact.endedAt ?? fact.at, fact.at), fact.at, language),
  };
  if (fact.phase === 'completed')
    return (subject) => say('notices.headline.maintenanceDone', { ...params, subject });
  if (fact.phase === 'cancelled') {
    const key = hasBegun(fact)
      ? 'notices.headline.maintenanceStopped'
      : 'notices.headline.maintenanceCancelled';
    return (subject) => say(key, { ...params, subject });
  }
  const ahead = !hasBegun(fact);
  const kind = fact.emergency ? (ahead ? 'emergencyAhead' : 'emergency') : ahead ? 'planned' : 'running';
  return (subject) =>
    say('notices.headline.maintenance', { ...params, subject, label: say(`notices.label.${kind}`) });
}

/** The services that the headline is about: those that came back last, those that failed last, else those that are worst off. */
function leading(fact: NoticeFact): readonly ToldService[] {
  if (fact.kind === 'provisional') {
    const back = fact.services.filter((s) => isBack(s.status));
    if (back.length > 0) return newest(back);
  }
  if (fact.kind !== 'outage' && fact.kind !== 'update') return fact.services;
  const failing = fact.services.filter((s) => !isBack(s.status));
  const news = fact.kind === 'outage' && failing.length > 0 ? newest(failing) : fact.services;
  const status = worst(news.map((s) => s.status));
  return news.filter((s) => s.status === status);
}

/** What has stood for an hour already is no news beside what has just happened. */
function newest(services: readonly ToldService[]): readonly ToldService[] {
  const last = services.map((s) => s.since).reduce(later, '');
  return services.filter((s) => s.since === last);
}

/** Ways to name what the notice is about, from the fullest to the shortest. */
function subjectsOf(fact: NoticeFact, language: Language): readonly string[] {
  const say = sayIn(language);
  if (fact.kind === 'announcement' || fact.services.length === 0) {
    const text = fact.title ?? fact.message ?? fact.source.name;
    return [oneLine(text, language)];
  }
  const names = leading(fact).map((s) => oneLine(s.name, language));
  const short = names.map(withoutBrackets);
  const counted = (all: readonly string[], shown: number) =>
    shown < all.length
      ? say('notices.subject.more', { names: all.slice(0, shown).join(', '), count: all.length - shown })
      : all.join(', ');
  const named = [names, short].flatMap((all) => (all.length <= 3 ? [all.join(', ')] : []));
  named.push(...[2, 1].flatMap((shown) => [counted(names, shown), counted(short, shown)]));
  return regionsNamed(fact, language).flatMap((regions) =>
    [...new Set(named)].map((subject) =>
      regions === null ? subject : say('notices.subject.inRegion', { names: subject, regions }),
    ),
  );
}

function regionsNamed({ regions }: NoticeFact, language: Language): readonly (string | null)[] {
  if (regions === 'nationwide' || regions.length === 0) return [null];
  const names = regions.map((r) => oneLine(r, language));
  const first = names[0] ?? '';
  const say = sayIn(language);
  return names.length === 1
    ? [first]
    : [
        ...(names.length <= 3 ? [names.join(', ')] : []),
        say('notices.subject.moreRegions', { names: first, count: names.length - 1 }),
      ];
}

/** `주민센터(행정복지센터) 민원창구` as `주민센터 민원창구`. */
const withoutBrackets = (name: string): string => name.replace(/\s*\([^()]*\)/gu, '').trim() || name;
