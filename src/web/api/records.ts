import { plusSeconds } from '../../domain/instant.ts';
import { hasRole } from '../../domain/official.ts';
import { done, refused } from '../../domain/problem.ts';
import type { Service } from '../../domain/service.ts';
import { statusOf } from '../../domain/status.ts';
import { currentFacts } from '../../operations/facts.ts';
import { reportCounts } from '../../operations/reports.ts';
import { readUnanswered } from '../../operations/unanswered.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import * as schemas from './schemas.ts';

/** What can only be read: the catalogue with its statuses, citizens' reports and unanswered questions, the audit. */
export const recordEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/services',
    name: 'listServices',
    summary: 'The catalogue with the status of each service now',
    tag: 'Services',
    body: null,
    query: schemas.serviceQuery,
    answers: { status: 200, name: 'ServiceList', schema: schemas.serviceList },
    handle: async ({ context, query: { query } }) => {
      const { catalogue } = context;
      const facts = await currentFacts(context.store, context.clock.now());
      const services = found(catalogue.services, query);
      return done({
        items: services.map((service) => {
          const { availability, since } = statusOf(service.id, facts, catalogue);
          const agency = catalogue.agency(service.agency)?.name ?? { ko: service.agency, en: service.agency };
          return {
            id: service.id,
            name: service.name,
            kind: service.kind,
            agency: { id: service.agency, name: agency },
            category: service.category,
            status: availability,
            since,
          };
        }),
      });
    },
  }),
  endpoint({
    method: 'get',
    path: '/reports',
    name: 'listReports',
    summary: 'How many citizens reported a problem, by service',
    tag: 'Reports',
    body: null,
    query: schemas.reportQuery,
    answers: { status: 200, name: 'ReportList', schema: schemas.reportList },
    handle: async ({ context, query: { minutes } }) => {
      const items = await reportCounts(context, minutes * 60);
      return done({ since: plusSeconds(context.clock.now(), -minutes * 60), items: [...items] });
    },
  }),
  endpoint({
    method: 'get',
    path: '/questions',
    name: 'listQuestions',
    summary: 'What the bot could not answer, by cluster, most people first; for operators',
    tag: 'Questions',
    body: null,
    query: schemas.questionQuery,
    answers: { status: 200, name: 'QuestionList', schema: schemas.questionList },
    handle: async ({ context, actor, query: { limit, cursor, language = null, since = null } }) => {
      const read = await readUnanswered(context, actor, { language, since, limit, cursor });
      if (!read.ok) return read;
      const { items, ...rest } = read.value;
      return done({
        ...rest,
        items: items.map(({ services, cues, days, samples, ...cluster }) => ({
          ...cluster,
          services: [...services],
          cues: [...cues],
          days: [...days],
          samples: [...samples],
        })),
      });
    },
  }),
  endpoint({
    method: 'get',
    path: '/audit',
    name: 'listAudit',
    summary: 'Who did what and when, newest first; for administrators',
    tag: 'Audit',
    body: null,
    query: schemas.pageQuery,
    answers: { status: 200, name: 'AuditList', schema: schemas.auditList },
    handle: async ({ context, official, query: { limit, cursor } }) => {
      if (!hasRole(official, 'administrator')) return refused('administrators_only');
      const page = await context.store.audit.list({ limit, cursor });
      return done({ items: [...page.items], next: page.next });
    },
  }),
];

const folded = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, '');

/** The services that a few typed letters may mean: those so called first, then those whose name begins so. */
function found(services: readonly Service[], typed: string): readonly Service[] {
  const wanted = folded(typed);
  if (wanted === '') return services;
  const rankOf = ({ id, name, aliases }: Service): number => {
    const names = [id, name.ko, name.en, ...aliases.ko, ...aliases.en].map(folded);
    if (names.includes(wanted)) return 0;
    if (names.some((one) => one.startsWith(wanted))) return 1;
    return names.some((one) => one.includes(wanted)) ? 2 : 3;
  };
  return services
    .map((service) => ({ service, rank: rankOf(service) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ service }) => service);
}
