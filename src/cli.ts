import { once } from 'node:events';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ask } from './commands/ask.ts';
import { exportAuditCommand, verifyAuditCommand } from './commands/audit.ts';
import { explain } from './commands/explain.ts';
import { addOfficialCommand, listOfficialsCommand, revokeOfficialCommand } from './commands/official.ts';
import { readTimelineFile, replayInProcess, replayOver } from './commands/replay.ts';
import { review } from './commands/review.ts';
import { understandLines } from './commands/understand.ts';
import { CatalogueError, readCatalogue } from './config/catalogue.ts';
import { environment } from './config/dotenv.ts';
import { ConfigError, readConfig } from './config/environment.ts';
import { type Core, openCore, systemClock, VERSION } from './core.ts';
import { LANGUAGES, type Language } from './domain/language.ts';
import { ROLES, type Role } from './domain/official.ts';
import { createUnderstanding } from './understanding/understand.ts';

const print = (line: string): void => console.log(line);

/** For what may be long: waits while the reader of a pipe is behind. */
const printSteadily = async (line: string): Promise<void> => {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
};

// Whoever reads us may have seen enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

/** Opens what the running program would use, does one thing, and closes it. */
async function withCore<T>(work: (core: Core) => Promise<T>): Promise<T> {
  const core = await openCore(readConfig(environment()), systemClock);
  try {
    return await work(core);
  } finally {
    await core.database.close();
  }
}

/** As `withCore`, for what changes the database: says so when it is the sandbox's, where nobody may look for it. */
async function withDatabase<T>(work: (core: Core) => Promise<T>): Promise<T> {
  const { sandbox, database } = readConfig(environment());
  if (sandbox && database.kind === 'sqlite')
    console.error(`No platform token is set, so this is the database of the sandbox: ${database.path}`);
  return withCore(work);
}

const positive = (text: string): number => {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('a number above 0 is needed');
  return number;
};

const day = (text: string): string => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('a day is needed, as 2026-11-23');
  return text;
};

const page = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('a whole number from 1 is needed');
  return number;
};

const terminalWidth = (): number => process.stdout.columns ?? 100;

interface UnderstandOptions {
  readonly explain?: string;
  readonly review?: boolean;
  readonly lang?: Language;
  readonly since?: string;
  readonly page: number;
  readonly json?: boolean;
}

const program = new Command('allim')
  .description('Allim: whether a government service works')
  .version(VERSION);

program
  .command('ask')
  .description('print the answer a citizen would get')
  .addOption(new Option('--lang <language>', 'language of the chat').choices([...LANGUAGES]))
  .argument('<text...>', 'the question, in Korean or English')
  .action((words: string[], options: { lang?: 'ko' | 'en' }) => {
    const text = words.join(' ').trim();
    if (text === '') throw new UsageError('The question is empty. Write it after ask, in quotation marks.');
    return withCore(async (core) => print(await ask(core, text, options.lang ?? null)));
  });

program
  .command('understand')
  .description(
    'JSON lines in ({"text"} or {"turns":[…]}), JSON lines out: language, intent, services, confidence',
  )
  .option('--explain <text>', 'show why a message is understood as it is')
  .option('--review', 'show what the bot could not answer, by cluster')
  .addOption(new Option('--lang <language>', 'with --review: only this language').choices([...LANGUAGES]))
  .option('--since <day>', 'with --review: from this day on, YYYY-MM-DD', day)
  .option('--page <number>', 'with --review: which page', page, 1)
  .option('--json', 'with --explain or --review: as JSON')
  .action(async (options: UnderstandOptions) => {
    const { review: toReview, lang = null, since = null, json = false } = options;
    if (toReview) {
      const chosen = { language: lang, since, page: options.page, json, width: terminalWidth() };
      return withCore(({ context }) => review(context, chosen, print));
    }
    const catalogue = readCatalogue(readConfig(environment()).catalogueFile);
    if (options.explain !== undefined) {
      explain(catalogue, options.explain, { json, width: terminalWidth() }, print);
      return;
    }
    const parts = { catalogue, understand: createUnderstanding(catalogue) };
    await understandLines(parts, process.stdin, printSteadily);
  });

const official = program.command('official').description('officials and their tokens');
official
  .command('add')
  .description('create an official; prints a link code for chat and an API token, each shown once')
  .requiredOption('--name <name>', 'the name as colleagues know it')
  .requiredOption('--agency <agency>', "an agency's id, or its name in either language")
  .addOption(
    new Option('--role <role...>', 'what the official may do; repeats')
      .choices([...ROLES])
      .makeOptionMandatory(),
  )
  .action((options: { name: string; agency: string; role: Role[] }) =>
    withDatabase((core) =>
      addOfficialCommand(core, { name: options.name, agency: options.agency, roles: options.role }, print),
    ),
  );
official
  .command('list')
  .description('all officials, the revoked ones too')
  .action(() => withDatabase((core) => listOfficialsCommand(core, print)));
official
  .command('revoke <id>')
  .description("end an official's tokens and links")
  .action((id: string) => withDatabase((core) => revokeOfficialCommand(core, id, print)));

program
  .command('catalogue')
  .description('the catalogue of services')
  .command('check [file]')
  .description('validate a catalogue (a file or folder; default: the one in use)')
  .action((file?: string) => {
    const catalogue = readCatalogue(file ?? readConfig(environment()).catalogueFile);
    const { services, agencies, regions } = catalogue;
    print(
      `The catalogue is right. Services: ${services.length}, agencies: ${agencies.length}, regions: ${regions.length}.`,
    );
  });

program
  .command('replay <file>')
  .description("play a timeline of real events through the officials' API")
  .option('--speed <times>', 'against a running bot: how much faster than life', positive, 600)
  .option('--url <url>', 'a running bot; without it a virtual clock runs in this process')
  .option('--token <token>', "an administrator's API token, with --url")
  .action(async (file: string, options: { speed: number; url?: string; token?: string }) => {
    const timeline = readTimelineFile(file);
    if (options.url !== undefined) {
      if (options.token === undefined)
        throw new UsageError("--url needs --token, an administrator's: npm run allim -- official add …");
      await replayOver(timeline, { url: options.url, token: options.token, speed: options.speed }, print);
      return;
    }
    const failed = await replayInProcess(timeline, print);
    if (failed > 0) process.exitCode = 1;
  });

const audit = program
  .command('audit')
  .description('who did what and when, as a chain that cannot be changed unseen');
audit
  .command('verify')
  .description('find the first entry that is not as it was written; exit code 1 when there is one')
  .action(() =>
    withDatabase(async (core) => {
      if (!(await verifyAuditCommand(core, print))) process.exitCode = 1;
    }),
  );
audit
  .command('export')
  .description('every entry as JSON lines, oldest first')
  .action(() => withDatabase((core) => exportAuditCommand(core, printSteadily)));

program
  .command('migrate')
  .description('apply schema migrations; start does it too')
  .action(() => withDatabase(async () => print('The schema is up to date.')));

/** Wrong use that commander cannot see. */
class UsageError extends Error {}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof ConfigError || error instanceof CatalogueError) console.error(error.lines.join('\n'));
  else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
