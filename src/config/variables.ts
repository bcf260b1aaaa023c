import { z } from 'zod';
import { formatQuietHours, parseQuietHours } from '../domain/quiet-hours.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a variable has to look like, and what to do when it does not. */
interface Rule<T> {
  /** From the trimmed text to its value; a refusal needs no message of its own. */
  readonly schema: z.ZodType<T, string>;
  /** Completes "NAME: must be …". */
  readonly must: string;
  readonly remedy: string;
  /** Its value is never shown, not even a wrong one. */
  readonly secret?: true;
}

const rule = <T>(
  schema: z.ZodType<T, string>,
  must: string,
  remedy: string,
  more: { secret?: true } = {},
): Rule<T> => ({ schema, must, remedy, ...more });

const wholeNumber = (least: number, most: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most));

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

const httpUrl = (allowed: (url: URL) => boolean) =>
  z
    .string()
    .refine((text) => URL.canParse(text))
    .transform((text) => new URL(text))
    .refine((url) => /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && allowed(url))
    .refine((url) => url.username === '' && url.password === '');

const withoutSlash = (url: URL): string => url.href.replace(/\/+$/, '');

const quietHours = z.string().transform((text, context) => {
  const read = parseQuietHours(text);
  if (read !== undefined) return formatQuietHours(read);
  context.addIssue({ code: 'custom' });
  return z.NEVER;
});

const database = z.union([
  z
    .string()
    .regex(/^sqlite:(?!\/\/\/?$)./)
    .transform((text) => ({ kind: 'sqlite' as const, path: text.slice('sqlite:'.length) })),
  z
    .string()
    .regex(/^postgres(ql)?:\/\/./)
    .refine((text) => URL.canParse(text))
    .transform((url) => ({ kind: 'postgres' as const, url })),
]);

const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');
const text = z.string();

/** Every variable that the program reads. `.env.example` says the same to people. */
export const VARIABLES = {
  DATABASE_URL: rule(
    database,
    'sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME',
    'Set it to sqlite:./data/allim.db or to the address of a PostgreSQL database',
    { secret: true },
  ),
  HOST: rule(
    text.regex(/^[\w.:[\]-]+$/).transform((host) => host.replace(/^\[|\]$/g, '')),
    'a host name or an IP address to listen on',
    'Set it to 127.0.0.1, or to 0.0.0.0 to be reached from outside',
  ),
  PORT: rule(wholeNumber(0, 65535), 'a whole number from 0 to 65535', 'Set it to a free port such as 8080'),
  PUBLIC_URL: rule(
    httpUrl((url) => url.protocol === 'https:' || isLoopback(url.hostname)).transform(withoutSlash),
    'an https address (http only on loopback) without query or password',
    'Set it to the address at which the platforms reach this server, such as https://allim.example.go.kr',
  ),
  TELEGRAM_BOT_TOKEN: rule(
    text.regex(/^\d+:[A-Za-z0-9_-]+$/),
    'a token such as 123456789:AA…',
    'Copy it from @BotFather, whole and without quotes',
    { secret: true },
  ),
  TELEGRAM_API_ROOT: rule(
    httpUrl(() => true).transform(withoutSlash),
    'an http or https address',
    'Leave it out for https://api.telegram.org, or set it to the root of your own Bot API server',
  ),
  TELEGRAM_MODE: rule(
    z.enum(['polling', 'webhook']),
    'polling or webhook',
    'Set it to one of the two, or leave it out: webhook with PUBLIC_URL, else polling',
  ),
  TELEGRAM_WEBHOOK_SECRET: rule(
    text.regex(/^[A-Za-z0-9_-]{1,256}$/),
    '1 to 256 letters, digits, _ or -',
    'Leave it out: it is then derived from the token',
    { secret: true },
  ),
  TELEGRAM_RATE: rule(
    wholeNumber(1, 1000),
    'a whole number from 1 to 1000',
    'Leave it out for 30 messages a second',
  ),
  TELEGRAM_PAID_BROADCAST: rule(
    yesOrNo,
    'true or false',
    'Set it to true only if the bot pays Telegram for more than 30 messages a second',
  ),
  SLACK_BOT_TOKEN: rule(
    text.regex(/^xoxb-[A-Za-z0-9-]+$/),
    'a bot token that begins with xoxb-',
    'Copy “Bot User OAuth Token” from OAuth & Permissions of your Slack app',
    { secret: true },
  ),
  SLACK_SIGNING_SECRET: rule(
    text.regex(/^[^\s"']+$/),
    'the signing secret of the app, without quotes or spaces',
    'Copy “Signing Secret” from Basic Information of your Slack app',
    { secret: true },
  ),
  SLACK_APP_TOKEN: rule(
    text.regex(/^xapp-[A-Za-z0-9-]+$/),
    'an app-level token that begins with xapp-',
    'Make one with the scope connections:write in Basic Information of your Slack app',
    { secret: true },
  ),
  SLACK_CLIENT_ID: rule(text, 'the client id of the app', 'Copy it from Basic Information of your Slack app'),
  SLACK_CLIENT_SECRET: rule(text, 'the client secret of the app', 'Copy it from Basic Information', {
    secret: true,
  }),
  SLACK_STATE_SECRET: rule(text, 'a random text', 'Make one with: openssl rand -hex 32', { secret: true }),
  SLACK_API_URL: rule(
    httpUrl(() => true).transform((url) => `${withoutSlash(url)}/`),
    'an http or https address',
    'Leave it out for https://slack.com/api/',
  ),
  SLACK_RATE_PER_MINUTE: rule(
    wholeNumber(1, 6000),
    'a whole number from 1 to 6000',
    'Leave it out for 240 messages a minute in a workspace',
  ),
  QUIET_HOURS: rule(
    quietHours,
    'two different times such as 21:00-08:00, or off',
    'Set it so, or leave it out for 21:00-08:00',
  ),
  OUTAGE_HOLD_SECONDS: rule(
    wholeNumber(0, 600),
    'a whole number of seconds from 0 to 600',
    'Leave it out for 10',
  ),
  CATALOGUE_FILE: rule(
    text,
    'the path of a file or folder',
    'Leave it out for the catalogue that comes along',
  ),
  PROBES_FILE: rule(text, 'the path of a file', 'Leave it out to watch no service by HTTP'),
  ENCRYPTION_KEY: rule(
    text.min(32),
    'a random text of at least 32 characters',
    'Make one with: openssl rand -base64 32',
    { secret: true },
  ),
  ENCRYPTION_KEY_PREVIOUS: rule(
    text.min(32),
    'the ENCRYPTION_KEY before the present one',
    'Leave it out unless the key was changed; one start with both is enough',
    { secret: true },
  ),
  LOG_LEVEL: rule(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'trace, debug, info, warn, error, fatal or silent',
    'Leave it out for info',
  ),
} as const;

type VariableName = keyof typeof VARIABLES;
type ValueOf<N extends VariableName> = (typeof VARIABLES)[N] extends Rule<infer T> ? T : never;
export type Values = { readonly [N in VariableName]: ValueOf<N> | null };

/** Reads all variables; an empty one counts as absent. Each wrong one gives one line, and null as its value. */
export function readVariables(env: Environment): { values: Values; lines: string[] } {
  const lines: string[] = [];
  const entries = Object.entries<Rule<unknown>>(VARIABLES).map(([name, { schema, must, remedy, secret }]) => {
    const given = env[name]?.trim() ?? '';
    if (given === '') return [name, null];
    const read = schema.safeParse(given);
    if (read.success) return [name, read.data];
    lines.push(`${name}: must be ${must}${secret ? '' : `, got “${shown(given)}”`}. ${remedy}`);
    return [name, null];
  });
  return { values: Object.fromEntries(entries) as Values, lines };
}

/** Enough of a wrong value to recognise it, on one line; a password inside an address is left out. */
const shown = (value: string): string => {
  const plain = value.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').replace(/\/\/[^/@\s]*@/g, '//…@');
  return plain.length > 60 ? `${plain.slice(0, 57)}…` : plain;
};
