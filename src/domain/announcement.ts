import type { AnnouncementAudience } from './audience.ts';
import type { AgencyId, AnnouncementId, NoticeId, OfficialId } from './ids.ts';
import type { Instant } from './instant.ts';
import { plusSeconds } from './instant.ts';
import type { Bilingual } from './language.ts';
import type { Severity } from './notice.ts';
import type { Role } from './official.ts';

/*
 * An official's own text on its way to citizens, past a second person.
 *
 *   draft ──► in_review ──► approved ──► publishing ──► published ──► withdrawn
 *     ▲          │  │           └──► scheduled ──┘           └─ corrected: published still
 *     │          │  └──► rejected
 *     └─ returned ◄┘            an edit leads back to draft from anywhere before publishing, and voids the approval
 *   cancelled: from anywhere before publishing.    An approval that ran out leads back to in_review.
 *   Break-glass: from draft, returned or in_review straight to publishing; critical only, reviewed afterwards.
 */
export const ANNOUNCEMENT_STATES = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'publishing',
  'published',
  'returned',
  'rejected',
  'cancelled',
  'withdrawn',
] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

/** What can be done to one; `expire`, `launch` and `complete` only by the clock. */
export const ANNOUNCEMENT_ACTS = [
  'edit',
  'submit',
  'approve',
  'return',
  'reject',
  'cancel',
  'publish',
  'break_glass',
  'review',
  'correct',
  'withdraw',
  'expire',
  'launch',
  'complete',
] as const;
export type AnnouncementAct = (typeof ANNOUNCEMENT_ACTS)[number];

interface Move {
  readonly from: readonly AnnouncementState[];
  /** Where it leads; null: it stays as it is. */
  readonly to: AnnouncementState | null;
  /** Any of these roles, in its agency; an administrator has them all in every one. Nobody: the clock alone. */
  readonly roles: readonly Role[];
}

/** Legal moves. Approving goes on to `scheduled` or `publishing` at once unless it is asked to wait. */
export const ANNOUNCEMENT_MOVES: { readonly [A in AnnouncementAct]: Move } = {
  edit: { from: ['draft', 'in_review', 'approved', 'scheduled', 'returned'], to: 'draft', roles: ['author'] },
  submit: { from: ['draft', 'returned'], to: 'in_review', roles: ['author'] },
  approve: { from: ['in_review'], to: 'approved', roles: ['approver'] },
  return: { from: ['in_review', 'approved', 'scheduled'], to: 'returned', roles: ['approver'] },
  reject: { from: ['in_review', 'approved', 'scheduled'], to: 'rejected', roles: ['approver'] },
  cancel: {
    from: ['draft', 'in_review', 'approved', 'scheduled', 'returned'],
    to: 'cancelled',
    roles: ['author', 'approver'],
  },
  publish: { from: ['approved'], to: 'publishing', roles: ['author', 'approver'] },
  break_glass: { from: ['draft', 'in_review', 'returned'], to: 'publishing', roles: ['approver'] },
  review: { from: ['publishing', 'published', 'withdrawn'], to: null, roles: ['approver'] },
  correct: { from: ['publishing', 'published'], to: null, roles: ['approver'] },
  withdraw: { from: ['publishing', 'published'], to: 'withdrawn', roles: ['approver'] },
  expire: { from: ['approved'], to: 'in_review', roles: [] },
  launch: { from: ['scheduled'], to: 'publishing', roles: [] },
  complete: { from: ['publishing'], to: 'published', roles: [] },
};

/** What people may do in a state, whoever they are: for the sentence of a refusal. */
export const actsIn = (state: AnnouncementState): readonly AnnouncementAct[] =>
  ANNOUNCEMENT_ACTS.filter((act) => {
    const { from, roles } = ANNOUNCEMENT_MOVES[act];
    return roles.length > 0 && act !== 'review' && from.includes(state);
  });

/** How long an approval holds that was not used at once. */
const APPROVAL_MINUTES = 30;
/** How soon a second person looks at what was published without one. */
export const REVIEW_HOURS = 24;

/** One person's word for exactly one revision. */
export interface Approval {
  readonly by: OfficialId;
  readonly at: Instant;
  readonly revision: number;
  readonly expiresAt: Instant;
}

/** One person published alone, and why; `reviewed` once another has looked. */
export interface BrokenGlass {
  readonly by: OfficialId;
  readonly at: Instant;
  readonly whyNow: string;
  readonly whyAlone: string;
  readonly reviewBy: Instant;
  readonly reviewed: { readonly by: OfficialId; readonly at: Instant; readonly remark: string } | null;
  /** The approvers were reminded. */
  readonly nagged: boolean;
}

/** What an approver approves: any change of it is a new revision. */
export interface AnnouncementContent {
  readonly title: Bilingual;
  readonly message: Bilingual;
  readonly audience: AnnouncementAudience;
  readonly severity: Severity;
  /** Not before; null: as soon as it is approved. */
  readonly scheduledFor: Instant | null;
}

export interface Announcement extends AnnouncementContent {
  readonly id: AnnouncementId;
  readonly agency: AgencyId;
  readonly state: AnnouncementState;
  /** Counts the edits. */
  readonly revision: number;
  /** Counts every change; of two writers at once the one who saw an older version is refused. */
  readonly version: number;
  /** Everyone who wrote a word of it: none of them approves it. */
  readonly authors: readonly OfficialId[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly submittedAt: Instant | null;
  readonly approval: Approval | null;
  /** Why it was returned or rejected. */
  readonly reason: string | null;
  readonly glass: BrokenGlass | null;
  readonly publishedAt: Instant | null;
  readonly notice: { readonly id: NoticeId; readonly code: string } | null;
}

/** The approval of this very revision, as given now. */
export const approvalOf = (revision: number, by: OfficialId, at: Instant): Approval => ({
  by,
  at,
  revision,
  expiresAt: plusSeconds(at, APPROVAL_MINUTES * 60),
});

/** Whether an approval covers the revision at hand and has not run out. */
export const isStanding = ({ approval, revision }: Announcement, now: Instant): boolean =>
  approval !== null && approval.revision === revision && approval.expiresAt > now;

/** Whether a second person's look at what was published alone is overdue. */
export const isReviewOverdue = ({ glass }: Announcement, now: Instant): boolean =>
  glass !== null && glass.reviewed === null && glass.reviewBy <= now;
