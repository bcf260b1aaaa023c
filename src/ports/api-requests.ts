import type { OfficialId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';

/** An answer as it was given, to be given again. */
export interface GivenAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

export type Begun =
  | { readonly kind: 'new' }
  /** The same request, answered before. */
  | { readonly kind: 'answered'; readonly answer: GivenAnswer }
  /** The same request, not answered yet. */
  | { readonly kind: 'under_way' }
  /** The key was used for another request. */
  | { readonly kind: 'other' };

/** Requests that carry a key, so that sending one twice does it once. */
export interface ApiRequests {
  /** Takes a key for a request, or says what became of it. One under way since before `staleBefore` is taken over. */
  begin(
    official: OfficialId,
    key: string,
    fingerprint: string,
    now: Instant,
    staleBefore: Instant,
  ): Promise<Begun>;
  finish(official: OfficialId, key: string, answer: GivenAnswer): Promise<void>;
  /** Frees the key of a request that changed nothing. */
  forget(official: OfficialId, key: string): Promise<void>;
  purge(before: Instant): Promise<number>;
}
