import type { z } from 'zod';
import type { Announcement } from '../../domain/announcement.ts';
import type { AnnouncementAudience } from '../../domain/audience.ts';
import { done, type Outcome, refused } from '../../domain/problem.ts';
import { type Preview, previewAnnouncement } from '../../operations/announcement-preview.ts';
import {
  approveAnnouncement,
  breakGlass,
  cancelAnnouncement,
  draftAnnouncement,
  editAnnouncement,
  publishAnnouncement,
  rejectAnnouncement,
  returnAnnouncement,
  reviewAnnouncement,
  submitAnnouncement,
} from '../../operations/announcements.ts';
import { withdrawAnnouncement } from '../../operations/take-back.ts';
import { findingText } from '../../wording/problem.ts';
import * as schemas from './announcement-schemas.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { noBody, noQuery } from './schemas.ts';

const tag = 'Announcements';
const answers = { status: 200, name: 'Announcement', schema: schemas.announcement } as const;

/** What all verbs on one announcement share. */
const verb = <Body extends z.ZodType>(
  act: string,
  name: string,
  summary: string,
  body: { readonly name: string; readonly schema: Body },
  handle: (
    ...request: Parameters<
      Parameters<typeof endpoint<Body, typeof noQuery, typeof answers.schema>>[0]['handle']
    >
  ) => Promise<Outcome<Announcement>>,
): Endpoint =>
  endpoint({
    method: 'post',
    path: `/announcements/{id}/${act}`,
    name,
    summary,
    tag,
    body,
    query: noQuery,
    answers,
    revised: true,
    handle: async (request) => viewed(await handle(request)),
  });

const nothing = { name: 'Nothing', schema: noBody } as const;
const reason = { name: 'Reason', schema: schemas.reasonBody } as const;

export const announcementEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'post',
    path: '/announcements',
    name: 'draftAnnouncement',
    summary: 'Draft an announcement',
    tag,
    body: { name: 'AnnouncementDraft', schema: schemas.announcementBody },
    query: noQuery,
    answers: { ...answers, status: 201 },
    location: ({ id }) => `/api/v1/announcements/${id}`,
    revised: true,
    handle: async ({ context, actor, body }) => {
      const audience = audienceOf(body.audience);
      if (audience === null) return refused('invalid', 'audience');
      const content = { ...body, audience, scheduledFor: body.scheduledFor ?? null };
      return viewed(await draftAnnouncement(context, actor, content));
    },
  }),
  endpoint({
    method: 'get',
    path: '/announcements',
    name: 'listAnnouncements',
    summary: 'Announcements, newest first',
    tag,
    body: null,
    query: schemas.announcementQuery,
    answers: { status: 200, name: 'AnnouncementList', schema: schemas.announcementList },
    handle: async ({ context, query: { limit, cursor, state, agency } }) => {
      const filter = {
        ...(state === undefined ? {} : { states: [state] }),
        ...(agency === undefined ? {} : { agency }),
      };
      const page = await context.store.announcements.list(filter, { limit, cursor });
      return done({ items: page.items.map(view), next: page.next });
    },
  }),
  endpoint({
    method: 'get',
    path: '/announcements/{id}',
    name: 'getAnnouncement',
    summary: 'An announcement',
    tag,
    body: null,
    query: noQuery,
    answers,
    revised: true,
    handle: async ({ context, id }) => {
      const found = await context.store.announcements.get(id);
      return found === null ? refused('not_found', null, { id }) : done(view(found));
    },
  }),
  endpoint({
    method: 'patch',
    path: '/announcements/{id}',
    name: 'editAnnouncement',
    summary: 'Change an announcement: a new revision, in draft, and any approval void',
    tag,
    body: { name: 'AnnouncementChange', schema: schemas.announcementChange },
    query: noQuery,
    answers,
    revised: true,
    handle: async ({ context, actor, id, body, seen }) => {
      const { audience: asked, ...rest } = body;
      const audience = asked === undefined ? undefined : audienceOf(asked);
      if (audience === null) return refused('invalid', 'audience');
      return viewed(await editAnnouncement(context, actor, id, { ...rest, audience }, seen));
    },
  }),
  endpoint({
    method: 'get',
    path: '/announcements/{id}/preview',
    name: 'previewAnnouncement',
    summary: 'What citizens would get, how many, how soon, at what price, and what speaks against it',
    tag,
    body: null,
    query: noQuery,
    answers: { status: 200, name: 'AnnouncementPreview', schema: schemas.announcementPreview },
    handle: async ({ context, id }) => {
      const outcome = await previewAnnouncement(context, id);
      return outcome.ok ? done(previewView(outcome.value)) : outcome;
    },
  }),
  verb('submit', 'submitAnnouncement', 'Ask for approval', nothing, ({ context, actor, id }) =>
    submitAnnouncement(context, actor, id),
  ),
  verb(
    'approve',
    'approveAnnouncement',
    'Approve exactly this revision: published at once, at its time, or, on hold, when somebody publishes it',
    { name: 'Approval', schema: schemas.approvalBody },
    ({ context, actor, id, body }) => approveAnnouncement(context, actor, id, body),
  ),
  verb(
    'publish',
    'publishAnnouncement',
    'Publish what was approved on hold',
    nothing,
    ({ context, actor, id }) => publishAnnouncement(context, actor, id),
  ),
  verb('return', 'returnAnnouncement', 'Give back to the author', reason, ({ context, actor, id, body }) =>
    returnAnnouncement(context, actor, id, body),
  ),
  verb('reject', 'rejectAnnouncement', 'Turn down for good', reason, ({ context, actor, id, body }) =>
    rejectAnnouncement(context, actor, id, body),
  ),
  verb('cancel', 'cancelAnnouncement', 'Give up before it is published', nothing, ({ context, actor, id }) =>
    cancelAnnouncement(context, actor, id),
  ),
  verb(
    'break-glass',
    'breakGlass',
    'Publish something critical alone, with both reasons; reviewed by another afterwards',
    { name: 'BreakGlass', schema: schemas.glassBody },
    ({ context, actor, id, body }) => breakGlass(context, actor, id, body),
  ),
  verb(
    'review',
    'reviewAnnouncement',
    'Review what one person published alone',
    { name: 'Review', schema: schemas.reviewBody },
    ({ context, actor, id, body }) => reviewAnnouncement(context, actor, id, body),
  ),
  endpoint({
    method: 'post',
    path: '/announcements/{id}/withdraw',
    name: 'withdrawAnnouncement',
    summary: 'Take a published announcement back, and tell exactly those who got it',
    tag,
    body: { name: 'Retraction', schema: schemas.retractionBody },
    query: noQuery,
    answers: { status: 200, name: 'AnnouncementWithdrawn', schema: schemas.announcementWithdrawn },
    revised: true,
    handle: async ({ context, actor, id, body }) => {
      const outcome = await withdrawAnnouncement(context, actor, id, body);
      if (!outcome.ok) return outcome;
      const { announcement, by } = outcome.value;
      return done({ ...view(announcement), retraction: by });
    },
  }),
];

/** Exactly one of those it can go to; null when it names none or several. */
function audienceOf(body: schemas.AudienceBody): AnnouncementAudience | null {
  const { everyone, services, agencies, categories } = body;
  const narrowing = {
    languages: body.languages ?? null,
    platforms: body.platforms ?? null,
    regions: body.regions ?? null,
  };
  const given = [everyone, services, agencies, categories].filter((one) => one !== undefined);
  if (given.length !== 1) return null;
  if (services !== undefined) return { to: 'services', ids: services, ...narrowing };
  if (agencies !== undefined) return { to: 'agencies', ids: agencies, ...narrowing };
  if (categories !== undefined) return { to: 'categories', ids: categories, ...narrowing };
  return { to: 'everyone', ...narrowing };
}

function audienceView(audience: AnnouncementAudience): z.input<typeof schemas.announcement>['audience'] {
  const { languages, platforms, regions } = audience;
  return {
    ...(audience.to === 'everyone' ? { everyone: true as const } : { [audience.to]: [...audience.ids] }),
    ...(languages === null ? {} : { languages: [...languages] }),
    ...(platforms === null ? {} : { platforms: [...platforms] }),
    ...(regions === null ? {} : { regions: [...regions] }),
  };
}

const viewed = (outcome: Outcome<Announcement>): Outcome<z.input<typeof schemas.announcement>> =>
  outcome.ok ? done(view(outcome.value)) : outcome;

function view(announcement: Announcement): z.input<typeof schemas.announcement> {
  const { version: _, glass, audience, authors, ...rest } = announcement;
  return {
    ...rest,
    audience: audienceView(audience),
    authors: [...authors],
    breakGlass: glass === null ? null : glassView(glass),
  };
}

const glassView = ({ nagged: _, ...glass }: NonNullable<Announcement['glass']>) => glass;

function previewView(preview: Preview): z.input<typeof schemas.announcementPreview> {
  const { announcement, texts, reach, seconds, stars, findings, alike } = preview;
  return {
    id: announcement.id,
    revision: announcement.revision,
    cards: texts,
    reach: {
      chats: reach.reduce((sum, { chats }) => sum + chats, 0),
      byPlatform: counted(reach, ({ platform }) => platform),
      byKind: counted(reach, ({ kind }) => kind),
      byLanguage: counted(reach, ({ language }) => language),
    },
    seconds,
    stars,
    findings: findings.map((finding) => ({
      code: finding.code,
      weight: finding.weight,
      field: finding.field,
      detail: { ko: findingText(finding, 'ko'), en: findingText(finding, 'en') },
    })),
    alike: [...alike],
  };
}

function counted(reach: Preview['reach'], by: (one: Preview['reach'][number]) => string) {
  const counts = new Map<string, number>();
  for (const one of reach) counts.set(by(one), (counts.get(by(one)) ?? 0) + one.chats);
  return [...counts].map(([is, chats]) => ({ is, chats }));
}
