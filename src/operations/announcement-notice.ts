import type { Announcement, AnnouncementContent } from '../domain/announcement.ts';
import { announcedTo } from '../domain/audience.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { AgencyId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { NoticeFact } from '../domain/notice.ts';
import type { Actor } from '../domain/official.ts';
import type { Tables } from '../ports/store.ts';
import { type Context, record } from './context.ts';
import { phoneOf, tell } from './telling.ts';

/** What citizens are told, but for the number that a notice gets when it goes out. */
export function factOf(
  content: Pick<AnnouncementContent, 'title' | 'message'>,
  agency: AgencyId,
  catalogue: Catalogue,
  now: Instant,
): Omit<NoticeFact, 'code' | 'at'> {
  return {
    kind: 'announcement',
    services: [],
    regions: 'nationwide',
    title: content.title,
    message: content.message,
    limits: null,
    works: null,
    alternatives: [],
    deadlines: [],
    startedAt: null,
    endedAt: null,
    nextUpdateAt: null,
    source: { name: catalogue.agency(agency)?.name ?? { ko: agency, en: agency }, at: now },
    phone: phoneOf(agency, catalogue),
    again: null,
    phase: null,
    emergency: false,
    corrects: null,
  };
}

/** Sets the notice and its campaign going in the transaction that decided so. */
export async function publishIn(
  tables: Tables,
  context: Context,
  actor: Actor,
  announcement: Announcement,
  now: Instant,
): Promise<Announcement> {
  const { agency, severity, audience } = announcement;
  const { catalogue } = context;
  const notice = await tell(
    tables,
    context,
    {
      severity,
      agency,
      incident: null,
      sequence: 0,
      maintenance: null,
      audience: announcedTo(audience, severity === 'critical', catalogue),
      scope: 'nationwide',
      holdSeconds: 0,
      fact: factOf(announcement, agency, catalogue, now),
    },
    now,
  );
  const after: Announcement = {
    ...announcement,
    state: 'publishing',
    publishedAt: now,
    notice,
    version: announcement.version + 1,
  };
  // We hold its row: the version before is our own.
  if (!(await tables.announcements.advance(after))) throw new Error(`${announcement.id} changed under us`);
  await record(tables, context, actor, 'announcement.published', after.id, announcement, after);
  return after;
}
