import {
  isUnstable,
  STORY_SECONDS,
  timesOut,
  UNSTABLE_WINDOW_SECONDS,
  type Word,
} from '../domain/flapping.ts';
import type { IncidentId, NoticeId } from '../domain/ids.ts';
import type { Incident } from '../domain/incident.ts';
import { type Instant, plusSeconds } from '../domain/instant.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import type { Tables } from '../ports/store.ts';

/** What was said of an incident and, where its services went out before and came back, of those outages too. */
export interface Story {
  /** Outages of the same services that are over. */
  readonly earlier: readonly IncidentId[];
  /** Steps, oldest first; none of them says that the services are unstable. */
  readonly steps: readonly Notice[];
  /** The notices that did say so. */
  readonly unstable: readonly Notice[];
  /** When the services went out within the last hour, the step that is being told included. */
  readonly times: readonly Instant[];
  readonly isUnstable: boolean;
}

/** More outages than these of the same services in a few hours add nothing. */
const MOST = 50;

/** Reads the story of an incident as it stands just before a step of this kind is told. */
export async function storyOf(
  tables: Tables,
  incident: Incident,
  kind: NoticeKind,
  now: Instant,
  holdSeconds: number,
): Promise<Story> {
  const before = await earlierOutages(tables, incident, now);
  const all: Notice[] = [];
  for (const id of [incident.id, ...before]) all.push(...(await tables.notices.of(id)));
  all.sort((a, b) => compare(a.createdAt, b.createdAt) || a.sequence - b.sequence);
  const isStep = (notice: Notice) => notice.fact.again !== 'unstable';
  const words: Word[] = [];
  for (const notice of all.filter(isStep))
    words.push({ at: notice.createdAt, kind: notice.kind, cutShort: await isCutShort(tables, notice, now) });
  const times = timesOut([...words, { at: now, kind, cutShort: false }], now, holdSeconds);
  return {
    earlier: before,
    steps: all.filter(isStep),
    unstable: all.filter((notice) => !isStep(notice)),
    times,
    isUnstable: !incident.critical && isUnstable(times.length),
  };
}

/** The notices after which somebody knows that the services are back. */
export const restorationsIn = (story: Story): readonly NoticeId[] =>
  story.steps.filter((notice) => notice.kind === 'restoration').map((notice) => notice.id);

/** Whether it stopped being true before everybody had heard it, and that within the last hour. */
async function isCutShort(tables: Tables, notice: Notice, now: Instant): Promise<boolean> {
  if (notice.createdAt < plusSeconds(now, -UNSTABLE_WINDOW_SECONDS)) return false;
  const campaign = await tables.campaigns.byNotice(notice.id);
  const progress = await tables.campaigns.progress(notice.id, now);
  if (campaign === null || progress === null) return false;
  const { audience, deliveries } = progress;
  if (campaign.state === 'superseded')
    return campaign.startedAt === null || audience === 0 || deliveries.superseded > 0;
  return (
    deliveries.ready + deliveries.held > 0 || campaign.state === 'holding' || campaign.state === 'fanning'
  );
}

/** Those that are over, of the same place, and of none but these services: what is said now holds for all of theirs. */
async function earlierOutages(
  tables: Tables,
  incident: Incident,
  now: Instant,
): Promise<readonly IncidentId[]> {
  const services = incident.services.map((s) => s.service);
  const since = plusSeconds(now, -STORY_SECONDS);
  const page = await tables.incidents.list({ services, states: ['resolved'] }, { limit: MOST, cursor: null });
  return page.items
    .filter((other) => other.id !== incident.id && (other.resolvedAt ?? '') >= since)
    .filter((other) => other.services.every((s) => services.includes(s.service)))
    .filter((other) => String(other.scope) === String(incident.scope))
    .map((other) => other.id);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
