import type { Config } from '../../src/config/environment.ts';
import { openCore, systemClock } from '../../src/core.ts';
import { addOfficial } from '../../src/operations/officials.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { until } from '../support/program.ts';

/** What a declaration and an update answer. */
export interface Declared {
  readonly id: string;
  readonly notice: { readonly id: string; readonly code: string };
}

/** A request to the officials' API. @throws Error with the problem that it answered */
export type Api = <T = Declared>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T>;

export const apiOf =
  (base: string, token: string): Api =>
  async <T>(method: 'GET' | 'POST', path: string, body?: unknown) => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer as T;
  };

/** How far a notice has come. */
export interface Progress {
  readonly audience: number;
  readonly deliveries: Readonly<Record<string, number>>;
  readonly resent: number;
  readonly finishedAt: string | null;
}

/** Waits until nothing of a notice is under way. */
export const finished = (api: Api, notice: string, ms = 20_000): Promise<Progress> =>
  until(
    `the end of notice ${notice}`,
    async () => {
      const progress = await api<Progress>('GET', `/notices/${notice}`);
      return progress.finishedAt === null ? null : progress;
    },
    ms,
  );

/** Creates an administrator in a database that nothing runs on yet. @returns the API token */
export async function administrator(config: Config, clock: Clock = systemClock): Promise<string> {
  const core = await openCore(config, clock);
  const added = await addOfficial(
    core.context,
    { kind: 'console' },
    { name: '시험 담당자', agency: 'mois', roles: ['administrator'] },
  );
  await core.database.close();
  if (!added.ok) throw new Error(added.problem.code);
  return added.value.token;
}
