import { type Card, card, type Section } from '../card/card.ts';
import type { Availability } from '../domain/availability.ts';
import { AVAILABILITIES, worst } from '../domain/availability.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { ServiceStatus } from '../domain/status.ts';
import { clockTime, period } from './dates.ts';
import { listed, nameOf } from './names.ts';
import { lineDetail, type Telling, tellingIn, toneOf } from './status-line.ts';

const LINES_A_GROUP = 20;

/**
 * The answer to "what is down?".
 * @param statuses those that are not operational, the worst first; an operational one with a fault in some region may be among them
 * @param upcoming maintenance still to come
 */
export function statusAllCard(
  statuses: readonly ServiceStatus[],
  upcoming: readonly Maintenance[],
  catalogue: Catalogue,
  language: Language,
  now: Instant,
): Card {
  const telling = tellingIn(language, catalogue, now);
  const { say } = telling;
  const groups = [...AVAILABILITIES]
    .reverse()
    .map((availability) => ({
      availability,
      members: statuses.filter((s) => s.availability === availability),
    }))
    .filter(({ members }) => members.length > 0)
    .map((group) => ({ ...group, label: groupLabel(group.availability, telling) }));
  // A single word needs no number of its own: the headline counts them all.
  const counts = groups.map(({ label, members }) =>
    groups.length === 1 ? label : say('status.all.count', { word: label, count: members.length }),
  );
  const sections: Section[] = groups.map(({ label, members }) => ({ label, lines: lines(members, telling) }));
  if (upcoming.length > 0)
    sections.push({ label: say('status.all.ahead'), lines: upcoming.map((m) => windowLine(m, telling)) });
  sections.push({ label: null, lines: [say('status.all.ask')] });
  return card(
    statuses.length === 0
      ? say('status.all.fine')
      : say('status.all.headline', { counts: counts.join(' · '), count: statuses.length }),
    {
      tone:
        groups.some(({ availability }) => availability === 'operational') && groups.length === 1
          ? 'caution'
          : toneOf(worst(statuses.map((s) => s.availability))),
      sections,
      footer: say('status.all.basis', { time: clockTime(now, now, language) }),
    },
  );
}

/** An operational service is only listed for a fault that some region has. */
const groupLabel = (availability: Availability, { say }: Telling): string =>
  availability === 'operational' ? say('status.all.regional') : say(`status.word.${availability}`);

function lines(members: readonly ServiceStatus[], telling: Telling): readonly string[] {
  const { say } = telling;
  const shown = members.slice(0, LINES_A_GROUP).map((s) => memberLine(s, telling));
  const more = members.length - LINES_A_GROUP;
  return more > 0 ? [...shown, say('status.all.more', { count: more })] : shown;
}

/** The name and its details; the word stands above. */
function memberLine(status: ServiceStatus, telling: Telling): string {
  const name = nameOf(status.service, telling.catalogue, telling.language);
  const detail = lineDetail(status, telling);
  return detail === null ? name : telling.say('status.all.member', { name, detail });
}

function windowLine(maintenance: Maintenance, { say, catalogue, language, now }: Telling): string {
  const names = maintenance.services.map((id) => nameOf(id, catalogue, language));
  return say('status.all.window', {
    names: listed(names, 3, language),
    period: period(maintenance.startsAt, maintenance.endsAt, now, language),
  });
}
