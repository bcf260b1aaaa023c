import type { Language } from '../domain/language.ts';
import type { QuestionCluster, UnansweredQuestion } from '../domain/unanswered.ts';
import type { Page, PageRequest } from './page.ts';

/** Questions that were not answered, counted by cluster and day. Nothing here leads to a chat or a person. */
export interface Questions {
  /** Clusters of the same language, reason, services and leaning, the latest first: candidates for a new spelling. */
  alike(
    question: Pick<UnansweredQuestion, 'language' | 'reason' | 'services' | 'leaning'>,
    limit: number,
  ): Promise<readonly Pick<QuestionCluster, 'id' | 'gist'>[]>;
  /**
   * Counts the question for its cluster, once a person and day, and keeps its sample among the newest `samples`.
   * Makes the cluster when there is none; past `clusters` of them, those asked once and longest ago drop out.
   * False when this person was counted today.
   * @param who a keyed hash that changes daily; day `YYYY-MM-DD` in Seoul
   */
  add(
    question: UnansweredQuestion & { readonly cluster: string; readonly who: string; readonly day: string },
    most: { readonly clusters: number; readonly samples: number },
  ): Promise<boolean>;
  /** By people since that day, most first. */
  list(
    filter: { readonly language: Language | null; readonly since: string },
    page: PageRequest,
  ): Promise<Page<QuestionCluster>>;
  /** Forgets days and samples from before `day`, and who asked before `today`. Returns how many days' counts. */
  purge(day: string, today: string): Promise<number>;
}
