import type { CampaignProgress } from '../domain/campaign.ts';
import type { NoticeId } from '../domain/ids.ts';
import type { Notice } from '../domain/notice.ts';
import type { Actor } from '../domain/official.ts';
import { done, type Outcome, refused } from '../domain/problem.ts';
import { type Context, record } from './context.ts';
import { recordProblem } from './permission.ts';

export type Control = 'pause' | 'resume' | 'cancel';

/** A notice with how far it has come. */
export interface NoticeProgress {
  readonly notice: Notice;
  readonly progress: CampaignProgress;
}

const DONE: { readonly [C in Control]: string } = {
  pause: 'paused',
  resume: 'resumed',
  cancel: 'cancelled',
};

/** How far a notice has come, by its id or its public code; null when there is none. */
export async function noticeProgress(context: Context, idOrCode: string): Promise<NoticeProgress | null> {
  const { notices, campaigns } = context.store;
  const notice = (await notices.get(idOrCode)) ?? (await notices.byCode(idOrCode));
  if (notice === null) return null;
  const progress = await campaigns.progress(notice.id, context.clock.now());
  return progress === null ? null : { notice, progress };
}

/** Stops the sending of a notice for a while, goes on with it, or ends it for all who were not told yet. */
export async function controlNotice(
  context: Context,
  actor: Actor,
  idOrCode: string,
  control: Control,
): Promise<Outcome<NoticeProgress>> {
  const found = await noticeProgress(context, idOrCode);
  if (found === null) return refused('not_found', null, { id: idOrCode });
  const id: NoticeId = found.notice.id;
  const services = found.notice.fact.services.map((s) => s.id);
  const problem = recordProblem(actor, { agency: found.notice.agency, services }, context.catalogue);
  if (problem !== null) return { ok: false, problem };

  const now = context.clock.now();
  const result = await context.store.transaction(async (tables): Promise<Outcome<null>> => {
    const before = await tables.campaigns.byNotice(id);
    if (before === null) return refused('not_found', null, { id: idOrCode });
    if (!(await tables.campaigns.control(before.id, control, now))) {
      const allowed = ALLOWED[before.state].join(', ') || '—';
      return refused('illegal_move', null, { from: before.state, to: DONE[control], allowed });
    }
    const after = await tables.campaigns.get(before.id);
    await record(tables, context, actor, `notice.${DONE[control]}`, id, before.state, after?.state ?? null);
    return done(null);
  });
  if (!result.ok) return result;
  context.wakeSender();
  const after = await noticeProgress(context, id);
  return after === null ? refused('not_found', null, { id: idOrCode }) : done(after);
}

/** What may still be done to a campaign, for the message of a refusal. */
const ALLOWED = {
  holding: ['cancelled'],
  fanning: ['paused', 'cancelled'],
  sending: ['paused', 'cancelled'],
  paused: ['resumed', 'cancelled'],
  finished: [],
  superseded: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;
