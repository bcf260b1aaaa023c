import { startApp } from './app.ts';
import { CatalogueError } from './config/catalogue.ts';
import { environment } from './config/dotenv.ts';
import { type Config, ConfigError, readConfig } from './config/environment.ts';
import { VERSION } from './core.ts';
import { DatabaseError } from './storage/database-error.ts';
import { ListenError } from './web/server.ts';

/** How long a stop may take before the process leaves anyway, in milliseconds. */
const STOP_MS = 15_000;

try {
  const began = performance.now();
  const config = readConfig(environment());
  for (const warning of config.warnings) console.warn(warning);
  const app = await startApp(config);
  console.log(welcome(config, app.url, performance.now() - began));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), STOP_MS).unref();
      app.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

/** What a person at the terminal needs to know now. */
function welcome(config: Config, url: string, ms: number): string {
  const ready = `Allim ${VERSION} is ready (${(ms / 1000).toFixed(1)} s).`;
  if (!config.sandbox) return `${ready}  ${url}/readyz`;
  return `${ready} No platform token is set, so this is the sandbox.

  Open     ${url}/sandbox
  Ask      as a citizen, on either side: 등본 떼야 하는데 정부24 되나요?
  Declare  as the official, on the right: Government24, outage. Both chats hear it in a few seconds
  Follow   press "다시 되면 알려 주세요" under the answer, then resolve the outage
  Stop     Ctrl+C. ${leftovers(config)}
`;
}

function leftovers({ database }: Config): string {
  return database.kind === 'sqlite'
    ? `Data stays in ${database.path.replace(/^\.\//, '')}; delete it to begin anew`
    : 'Data stays in the PostgreSQL database';
}

/** What went wrong, for whoever started it; only a fault of our own shows its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError)
    return `The environment is not right:\n${error.lines.map((l) => `  ${l}`).join('\n')}\nEvery variable is explained in .env.example.`;
  if (error instanceof CatalogueError)
    return `The catalogue is not right:\n${error.lines.map((l) => `  ${l}`).join('\n')}`;
  if (error instanceof DatabaseError || error instanceof ListenError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
