import { createHmac } from 'node:crypto';
import { type Environment, isLoopback, readVariables, VARIABLES, type Values } from './variables.ts';

/** All settings, parsed once. */
export interface Config {
  readonly database:
    | { readonly kind: 'sqlite'; readonly path: string }
    | { readonly kind: 'postgres'; readonly url: string };
  readonly web: { readonly host: string; readonly port: number; readonly publicUrl: string | null };
  readonly telegram: null | {
    readonly token: string;
    readonly apiRoot: string;
    readonly mode: 'polling' | 'webhook';
    readonly webhookSecret: string;
    readonly ratePerSecond: number;
    readonly paidBroadcast: boolean;
  };
  readonly slack: null | {
    readonly transport:
      | { readonly kind: 'http'; readonly signingSecret: string }
      | { readonly kind: 'socket'; readonly appToken: string };
    /** Of the one workspace; null with `oauth`. */
    readonly botToken: string | null;
    /** Many workspaces, by installation. */
    readonly oauth?: {
      readonly clientId: string;
      readonly clientSecret: string;
      readonly stateSecret: string;
      /** The first locks tokens away; the others only open what they locked. */
      readonly encryptionKeys: readonly [string, ...string[]];
      readonly publicUrl: string;
    };
    readonly apiUrl: string;
    readonly ratePerMinute: number;
  };
  /** No credential of a platform is set: local stand-ins take their place. */
  readonly sandbox: boolean;
  /** `21:00-08:00` or `off`. */
  readonly quietHours: string;
  readonly outageHoldSeconds: number;
  readonly catalogueFile: string | null;
  readonly probesFile: string | null;
  readonly encryptionKey: string | null;
  readonly logLevel: string;
  /** What is legal but probably not meant, one line a variable; to be shown at the start. */
  readonly warnings: readonly string[];
}

/** One or more settings are wrong. `lines` has one for each: what is wrong, and the remedy. */
export class ConfigError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/** Any of these set means the real platforms. */
const CREDENTIALS = [
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
] as const;
const OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;

const FREE_RATE = 30;

/** @throws ConfigError naming every variable that is wrong or missing; no secret is ever part of it */
export function readConfig(env: Environment): Config {
  const { values, lines } = readVariables(env);
  // Judged on what was written, not on what was understood: a mistyped token must not open the sandbox.
  const isSet = (name: string): boolean => (env[name]?.trim() ?? '') !== '';
  const sandbox = !CREDENTIALS.some(isSet);
  lines.push(
    ...platformGaps(values, isSet),
    ...(sandbox && values.HOST !== null && !isLoopback(values.HOST)
      ? [
          `HOST: the sandbox listens on loopback only, got “${values.HOST}”. Set it to 127.0.0.1, or set the tokens of a platform`,
        ]
      : []),
  );
  if (lines.length > 0) throw new ConfigError(lines);
  return {
    database: values.DATABASE_URL ?? {
      kind: 'sqlite',
      path: sandbox ? './data/sandbox.db' : './data/allim.db',
    },
    web: { host: values.HOST ?? '127.0.0.1', port: values.PORT ?? 8080, publicUrl: values.PUBLIC_URL },
    telegram: telegramOf(values),
    slack: slackOf(values),
    sandbox,
    quietHours: values.QUIET_HOURS ?? (sandbox ? 'off' : '21:00-08:00'),
    outageHoldSeconds: values.OUTAGE_HOLD_SECONDS ?? (sandbox ? 3 : 10),
    catalogueFile: values.CATALOGUE_FILE,
    probesFile: values.PROBES_FILE,
    encryptionKey: values.ENCRYPTION_KEY,
    logLevel: values.LOG_LEVEL ?? 'info',
    warnings: warningsOf(env, isSet),
  };
}

function telegramOf(values: Values): Config['telegram'] {
  const token = values.TELEGRAM_BOT_TOKEN;
  if (token === null) return null;
  return {
    token,
    apiRoot: values.TELEGRAM_API_ROOT ?? 'https://api.telegram.org',
    mode: values.TELEGRAM_MODE ?? (values.PUBLIC_URL === null ? 'polling' : 'webhook'),
    webhookSecret:
      values.TELEGRAM_WEBHOOK_SECRET ??
      createHmac('sha256', token).update('allim telegram webhook').digest('base64url'),
    ratePerSecond: values.TELEGRAM_RATE ?? FREE_RATE,
    paidBroadcast: values.TELEGRAM_PAID_BROADCAST ?? false,
  };
}

function slackOf(values: Values): Config['slack'] {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = values;
  const oauth = oauthOf(values);
  if ((botToken === null && oauth === null) || (appToken === null && signingSecret === null)) return null;
  return {
    transport:
      appToken !== null ? { kind: 'socket', appToken } : { kind: 'http', signingSecret: signingSecret ?? '' },
    botToken,
    ...(oauth === null ? {} : { oauth }),
    apiUrl: values.SLACK_API_URL ?? 'https://slack.com/api/',
    ratePerMinute: values.SLACK_RATE_PER_MINUTE ?? 240,
  };
}

/** Null unless all of it is there; what is missing is told by the gaps. */
function oauthOf(values: Values): NonNullable<NonNullable<Config['slack']>['oauth']> | null {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = values;
  const { SLACK_STATE_SECRET: stateSecret, ENCRYPTION_KEY: key, PUBLIC_URL: publicUrl } = values;
  if (clientId === null || clientSecret === null || stateSecret === null) return null;
  if (key === null || publicUrl === null) return null;
  const previous = values.ENCRYPTION_KEY_PREVIOUS;
  const encryptionKeys: [string, ...string[]] = previous === null ? [key] : [key, previous];
  return { clientId, clientSecret, stateSecret, encryptionKeys, publicUrl };
}

/** What one variable asks of another. */
function platformGaps(values: Values, isSet: (name: string) => boolean): string[] {
  const lines: string[] = [];
  if (isSet('TELEGRAM_WEBHOOK_SECRET') && !isSet('TELEGRAM_BOT_TOKEN')) {
    lines.push(
      `TELEGRAM_BOT_TOKEN: is missing beside TELEGRAM_WEBHOOK_SECRET. ${VARIABLES.TELEGRAM_BOT_TOKEN.remedy}`,
    );
  }
  if (values.TELEGRAM_MODE === 'webhook' && isSet('TELEGRAM_BOT_TOKEN') && !isSet('PUBLIC_URL')) {
    lines.push(
      'TELEGRAM_MODE: webhook needs PUBLIC_URL, which is missing. Set PUBLIC_URL, or TELEGRAM_MODE to polling',
    );
  }
  if ((values.TELEGRAM_RATE ?? 0) > FREE_RATE && values.TELEGRAM_PAID_BROADCAST !== true) {
    lines.push(
      `TELEGRAM_RATE: more than ${FREE_RATE} a second is a paid broadcast, got “${values.TELEGRAM_RATE}”. Set it to at most ${FREE_RATE}, or TELEGRAM_PAID_BROADCAST to true`,
    );
  }
  lines.push(...slackGaps(isSet));
  return lines;
}

/** One workspace needs a bot token, many need an app that people can install; not both at once. */
function slackGaps(isSet: (name: string) => boolean): string[] {
  const lines: string[] = [];
  const oauth = OAUTH.filter(isSet);
  const doors = (['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'] as const).filter(isSet);
  const beside = oauth.length > 0 ? oauth : (['SLACK_BOT_TOKEN'] as const).filter(isSet);
  if (doors.length === 0 && beside.length > 0) {
    lines.push(
      `SLACK_SIGNING_SECRET: is missing beside ${beside.join(', ')}. Set it for events over HTTP, or SLACK_APP_TOKEN for Socket Mode`,
    );
  }
  if (oauth.length === 0) {
    if (doors.length > 0 && !isSet('SLACK_BOT_TOKEN')) {
      lines.push(
        `SLACK_BOT_TOKEN: is missing beside ${doors.join(', ')}. ${VARIABLES.SLACK_BOT_TOKEN.remedy}; for many workspaces set ${OAUTH.join(', ')} instead`,
      );
    }
    return lines;
  }
  if (isSet('SLACK_BOT_TOKEN')) {
    lines.push(
      `SLACK_BOT_TOKEN: is for one workspace, but ${oauth.join(', ')} ${oauth.length > 1 ? 'are' : 'is'} set, which is for many. Remove it, and install the app at PUBLIC_URL/slack/install; or remove the others`,
    );
  }
  for (const name of OAUTH.filter((each) => !isSet(each))) {
    lines.push(`${name}: is missing beside ${oauth.join(', ')}. ${VARIABLES[name].remedy}`);
  }
  for (const name of ['ENCRYPTION_KEY', 'PUBLIC_URL'] as const) {
    if (!isSet(name)) {
      lines.push(
        `${name}: is required when ${oauth.join(', ')} ${oauth.length > 1 ? 'are' : 'is'} set. ${VARIABLES[name].remedy}`,
      );
    }
  }
  return lines;
}

function warningsOf(env: Environment, isSet: (name: string) => boolean): string[] {
  const warnings: string[] = [];
  if (isSet('ENCRYPTION_KEY_PREVIOUS') && !isSet('ENCRYPTION_KEY')) {
    warnings.push('ENCRYPTION_KEY_PREVIOUS: not used without ENCRYPTION_KEY');
  }
  if (isSet('SLACK_APP_TOKEN') && isSet('SLACK_SIGNING_SECRET')) {
    warnings.push('SLACK_SIGNING_SECRET: not used, since SLACK_APP_TOKEN turns Socket Mode on');
  }
  // TELEGRAM_TOKEN instead of TELEGRAM_BOT_TOKEN would otherwise start the sandbox without a word.
  for (const name of Object.keys(env).filter(isSet)) {
    if (!/^(TELEGRAM|SLACK)_/.test(name) || Object.hasOwn(VARIABLES, name)) continue;
    const known = Object.keys(VARIABLES).filter((each) => each.startsWith(name.split('_')[0] ?? ''));
    warnings.push(`${name}: not a variable of this program. It reads ${known.join(', ')}`);
  }
  return warnings;
}
