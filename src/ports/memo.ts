/**
 * What has a life time: dialog sessions, look-up caches. Losing an entry costs a repeated question, never a notice.
 * Values are JSON. Namespaced by whoever makes it.
 */
export interface Memo<T> {
  get(key: string): Promise<T | undefined>;
  /** @param ttlSeconds how long it lives */
  set(key: string, value: T, ttlSeconds: number): Promise<void>;
  delete(key: string): Promise<void>;
}

export type MemoOf = <T>(namespace: string) => Memo<T>;
