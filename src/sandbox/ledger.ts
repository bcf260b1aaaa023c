import type { PlatformName } from './platform.ts';

export type LedgerKind =
  | 'message'
  | 'edit'
  | 'delete'
  | 'ephemeral'
  | 'document'
  | 'toast'
  | 'modal'
  | 'home'
  | 'pin'
  /** What the platform itself tells a person when the app does not answer. */
  | 'trouble';

/** One thing a chat was shown by the bot. */
export interface LedgerEntry {
  readonly n: number;
  readonly at: string;
  readonly platform: PlatformName;
  readonly kind: LedgerKind;
  readonly chat: string;
  /** Set when only this person saw it. */
  readonly person: string | null;
  readonly messageId: string | null;
  readonly text: string;
  readonly buttons: readonly string[];
  /** No sound on the person's device. */
  readonly silent: boolean;
}

/** Who got what, when, silent or audible: every message the stand-ins delivered, in order. */
export class Ledger {
  #entries: LedgerEntry[] = [];
  /** The same by chat, since notices to thousands are asked about one by one. */
  #byChat = new Map<string, LedgerEntry[]>();

  record(entry: Omit<LedgerEntry, 'n' | 'at'>): void {
    const recorded = { n: this.#entries.length + 1, at: new Date().toISOString(), ...entry };
    this.#entries.push(recorded);
    const key = `${entry.platform}/${entry.chat}`;
    const chat = this.#byChat.get(key);
    if (chat === undefined) this.#byChat.set(key, [recorded]);
    else chat.push(recorded);
  }

  get all(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** What one chat was shown; with a kind, only that. */
  of(platform: PlatformName, chat: string | number, kind?: LedgerKind): readonly LedgerEntry[] {
    const entries = this.#byChat.get(`${platform}/${chat}`) ?? [];
    return kind === undefined ? entries : entries.filter((entry) => entry.kind === kind);
  }

  clear(): void {
    this.#entries = [];
    this.#byChat.clear();
  }
}
