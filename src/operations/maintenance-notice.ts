import { type Audience, concernedBy, followedThrough } from '../domain/audience.ts';
import type { Instant } from '../domain/instant.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { NoticeFact, Severity, ToldService } from '../domain/notice.ts';
import { type CurrentFacts, statusOf } from '../domain/status.ts';
import type { Tables } from '../ports/store.ts';
import type { Context, Told } from './context.ts';
import { currentFacts } from './facts.ts';
import { alternativesTo, namesOf, phoneFor, sourceOf, tell } from './telling.ts';

type NoticeRef = NonNullable<Told<Maintenance>['notice']>;

/** Tells subscribers of a window in the transaction of its change. */
export async function tellOf(
  tables: Tables,
  context: Context,
  maintenance: Maintenance,
  phase: NonNullable<NoticeFact['phase']>,
  message: Bilingual | null,
  now: Instant,
): Promise<NoticeRef> {
  const { catalogue } = context;
  const facts = await currentFacts(tables, now);
  const known = maintenance.services.filter((id) => catalogue.service(id) !== undefined);
  const services =
    phase === 'scheduled'
      ? known.map((id): ToldService => {
          return { ...namesOf(id, catalogue), status: 'maintenance', since: maintenance.startsAt };
        })
      : known.map((id) => asItIs(id, facts, context, now));
  return tellWindow(tables, context, maintenance, now, {
    audience: concernedBy(maintenance.services, 'nationwide', catalogue),
    severity: maintenance.emergency ? 'important' : 'info',
    fact: {
      kind: 'maintenance',
      phase,
      services,
      message,
      alternatives: phase === 'scheduled' ? alternativesTo(known, facts, catalogue, null) : [],
      endedAt: maintenance.endsAt,
    },
  });
}

/** The end of a window answers those who asked to be told when it is back; it stays silent when nobody did. */
export async function tellFollowers(
  tables: Tables,
  context: Context,
  maintenance: Maintenance,
  now: Instant,
): Promise<NoticeRef | null> {
  const { catalogue } = context;
  const facts = await currentFacts(tables, now);
  const back = maintenance.services
    .filter((id) => catalogue.service(id) !== undefined)
    .map((id) => asItIs(id, facts, context, now))
    .filter((service) => service.status === 'operational');
  const followed = followedThrough(
    back.map((s) => s.id),
    catalogue,
  );
  // Nobody was told of an incident by this id: what remains of the audience are the followers.
  const audience: Audience = { kind: 'told', incident: maintenance.id, services: followed };
  if (back.length === 0 || (await tables.deliveries.reach(audience)) === 0) return null;
  return tellWindow(tables, context, maintenance, now, {
    audience,
    severity: 'important',
    fact: {
      kind: 'restoration',
      phase: maintenance.state === 'cancelled' ? 'cancelled' : 'completed',
      services: back,
      message: null,
      alternatives: [],
      endedAt: now,
    },
  });
}

interface Said {
  readonly audience: Audience;
  readonly severity: Severity;
  readonly fact: Pick<NoticeFact, 'kind' | 'phase' | 'services' | 'message' | 'alternatives' | 'endedAt'>;
}

function tellWindow(
  tables: Tables,
  context: Context,
  maintenance: Maintenance,
  now: Instant,
  { audience, severity, fact }: Said,
): Promise<NoticeRef> {
  const first = fact.services[0]?.id ?? maintenance.services[0];
  return tell(
    tables,
    context,
    {
      severity,
      agency: maintenance.agency,
      incident: null,
      sequence: maintenance.revision,
      maintenance: maintenance.id,
      audience,
      scope: 'nationwide',
      holdSeconds: 0,
      fact: {
        ...fact,
        regions: 'nationwide',
        title: null,
        limits: null,
        works: null,
        deadlines: [],
        startedAt: maintenance.startsAt,
        nextUpdateAt: null,
        source: sourceOf(first, context.catalogue, now),
        phone: phoneFor(first, context.catalogue),
        again: null,
        emergency: maintenance.emergency,
        corrects: null,
      },
    },
    now,
  );
}

/** A service as it is when the window is over: an open incident may still hold it down. */
function asItIs(id: string, facts: CurrentFacts, { catalogue }: Context, now: Instant): ToldService {
  const { availability, since } = statusOf(id, facts, catalogue);
  return { ...namesOf(id, catalogue), status: availability, since: since ?? now };
}
