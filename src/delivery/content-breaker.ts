import type { NoticeId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';

/** So many refusals of one text, none taken in between, and it is tried on nobody else. */
const REFUSALS = 3;

/** Notices whose text a platform refuses: our own mistake, which must not burn an audience. */
export class ContentBreaker {
  readonly #refused = new Map<string, number>();

  taken(notice: NoticeId, language: Language): void {
    this.#refused.delete(`${notice} ${language}`);
  }

  /** True: it has been refused often enough to stop it. */
  refused(notice: NoticeId, language: Language): boolean {
    const key = `${notice} ${language}`;
    const times = (this.#refused.get(key) ?? 0) + 1;
    this.#refused.set(key, times);
    return times >= REFUSALS;
  }
}
