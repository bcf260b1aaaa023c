import type { Catalogue } from '../domain/catalogue.ts';
import type { AgencyId, RegionId, ServiceId } from '../domain/ids.ts';
import { newId } from '../domain/ids.ts';
import type { Source } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { plusSeconds, seoulDay, toEpoch } from '../domain/instant.ts';
import type { Bilingual } from '../domain/language.ts';
import { type Notice, type NoticeFact, noticeCode } from '../domain/notice.ts';
import { type CheckedAlternative, type CurrentFacts, workingAlternatives } from '../domain/status.ts';
import type { Tables } from '../ports/store.ts';
import type { Context, Told } from './context.ts';

/** The government's call center: whom to call where neither the service nor its agency has a number. */
const CALL_CENTER = '110';

/** A notice before it has a number. */
export interface Telling extends Omit<Notice, 'id' | 'code' | 'kind' | 'fact' | 'createdAt'> {
  readonly fact: Omit<NoticeFact, 'code' | 'at'>;
  /** Wait before anybody is told, in seconds. */
  readonly holdSeconds: number;
}

/** Numbers the notice, writes it in both languages, and sets its campaign going, all in the transaction of the change. */
export async function tell(
  tables: Tables,
  context: Context,
  telling: Telling,
  now: Instant,
): Promise<NonNullable<Told<unknown>['notice']>> {
  const { fact: said, holdSeconds, ...rest } = telling;
  const code = noticeCode(now, await tables.notices.nextNumber(seoulDay(now)));
  const fact: NoticeFact = { ...said, code, at: now };
  const fresh = (prefix: string) => newId(prefix, toEpoch(now), context.clock.random);
  const notice: Notice = { ...rest, id: fresh('ntc'), code, kind: fact.kind, fact, createdAt: now };
  await tables.notices.insert(notice, context.writeNotice(fact));
  await tables.campaigns.insert({
    id: fresh('cmp'),
    notice: notice.id,
    state: 'holding',
    holdUntil: plusSeconds(now, holdSeconds),
    cursor: 0,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
  });
  return { id: notice.id, code };
}

/** Whom to call about a service. */
export function phoneFor(id: ServiceId | undefined, catalogue: Catalogue): string {
  const service = id === undefined ? undefined : catalogue.service(id);
  if (service === undefined) return CALL_CENTER;
  return service.helpline ?? phoneOf(service.agency, catalogue);
}

/** Whom to call about an agency. */
export const phoneOf = (agency: AgencyId, catalogue: Catalogue): string =>
  catalogue.agency(agency)?.phone ?? CALL_CENTER;

/** The agency of the first service speaks where no other source is named. */
export function sourceOf(id: ServiceId | undefined, catalogue: Catalogue, at: Instant): Source {
  const agency = id === undefined ? undefined : catalogue.service(id)?.agency;
  const name = agency === undefined ? undefined : catalogue.agency(agency)?.name;
  return { name: name ?? { ko: agency ?? '', en: agency ?? '' }, at };
}

/**
 * What a citizen can do instead of these services, as it is now: each way once, those that work without a hitch first,
 * and none that leads to one of these services itself.
 */
export function alternativesTo(
  services: readonly ServiceId[],
  facts: CurrentFacts,
  catalogue: Catalogue,
  region: RegionId | null,
): readonly Bilingual[] {
  const ways = services
    .filter((id) => catalogue.service(id) !== undefined)
    .flatMap((id) => workingAlternatives(id, facts, catalogue, region))
    .filter(({ alternative }) => alternative.via === null || !services.includes(alternative.via));
  const hitch = ({ status }: CheckedAlternative) =>
    status === null || status.availability === 'operational' ? 0 : 1;
  const texts = ways.sort((a, b) => hitch(a) - hitch(b)).map(({ alternative }) => alternative.text);
  return [...new Map(texts.map((text) => [text.ko, text])).values()];
}

/** How a service is named in a record that outlives the catalogue. */
export function namesOf(
  id: ServiceId,
  catalogue: Catalogue,
): { readonly id: ServiceId; readonly name: Bilingual; readonly reading: string | null } {
  const service = catalogue.service(id);
  return { id, name: service?.name ?? { ko: id, en: id }, reading: service?.reading ?? null };
}
