import { z } from 'zod';
import { DECLARABLE } from '../../domain/availability.ts';
import { INCIDENT_STATES } from '../../domain/incident.ts';
import { fromEpoch } from '../../domain/instant.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { MAINTENANCE_STATES } from '../../domain/maintenance.ts';
import { NOTICE_KINDS } from '../../domain/notice.ts';
import { UNANSWERED_REASONS } from '../../domain/unanswered.ts';
import { LENGTHS } from '../../operations/texts.ts';

/*
 * What the officials' API takes and gives: the one description that bodies are checked by and that the OpenAPI
 * document is made from. Unknown fields are refused. Times come with any offset and leave as UTC.
 */

/** Far more than any catalogue needs, far less than what would hurt. */
const MANY = 300;
export const id = z.string().min(1).max(100);
const text = z.string().max(10_000);

const day = z.iso.date();
/** Years near ours only: an instant compares as a string in a fixed width. Seconds may be left out. */
const TIME = /^20\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;
const isTime = (time: string): boolean =>
  TIME.test(time) && day.safeParse(time.slice(0, 10)).success && !Number.isNaN(Date.parse(time));

export const instantIn = z
  .string()
  .meta({ format: 'date-time' })
  .refine(isTime)
  .transform((time) => fromEpoch(Date.parse(time)));
export const instant = z.iso.datetime();
export const bilingual = z.strictObject({ ko: text, en: text });
/** Told in the document; the operations check it, and say by how much. */
export const bilingualIn = (maxLength: number) => {
  const limited = text.meta({ maxLength });
  return z.strictObject({ ko: limited, en: limited });
};
const messageIn = bilingualIn(LENGTHS.message);
const limitsIn = bilingualIn(LENGTHS.limits);
const worksIn = bilingualIn(LENGTHS.works);
const dutyIn = bilingualIn(LENGTHS.duty);
const status = z.enum(DECLARABLE);
const serviceStatusIn = z.strictObject({ id, status });
const scope = z.union([z.literal('nationwide'), z.array(id).max(MANY)]);
const sourceIn = z.strictObject({ name: bilingualIn(LENGTHS.name), at: instantIn.optional() });
const deadlineIn = z.strictObject({
  duty: dutyIn,
  basis: dutyIn.nullable().default(null),
  oldDate: day.nullable().default(null),
  newDate: day.nullable().default(null),
  automatic: z.boolean().default(false),
  who: dutyIn.nullable().default(null),
});

export const incidentBody = z.strictObject({
  services: z.array(serviceStatusIn).min(1).max(MANY),
  state: z.enum(['investigating', 'identified', 'monitoring']),
  message: messageIn,
  title: bilingualIn(LENGTHS.title).optional(),
  startedAt: instantIn.optional(),
  limits: limitsIn.optional(),
  works: worksIn.optional(),
  scope: scope.optional(),
  source: sourceIn.optional(),
  deadlines: z.array(deadlineIn).max(50).optional(),
  nextUpdateAt: instantIn.optional(),
  critical: z.boolean().optional(),
});

export const incidentUpdateBody = z.strictObject({
  state: z.enum(['investigating', 'identified', 'monitoring', 'resolved']),
  services: z.array(serviceStatusIn).max(MANY).optional(),
  message: messageIn,
  nextUpdateAt: instantIn.nullable().optional(),
  limits: limitsIn.nullable().optional(),
  works: worksIn.nullable().optional(),
  source: sourceIn.optional(),
  deadlines: z.array(deadlineIn).max(50).optional(),
  revision: z.int().min(1).optional(),
});

export const withdrawBody = z.strictObject({ message: messageIn });

export const maintenanceBody = z.strictObject({
  services: z.array(id).min(1).max(MANY),
  startsAt: instantIn,
  endsAt: instantIn,
  message: messageIn,
  emergency: z.boolean().optional(),
});

export const maintenanceCancelBody = z.strictObject({ message: messageIn.optional() });

export const noBody = z.strictObject({});
export const noQuery = z.strictObject({});

const printable = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);
const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: printable.min(1).nullable().default(null),
};
export const pageQuery = z.strictObject(page);
export const incidentQuery = z.strictObject({
  ...page,
  state: z.enum(INCIDENT_STATES).optional(),
  service: printable.optional(),
  agency: printable.optional(),
});
export const maintenanceQuery = z.strictObject({
  ...page,
  service: printable.optional(),
  agency: printable.optional(),
});
export const serviceQuery = z.strictObject({ query: printable.default('') });
export const reportQuery = z.strictObject({ minutes: z.coerce.number().int().min(1).max(2880).default(60) });

export const questionQuery = z.strictObject({
  ...page,
  language: z.enum(LANGUAGES).optional(),
  since: day.optional(),
});

export const noticeRef = z.object({ id: z.string(), code: z.string() });
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
const scopeOut = z.union([z.literal('nationwide'), z.array(z.string())]);
const source = z.object({ name: bilingual, at: instant });
const affected = z.object({ id: z.string(), status, since: instant });
const deadline = z.object({
  duty: bilingual,
  basis: bilingual.nullable(),
  oldDate: z.string().nullable(),
  newDate: z.string().nullable(),
  automatic: z.boolean(),
  who: bilingual.nullable(),
});

export const incidentTold = z.object({
  id: z.string(),
  state: z.enum(INCIDENT_STATES),
  services: z.array(z.object({ id: z.string(), status })),
  notice: noticeRef.nullable(),
});

export const incident = z.object({
  id: z.string(),
  state: z.enum(INCIDENT_STATES),
  agency: z.string(),
  title: bilingual,
  services: z.array(affected),
  scope: scopeOut,
  limits: bilingual.nullable(),
  works: bilingual.nullable(),
  source,
  deadlines: z.array(deadline),
  nextUpdateAt: instant.nullable(),
  critical: z.boolean(),
  startedAt: instant,
  declaredAt: instant,
  updatedAt: instant,
  resolvedAt: instant.nullable(),
  declaredBy: z.string().nullable(),
  revision: z.int(),
});

export const incidentStory = incident.extend({
  updates: z.array(
    z.object({
      sequence: z.int(),
      state: z.enum(INCIDENT_STATES),
      services: z.array(affected),
      message: bilingual,
      nextUpdateAt: instant.nullable(),
      source,
      at: instant,
      by: z.string().nullable(),
    }),
  ),
  notices: z.array(noticeRef.extend({ kind: z.enum(NOTICE_KINDS), sequence: z.int(), at: instant })),
});

export const incidentList = pageOf(incident);

export const maintenance = z.object({
  id: z.string(),
  state: z.enum(MAINTENANCE_STATES),
  agency: z.string(),
  services: z.array(z.string()),
  startsAt: instant,
  endsAt: instant,
  message: bilingual,
  emergency: z.boolean(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  revision: z.int(),
});

export const maintenanceTold = z.object({
  id: z.string(),
  state: z.enum(MAINTENANCE_STATES),
  services: z.array(z.string()),
  startsAt: instant,
  endsAt: instant,
  notice: noticeRef.nullable(),
});

export const maintenanceList = pageOf(maintenance);

const noticeCounts = z.object({
  id: z.string(),
  code: z.string(),
  audience: z.int(),
  deliveries: z.object({
    ready: z.int(),
    held: z.int(),
    sending: z.int(),
    sent: z.int(),
    ended: z.int(),
    failed: z.int(),
    uncertain: z.int(),
    superseded: z.int(),
    cancelled: z.int(),
  }),
  resent: z.int(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});

export const noticeProgress = noticeCounts.extend({
  ratePerSecond: z.number().nullable(),
  etaSeconds: z.number().nullable(),
});

export const noticeRedriven = noticeProgress.extend({ redriven: z.int() });

export const noticeReport = noticeCounts.extend({
  durationSeconds: z.number().nullable(),
  halfWithinSeconds: z.number().nullable(),
  nearlyAllWithinSeconds: z.number().nullable(),
});

export const serviceList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: bilingual,
      kind: z.string(),
      agency: z.object({ id: z.string(), name: bilingual }),
      category: z.string(),
      status,
      since: instant.nullable(),
    }),
  ),
});

export const reportList = z.object({
  since: instant,
  items: z.array(z.object({ service: z.string(), reports: z.int(), lastAt: instant })),
});

export const questionList = pageOf(
  z.object({
    id: z.string(),
    language: z.enum(LANGUAGES),
    reason: z.enum(UNANSWERED_REASONS),
    services: z.array(z.string()),
    leaning: z.string().nullable(),
    cues: z.array(z.string()),
    gist: z.string(),
    people: z.int(),
    days: z.array(z.object({ day, people: z.int() })),
    samples: z.array(z.string()),
  }),
).extend({ since: day });

export const auditList = pageOf(
  z.object({
    sequence: z.int(),
    at: instant,
    actor: z.string(),
    door: z.string(),
    act: z.string(),
    subject: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    previous: z.string(),
    hash: z.string(),
  }),
);

/** RFC 9457, with the field at fault where there is one. */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  field: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
});
