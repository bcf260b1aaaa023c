import type { z } from 'zod';
import { secondsBetween } from '../../domain/instant.ts';
import { done, refused } from '../../domain/problem.ts';
import {
  type Control,
  controlNotice,
  type NoticeProgress,
  noticeProgress,
  redriveNotice,
} from '../../operations/campaigns.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import * as schemas from './schemas.ts';

const tag = 'Notices';
const answers = { status: 200, name: 'NoticeProgress', schema: schemas.noticeProgress } as const;

const control = (act: Control, summary: string): Endpoint =>
  endpoint({
    method: 'post',
    path: `/notices/{id}/${act}`,
    name: `${act}Notice`,
    summary,
    tag,
    body: { name: 'Nothing', schema: schemas.noBody },
    query: schemas.noQuery,
    answers,
    handle: async ({ context, actor, id }) => {
      const outcome = await controlNotice(context, actor, id, act);
      return outcome.ok ? done(progressView(outcome.value)) : outcome;
    },
  });

export const noticeEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/notices/{id}',
    name: 'getNotice',
    summary: 'How far a notice has come, by its id or its public code',
    tag,
    body: null,
    query: schemas.noQuery,
    answers,
    handle: async ({ context, id }) => {
      const found = await noticeProgress(context, id);
      return found === null ? refused('not_found', null, { id }) : done(progressView(found));
    },
  }),
  control('pause', 'Stop sending a notice for a while'),
  control('resume', 'Go on sending a paused notice'),
  control('cancel', 'End a notice for all who were not told yet'),
  endpoint({
    method: 'post',
    path: '/notices/{id}/redrive',
    name: 'redriveNotice',
    summary: 'Try once more where sending a notice failed for good',
    tag,
    body: { name: 'Nothing', schema: schemas.noBody },
    query: schemas.noQuery,
    answers: { status: 200, name: 'NoticeRedriven', schema: schemas.noticeRedriven },
    handle: async ({ context, actor, id }) => {
      const outcome = await redriveNotice(context, actor, id);
      return outcome.ok
        ? done({ ...progressView(outcome.value), redriven: outcome.value.redriven })
        : outcome;
    },
  }),
  endpoint({
    method: 'get',
    path: '/notices/{id}/report',
    name: 'getNoticeReport',
    summary: 'What became of a notice: whom it reached, and how soon',
    tag,
    body: null,
    query: schemas.noQuery,
    answers: { status: 200, name: 'NoticeReport', schema: schemas.noticeReport },
    handle: async ({ context, id }) => {
      const found = await noticeProgress(context, id);
      return found === null ? refused('not_found', null, { id }) : done(report(found));
    },
  }),
];

const report = ({ notice, progress }: NoticeProgress): z.input<typeof schemas.noticeReport> => ({
  id: notice.id,
  code: notice.code,
  audience: progress.audience,
  deliveries: { ...progress.deliveries },
  resent: progress.resent,
  startedAt: progress.startedAt,
  finishedAt: progress.finishedAt,
  durationSeconds:
    progress.startedAt === null || progress.finishedAt === null
      ? null
      : secondsBetween(progress.startedAt, progress.finishedAt),
  halfWithinSeconds: progress.halfWithinSeconds,
  nearlyAllWithinSeconds: progress.nearlyAllWithinSeconds,
});

export const progressView = ({
  notice,
  progress,
}: NoticeProgress): z.input<typeof schemas.noticeProgress> => ({
  id: notice.id,
  code: notice.code,
  audience: progress.audience,
  deliveries: { ...progress.deliveries },
  resent: progress.resent,
  startedAt: progress.startedAt,
  finishedAt: progress.finishedAt,
  ratePerSecond: progress.ratePerSecond,
  etaSeconds: progress.etaSeconds,
});
