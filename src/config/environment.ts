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
    readonly botToken: string;
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
  const botToken = values.SLACK_BOT_TOKEN;
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  if (botToken === null || (appToken === null && signingSecret === null)) return null;
  return {
    transport:
      appToken !== null ? { kind: 'socket', appToken } : { kind: 'http', signingSecret: signingSecret ?? '' },
    botToken,
    apiUrl: values.SLACK_API_URL ?? 'https://slack.com/api/',
    ratePerMinute: values.SLACK_RATE_PER_MINUTE ?? 240,
  };
}

/** What one variable asks of another. */
function platformGaps(values: Values, isSet: (name: string) => boolean): string[] {
  const lines: string[] = [];
  const oauth = OAUTH.filter(isSet);
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
  if (isSet('SLACK_BOT_TOKEN') && !isSet('SLACK_SIGNING_SECRET') && !isSet('SLACK_APP_TOKEN')) {
    lines.push(
      'SLACK_SIGNING_SECRET: is missing beside SLACK_BOT_TOKEN. Set it for events over HTTP, or SLACK_APP_TOKEN for Socket Mode',
    );
  }
  const needBotToken = (['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', ...OAUTH] as const).filter(isSet);
  if (needBotToken.length > 0 && !isSet('SLACK_BOT_TOKEN')) {
    const later =
      oauth.length > 0 ? '; many workspaces by OAuth come with a later version, one works now' : '';
    lines.push(
      `SLACK_BOT_TOKEN: is missing beside ${needBotToken.join(', ')}${later}. ${VARIABLES.SLACK_BOT_TOKEN.remedy}`,
    );
  }
  if (oauth.length > 0) {
    for (const name of OAUTH.filter((each) => !isSet(each))) {
      lines.push(`${name}: is missing beside ${oauth.join(', ')}. ${VARIABLES[name].remedy}`);
    }
    if (!isSet('ENCRYPTION_KEY')) {
      lines.push(
        `ENCRYPTION_KEY: is required when ${oauth.join(', ')} ${oauth.length > 1 ? 'are' : 'is'} set. ${VARIABLES.ENCRYPTION_KEY.remedy}`,
      );
    }
  }
  return lines;
}

function warningsOf(env: Environment, isSet: (name: string) => boolean): string[] {
  const warnings: string[] = [];
  const oauth = OAUTH.filter(isSet);
  if (oauth.length > 0) {
    warnings.push(
      `${oauth.join(', ')}: accepted, but installing to many workspaces comes with a later version. The one workspace of SLACK_BOT_TOKEN is served`,
    );
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
