import { createHash } from 'node:crypto';
import { plusSeconds, seoulDay } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import { type Actor, hasRole } from '../domain/official.ts';
import { done, type Outcome, refused } from '../domain/problem.ts';
import type { ChatRef } from '../domain/subscriber.ts';
import { likeness, type QuestionCluster, type UnansweredQuestion } from '../domain/unanswered.ts';
import type { Page } from '../ports/page.ts';
import { type Context, record } from './context.ts';
import { hashOfDay } from './daily-hash.ts';

/** Past so many clusters those asked once and longest ago drop out. */
const MOST_CLUSTERS = 2000;
const MOST_SAMPLES = 3;
/** How many clusters of its kind a question is compared with, the latest first. */
const MOST_COMPARED = 300;
/** Two gists so alike are one question in two spellings. */
const ALIKE = 0.62;

/** How long counts and samples are kept. */
export const QUESTION_DAYS = 90;

/** The day in Seoul so many days before now. */
export const dayBefore = (context: Context, days: number): string =>
  seoulDay(plusSeconds(context.clock.now(), -days * 86_400));

/**
 * Counts a question that was not answered for its cluster, once a person and day.
 * @param question free of personal data: what is given here is stored
 */
export function noteUnanswered(
  context: Context,
  question: UnansweredQuestion,
  by: { readonly chat: ChatRef; readonly person: string | null },
): Promise<'counted' | 'already'> {
  const at = context.clock.now();
  return context.store.transaction(async (tables) => {
    const kin = await tables.questions.alike(question, MOST_COMPARED);
    let nearest = { id: idOf(question), likeness: ALIKE };
    for (const { id, gist } of kin) {
      const close = likeness(gist, question.gist);
      if (close > nearest.likeness) nearest = { id, likeness: close };
    }
    const cluster = nearest.id;
    const who = await hashOfDay(tables, at, by, `question ${cluster}`);
    const counted = await tables.questions.add(
      { ...question, cluster, who, day: seoulDay(at) },
      { clusters: MOST_CLUSTERS, samples: MOST_SAMPLES },
    );
    return counted ? 'counted' : 'already';
  });
}

/** The same for the same words, so that two replicas make one cluster. */
const idOf = ({ language, reason, services, leaning, gist }: UnansweredQuestion): string =>
  `qst_${createHash('sha256')
    .update(JSON.stringify([language, reason, [...services].sort(), leaning, gist]))
    .digest('hex')
    .slice(0, 20)}`;

/** What a reader of unanswered questions may choose. */
export interface QuestionFilter {
  readonly language: Language | null;
  /** `YYYY-MM-DD` in Seoul; null: as long as they are kept. */
  readonly since: string | null;
  readonly limit: number;
  readonly cursor: string | null;
}

/** Clusters of unanswered questions, most people first. For operators; each reading is audited. */
export async function readUnanswered(
  context: Context,
  actor: Actor,
  { language, since, limit, cursor }: QuestionFilter,
): Promise<Outcome<Page<QuestionCluster> & { readonly since: string }>> {
  if (actor.kind === 'official' && !hasRole(actor.official, 'operator')) return refused('forbidden');
  const from = since ?? dayBefore(context, QUESTION_DAYS);
  return context.store.transaction(async (tables) => {
    const page = await tables.questions.list({ language, since: from }, { limit, cursor });
    const read = { language, since: from, clusters: page.items.length };
    await record(tables, context, actor, 'questions.read', 'questions', null, read);
    return done({ ...page, since: from });
  });
}
