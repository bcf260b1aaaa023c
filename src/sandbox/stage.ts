import type { ServerResponse } from 'node:http';
import type { Cast } from './cast.ts';
import type { Changes } from './changes.ts';
import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Slack } from './slack/slack.ts';
import type { Telegram } from './telegram/telegram.ts';
import type { Violations } from './violations.ts';

/** Everything the doors lead to. */
export interface Stage {
  readonly telegram: Telegram;
  readonly slack: Slack;
  readonly cast: Cast;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly violations: Violations;
  readonly changes: Changes;
}

export interface StageDoor {
  readonly officialToken: string | null;
  readonly apiBase: string;
  readonly reset: () => void;
  readonly now: () => number;
}

/** What node-server hands along with a request; with it a connection can be broken for real. */
export interface Connection {
  readonly outgoing?: ServerResponse;
}
