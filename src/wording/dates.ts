import type { Instant } from '../domain/instant.ts';
import { plusSeconds, secondsBetween, seoulClock, seoulDay } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import { sayIn } from './i18n.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment as an answer says it, in Seoul: `13:55` today, else with the day: `11월 17일(금) 13:55`. */
export function clockTime(at: Instant, now: Instant, language: Language): string {
  return seoulDay(at) === seoulDay(now) ? clock(at) : dateTime(at, now, language);
}

/** A moment with its day, even today: what a notice says, which is read later than it was written. */
export function dateTime(at: Instant, now: Instant, language: Language): string {
  return sayIn(language)('status.time.at', { day: dayName(at, now, language), clock: clock(at) });
}

/**
 * A calendar day as `11월 17일(금)`, with the year when it is not this one.
 * @param date `YYYY-MM-DD`, a day in Seoul
 */
export function dayOf(date: string, now: Instant, language: Language): string {
  return dayName(startOfDay(date), now, language);
}

/** How long ago: `방금`, `3분 전`, `2시간 전`, `5일 전`. What lies ahead, by a clock that runs fast, is `방금` too. */
export function ago(at: Instant, now: Instant, language: Language): string {
  const say = sayIn(language);
  const seconds = secondsBetween(at, now);
  if (seconds < MINUTE) return say('status.time.justNow');
  if (seconds < HOUR) return say('status.time.minutesAgo', { count: Math.floor(seconds / MINUTE) });
  if (seconds < DAY) return say('status.time.hoursAgo', { count: Math.floor(seconds / HOUR) });
  return say('status.time.daysAgo', { count: Math.floor(seconds / DAY) });
}

/** A length of time in its two largest units: `20분`, `19시간 5분`, `2일 3시간`. */
export function duration(seconds: number, language: Language): string {
  const say = sayIn(language);
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor((seconds % DAY) / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const parts: string[] = [];
  if (days > 0) parts.push(say('status.time.days', { count: days }));
  if (hours > 0) parts.push(say('status.time.hours', { count: hours }));
  if (minutes > 0 && days === 0) parts.push(say('status.time.minutes', { count: minutes }));
  return parts.length > 0 ? parts.join(' ') : say('status.time.underAMinute');
}

/** A stretch of time. The end leaves out a day that it shares with the start: `11월 18일(토) 02:00부터 04:00까지`. */
export function period(
  start: Instant,
  end: Instant,
  now: Instant,
  language: Language,
  timeName: typeof clockTime = clockTime,
): string {
  const sameDay = seoulDay(start) === seoulDay(end);
  return sayIn(language)('status.time.period', {
    start: timeName(start, now, language),
    end: sameDay ? clock(end) : timeName(end, now, language),
  });
}

/** Names the zone of a time that stands alone, for a reader who may be elsewhere: `14:00(한국 시간)`, `14:00 KST`. */
export function withZone(time: string, language: Language): string {
  return sayIn(language)('status.time.zone', { time });
}

function dayName(at: Instant, now: Instant, language: Language): string {
  const say = sayIn(language);
  const { year, month, day, weekday } = seoulClock(at);
  const params = {
    year,
    month: say('status.time.months').split(' ')[month - 1] ?? '',
    day,
    weekday: say('status.time.weekdays').split(' ')[weekday] ?? '',
  };
  return say(year === seoulClock(now).year ? 'status.time.day' : 'status.time.dayAndYear', params);
}

const two = (n: number): string => String(n).padStart(2, '0');

function clock(at: Instant): string {
  const { hour, minute } = seoulClock(at);
  return `${two(hour)}:${two(minute)}`;
}

/** Midnight in Seoul at the start of a day, nine hours before midnight UTC. */
const startOfDay = (date: string): Instant => plusSeconds(`${date}T00:00:00.000Z`, -9 * HOUR);
