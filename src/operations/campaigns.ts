import type { CampaignProgress, CampaignState } from '../domain/campaign.ts';
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
  const found = await permitted(context, actor, idOrCode);
  if (!found.ok) return found;
  const id: NoticeId = found.value.notice.id;

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

/**
 * Sends what failed once more, where it is still the last word on its incident.
 * @returns how far the notice is now, and how many go again
 */
export async function redriveNotice(
  context: Context,
  actor: Actor,
  idOrCode: string,
): Promise<Outcome<NoticeProgress & { readonly redriven: number }>> {
  const found = await permitted(context, actor, idOrCode);
  if (!found.ok) return found;
  const { notice, progress } = found.value;

  const now = context.clock.now();
  const result = await context.store.transaction(async (tables): Promise<Outcome<number>> => {
    const campaign = await tables.campaigns.byNotice(notice.id);
    if (campaign === null) return refused('not_found', null, { id: idOrCode });
    const told = notice.incident === null ? [] : await tables.notices.of(notice.incident);
    const from = told.some((other) => other.sequence > notice.sequence) ? 'superseded' : campaign.state;
    if (!REDRIVABLE.includes(from)) {
      const allowed = ALLOWED[from].join(', ') || '—';
      return refused('illegal_move', null, { from, to: 'redriven', allowed });
    }
    const redriven = await tables.campaigns.redrive(campaign.id, now);
    const { failed } = progress.deliveries;
    await record(tables, context, actor, 'notice.redriven', notice.id, { failed }, { redriven });
    return done(redriven);
  });
  if (!result.ok) return result;
  context.wakeSender();
  const after = await noticeProgress(context, notice.id);
  return after === null
    ? refused('not_found', null, { id: idOrCode })
    : done({ ...after, redriven: result.value });
}

/** The notice, if this actor may decide about it. */
async function permitted(context: Context, actor: Actor, idOrCode: string): Promise<Outcome<NoticeProgress>> {
  const found = await noticeProgress(context, idOrCode);
  if (found === null) return refused('not_found', null, { id: idOrCode });
  const services = found.notice.fact.services.map((s) => s.id);
  const problem = recordProblem(actor, { agency: found.notice.agency, services }, context.catalogue);
  return problem === null ? done(found) : { ok: false, problem };
}

const REDRIVABLE: readonly CampaignState[] = ['fanning', 'sending', 'paused', 'finished'];

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
