import type { PlatformName } from './platform.ts';

/** What the page is told of, as it happens. */
export type Change =
  | { readonly kind: 'conversation'; readonly platform: PlatformName; readonly id: string }
  | { readonly kind: 'typing'; readonly platform: PlatformName; readonly id: string }
  | {
      readonly kind: 'toast';
      readonly platform: PlatformName;
      readonly person: string;
      readonly text: string;
      readonly alert: boolean;
    }
  /** A person's own surface changed: modal, App Home. */
  | { readonly kind: 'person'; readonly platform: 'slack'; readonly id: string }
  | { readonly kind: 'reset' };

/** Tells listeners of changes; a listener that throws is the listener's own affair. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
