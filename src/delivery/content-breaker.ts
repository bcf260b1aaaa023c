import type { NoticeId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';

/** So many refusals of one text, none taken in between, and it is tried on nobody else. */
const REFUSALS = 3;

/** Notices whose text a platform refuses: our own mistake, which must not burn an audience. Times are of a steady clock. */
export class ContentBreaker {
  readonly #refused = new Map<string, number>();
  readonly #stoppedMs = new Map<string, number>();

  taken(notice: NoticeId, language: Language): void {
    this.#refused.delete(keyOf(notice, language));
  }

  /** True: it has been refused often enough to stop it. */
  refused(notice: NoticeId, language: Language, nowMs: number): boolean {
    const key = keyOf(notice, language);
    const times = (this.#refused.get(key) ?? 0) + 1;
    this.#refused.set(key, times);
    if (times >= REFUSALS) this.#stoppedMs.set(key, nowMs);
    return times >= REFUSALS;
  }

  /** Whether what was claimed then must not be tried any more. An official may have let it go on since. */
  wasStoppedSince(ms: number, notice: NoticeId, language: Language): boolean {
    return (this.#stoppedMs.get(keyOf(notice, language)) ?? Number.NEGATIVE_INFINITY) >= ms;
  }
}

const keyOf = (notice: NoticeId, language: Language): string => `${notice} ${language}`;
