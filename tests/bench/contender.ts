/** What one contender makes of a message. */
export interface Said {
  readonly intent: string;
  readonly services: readonly string[];
}

/** One way to understand messages, in one or more settings of which the best is chosen on the development set. */
export interface Contender {
  readonly settings: readonly string[];
  /** Does the work on a message; what comes back says in each setting what it is taken for. */
  read(text: string): Promise<(setting: number) => Said> | ((setting: number) => Said);
}

/** What a contender's own process tells. */
export interface Performance {
  readonly settings: readonly string[];
  /** By setting, then by text. */
  readonly said: readonly (readonly Said[])[];
  readonly startMs: number;
  readonly addedMb: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
