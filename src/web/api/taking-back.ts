import type { z } from 'zod';
import { done, type Outcome, refused } from '../../domain/problem.ts';
import { noticeProgress } from '../../operations/campaigns.ts';
import type { Context } from '../../operations/context.ts';
import { correctNotice, type TakenBack, withdrawNotice } from '../../operations/take-back.ts';
import * as schemas from './announcement-schemas.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { progressView } from './notices.ts';
import { noQuery } from './schemas.ts';

const tag = 'Notices';
const answers = { status: 200, name: 'NoticeTakenBack', schema: schemas.noticeTakenBack } as const;

/** Mending and withdrawing notices of any kind. */
export const takingBackEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'post',
    path: '/notices/{id}/correct',
    name: 'correctNotice',
    summary: 'Mend a notice, and tell exactly those who got it',
    tag,
    body: { name: 'Correction', schema: schemas.correctionBody },
    query: noQuery,
    answers,
    handle: async ({ context, actor, id, body }) =>
      viewed(context, await correctNotice(context, actor, id, body)),
  }),
  endpoint({
    method: 'post',
    path: '/notices/{id}/withdraw',
    name: 'withdrawNotice',
    summary: 'Take a notice back altogether, and tell exactly those who got it',
    tag,
    body: { name: 'Retraction', schema: schemas.retractionBody },
    query: noQuery,
    answers,
    handle: async ({ context, actor, id, body }) =>
      viewed(context, await withdrawNotice(context, actor, id, body)),
  }),
];

async function viewed(
  context: Context,
  outcome: Outcome<TakenBack>,
): Promise<Outcome<z.input<typeof schemas.noticeTakenBack>>> {
  if (!outcome.ok) return outcome;
  const { notice, by } = outcome.value;
  const found = await noticeProgress(context, notice.id);
  return found === null
    ? refused('not_found', null, { id: notice.id })
    : done({ ...progressView(found), by });
}
