import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config/environment.ts';
import { VARIABLES } from '../../src/config/variables.ts';

type Env = Record<string, string | undefined>;

/** The lines that a wrong environment gives. */
const linesOf = (env: Env): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
};

const TELEGRAM = { TELEGRAM_BOT_TOKEN: '123456789:AAsecretsecretsecretsecretsecret_-1' };
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1-2-secretsecret', SLACK_SIGNING_SECRET: 'deadbeefdeadbeef' };

describe('with nothing set', () => {
  it('it is the sandbox, on loopback, with its own database, no quiet hours and a short hold', () => {
    expect(readConfig({})).toEqual({
      database: { kind: 'sqlite', path: './data/sandbox.db' },
      web: { host: '127.0.0.1', port: 8080, publicUrl: null },
      telegram: null,
      slack: null,
      sandbox: true,
      quietHours: 'off',
      outageHoldSeconds: 3,
      catalogueFile: null,
      probesFile: null,
      encryptionKey: null,
      logLevel: 'info',
      warnings: [],
    });
  });

  it('an empty variable counts as not set', () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: '', SLACK_BOT_TOKEN: '  ', PORT: '' })).toEqual(readConfig({}));
  });

  it('settings of a platform that are no credentials leave it the sandbox', () => {
    const env = { TELEGRAM_API_ROOT: 'http://127.0.0.1:1/x', TELEGRAM_RATE: '5', SLACK_RATE_PER_MINUTE: '9' };
    expect(readConfig(env).sandbox).toBe(true);
  });
});

describe('the sandbox', () => {
  it.each(['0.0.0.0', '192.168.0.7', '::', 'example.go.kr', '127.evil.example'])(
    'refuses to listen on %s',
    (HOST) => {
      expect(linesOf({ HOST })).toEqual([
        expect.stringMatching(/^HOST: the sandbox listens on loopback only/),
      ]);
    },
  );

  it.each(['127.0.0.1', '127.1.2.3', '::1', '[::1]', 'localhost'])('listens on %s', (HOST) => {
    expect(readConfig({ HOST }).sandbox).toBe(true);
  });

  it('is not opened by a mistyped token', () => {
    expect(linesOf({ TELEGRAM_BOT_TOKEN: 'nonsense' })).toHaveLength(1);
    expect(linesOf({ SLACK_BOT_TOKEN: 'xoxb-1', HOST: '0.0.0.0' })).toEqual([
      expect.stringMatching(/^SLACK_SIGNING_SECRET/),
    ]);
    expect(linesOf({ TELEGRAM_BOT_TOKEN: 'nonsense', HOST: '0.0.0.0' })).toHaveLength(1);
  });
});

describe('with tokens', () => {
  it('it is live, with the defaults of a real service', () => {
    const config = readConfig({ ...TELEGRAM, ...SLACK });
    expect(config).toMatchObject({
      sandbox: false,
      database: { kind: 'sqlite', path: './data/allim.db' },
      quietHours: '21:00-08:00',
      outageHoldSeconds: 10,
      telegram: {
        token: TELEGRAM.TELEGRAM_BOT_TOKEN,
        apiRoot: 'https://api.telegram.org',
        mode: 'polling',
        ratePerSecond: 30,
        paidBroadcast: false,
      },
      slack: {
        transport: { kind: 'http', signingSecret: SLACK.SLACK_SIGNING_SECRET },
        botToken: SLACK.SLACK_BOT_TOKEN,
        apiUrl: 'https://slack.com/api/',
        ratePerMinute: 240,
      },
    });
  });

  it('one platform alone is enough', () => {
    expect(readConfig(TELEGRAM)).toMatchObject({ sandbox: false, slack: null });
    expect(readConfig(SLACK)).toMatchObject({ sandbox: false, telegram: null });
  });

  it('may listen anywhere', () => {
    expect(readConfig({ ...TELEGRAM, HOST: '0.0.0.0' }).web.host).toBe('0.0.0.0');
  });
});

describe('Telegram', () => {
  const telegram = (env: Env) => readConfig({ ...TELEGRAM, ...env }).telegram;

  it('uses the webhook with PUBLIC_URL unless told otherwise', () => {
    expect(telegram({ PUBLIC_URL: 'https://allim.example.go.kr/' })?.mode).toBe('webhook');
    expect(telegram({ PUBLIC_URL: 'https://allim.example.go.kr', TELEGRAM_MODE: 'polling' })?.mode).toBe(
      'polling',
    );
    expect(linesOf({ ...TELEGRAM, TELEGRAM_MODE: 'webhook' })).toEqual([
      expect.stringMatching(/^TELEGRAM_MODE: webhook needs PUBLIC_URL.*Set PUBLIC_URL/),
    ]);
  });

  it('derives the webhook secret from the token: stable, different for another token, not the token', () => {
    const secret = telegram({})?.webhookSecret ?? '';
    expect(secret).toMatch(/^[A-Za-z0-9_-]{32,256}$/);
    expect(telegram({})?.webhookSecret).toBe(secret);
    expect(telegram({ TELEGRAM_BOT_TOKEN: '1:other' })?.webhookSecret).not.toBe(secret);
    expect(telegram({ TELEGRAM_WEBHOOK_SECRET: 'my_own-1' })?.webhookSecret).toBe('my_own-1');
  });

  it('needs its token beside a webhook secret', () => {
    expect(linesOf({ TELEGRAM_WEBHOOK_SECRET: 'my_own' })).toEqual([
      expect.stringMatching(/^TELEGRAM_BOT_TOKEN: is missing beside TELEGRAM_WEBHOOK_SECRET.*BotFather/),
    ]);
  });

  it('goes beyond 30 a second only when that is paid for', () => {
    expect(linesOf({ ...TELEGRAM, TELEGRAM_RATE: '31' })).toEqual([
      expect.stringContaining('TELEGRAM_PAID_BROADCAST to true'),
    ]);
    expect(telegram({ TELEGRAM_RATE: '1000', TELEGRAM_PAID_BROADCAST: 'true' })).toMatchObject({
      ratePerSecond: 1000,
      paidBroadcast: true,
    });
  });

  it('takes another API root, without its last slash', () => {
    expect(telegram({ TELEGRAM_API_ROOT: 'http://127.0.0.1:9/sandbox/telegram/' })?.apiRoot).toBe(
      'http://127.0.0.1:9/sandbox/telegram',
    );
  });
});

describe('Slack', () => {
  const bot = { SLACK_BOT_TOKEN: SLACK.SLACK_BOT_TOKEN };

  it('prefers Socket Mode when there is an app token, and says that the signing secret is idle', () => {
    const config = readConfig({ ...SLACK, SLACK_APP_TOKEN: 'xapp-1-A-2-secret' });
    expect(config.slack?.transport).toEqual({ kind: 'socket', appToken: 'xapp-1-A-2-secret' });
    expect(config.warnings).toEqual([expect.stringMatching(/^SLACK_SIGNING_SECRET: not used/)]);
  });

  it('explains a bot token that stands alone', () => {
    expect(linesOf(bot)).toEqual([
      expect.stringMatching(/^SLACK_SIGNING_SECRET: is missing beside SLACK_BOT_TOKEN.*SLACK_APP_TOKEN/),
    ]);
  });

  it.each(['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'])('explains a %s that stands alone', (name) => {
    expect(linesOf({ [name]: 'xapp-1-secretsecret' })).toEqual([
      expect.stringMatching(new RegExp(`^SLACK_BOT_TOKEN: is missing beside ${name}`)),
    ]);
  });

  it('gives its API root one last slash', () => {
    for (const SLACK_API_URL of ['http://127.0.0.1:9/slack/api', 'http://127.0.0.1:9/slack/api/']) {
      expect(readConfig({ ...SLACK, SLACK_API_URL }).slack?.apiUrl).toBe('http://127.0.0.1:9/slack/api/');
    }
  });

  const oauth = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'hushhush', SLACK_STATE_SECRET: 'hushhush' };

  const { SLACK_BOT_TOKEN: _, ...door } = SLACK;
  const PUBLIC_URL = 'https://allim.example.go.kr';
  const KEY = 'k'.repeat(32);

  it('takes many workspaces by OAuth in place of one by token', () => {
    const config = readConfig({ ...door, ...oauth, PUBLIC_URL, ENCRYPTION_KEY: KEY });
    expect(config.slack).toMatchObject({
      botToken: null,
      oauth: {
        clientId: '1.2',
        clientSecret: 'hushhush',
        stateSecret: 'hushhush',
        encryptionKeys: [KEY],
        publicUrl: PUBLIC_URL,
      },
    });
    expect(config.warnings).toEqual([]);
  });

  it('keeps the encryption key before the present one, for what it locked away', () => {
    const keys = { ENCRYPTION_KEY: KEY, ENCRYPTION_KEY_PREVIOUS: 'p'.repeat(32) };
    const config = readConfig({ ...door, ...oauth, PUBLIC_URL, ...keys });
    expect(config.slack?.oauth?.encryptionKeys).toEqual([KEY, 'p'.repeat(32)]);
    expect(readConfig({ ...SLACK, ENCRYPTION_KEY_PREVIOUS: KEY }).warnings).toEqual([
      expect.stringMatching(/^ENCRYPTION_KEY_PREVIOUS: not used/),
    ]);
  });

  it('asks for all that OAuth needs', () => {
    expect(linesOf({ SLACK_CLIENT_ID: '1.2' })).toEqual([
      expect.stringMatching(/^SLACK_SIGNING_SECRET: is missing beside SLACK_CLIENT_ID/),
      expect.stringMatching(/^SLACK_CLIENT_SECRET: is missing/),
      expect.stringMatching(/^SLACK_STATE_SECRET: is missing/),
      expect.stringMatching(/^ENCRYPTION_KEY: is required when SLACK_CLIENT_ID is set.*openssl/),
      expect.stringMatching(/^PUBLIC_URL: is required when SLACK_CLIENT_ID is set.*https/),
    ]);
  });

  it('refuses a bot token beside OAuth, since it would serve nobody', () => {
    expect(linesOf({ ...SLACK, ...oauth, PUBLIC_URL, ENCRYPTION_KEY: KEY })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN: is for one workspace.*Remove it/),
    ]);
  });
});

describe('a wrong value', () => {
  it.each<[string, string]>([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '8080.5'],
    ['PUBLIC_URL', 'http://allim.example.go.kr'],
    ['PUBLIC_URL', 'allim.example.go.kr'],
    ['PUBLIC_URL', 'https://allim.example.go.kr/?x=1'],
    ['PUBLIC_URL', 'ftp://127.0.0.1'],
    ['DATABASE_URL', 'mysql://localhost/allim'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', './data/allim.db'],
    ['TELEGRAM_MODE', 'pull'],
    ['TELEGRAM_RATE', '0'],
    ['TELEGRAM_PAID_BROADCAST', 'yes'],
    ['TELEGRAM_WEBHOOK_SECRET', 'two words'],
    ['TELEGRAM_API_ROOT', 'api.telegram.org'],
    ['SLACK_BOT_TOKEN', 'xoxp-1'],
    ['SLACK_APP_TOKEN', 'xoxb-1'],
    ['SLACK_SIGNING_SECRET', '"quoted"'],
    ['SLACK_RATE_PER_MINUTE', 'many'],
    ['QUIET_HOURS', '21-08'],
    ['QUIET_HOURS', '25:00-08:00'],
    ['QUIET_HOURS', '21:00-21:00'],
    ['OUTAGE_HOLD_SECONDS', '-3'],
    ['OUTAGE_HOLD_SECONDS', '1e9'],
    ['ENCRYPTION_KEY', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['HOST', 'http://127.0.0.1'],
  ])('of %s, %j, gives one line with the name, the problem and the remedy', (name, value) => {
    const lines = linesOf({ ...TELEGRAM, ...SLACK, [name]: value });
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${name}: must be .+\\. [A-Z].+$`, 'u'))]);
  });

  it('does not hide another: all are told at once, one line each', () => {
    const lines = linesOf({ PORT: 'x', LOG_LEVEL: 'x', QUIET_HOURS: 'x', SLACK_BOT_TOKEN: 'x' });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'SLACK_BOT_TOKEN',
      'QUIET_HOURS',
      'LOG_LEVEL',
      'SLACK_SIGNING_SECRET',
    ]);
  });

  it('never shows a secret, wrong or right', () => {
    const secret = 'do not tell anyone';
    for (const [name, rule] of Object.entries(VARIABLES)) {
      if (!('secret' in rule)) continue;
      for (const env of [{ [name]: secret }, { ...TELEGRAM, ...SLACK, [name]: secret, PORT: 'x' }]) {
        const text = linesOf(env).join('\n');
        for (const hidden of [secret, ...Object.values(TELEGRAM), ...Object.values(SLACK)]) {
          expect(text, name).not.toContain(hidden);
        }
      }
    }
  });

  it('shows no password inside an address, no control characters, and not all of a long text', () => {
    const [line = ''] = linesOf({ PUBLIC_URL: 'http://me:hushhush@example.go.kr' });
    expect(line).not.toContain('hushhush');
    const [long = ''] = linesOf({ PORT: `1\n${'9'.repeat(500)}` });
    expect(long).not.toMatch(/\n/);
    expect(long.length).toBeLessThan(250);
  });
});

describe('a right value', () => {
  it.each([
    ['https://allim.example.go.kr/', 'https://allim.example.go.kr'],
    ['https://example.go.kr/allim/', 'https://example.go.kr/allim'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('of PUBLIC_URL: %s', (PUBLIC_URL, expected) => {
    expect(readConfig({ PUBLIC_URL }).web.publicUrl).toBe(expected);
  });

  it.each([
    ['21:00-08:00', '21:00-08:00'],
    ['9:00 - 7:30', '09:00-07:30'],
    ['OFF', 'off'],
  ])('of QUIET_HOURS: %s', (QUIET_HOURS, expected) => {
    expect(readConfig({ QUIET_HOURS }).quietHours).toBe(expected);
  });

  it.each([
    ['sqlite:./data/x.db', { kind: 'sqlite', path: './data/x.db' }],
    ['sqlite:/var/lib/allim.db', { kind: 'sqlite', path: '/var/lib/allim.db' }],
    ['postgres://u:p@db:5432/allim', { kind: 'postgres', url: 'postgres://u:p@db:5432/allim' }],
    ['postgresql://db/allim', { kind: 'postgres', url: 'postgresql://db/allim' }],
  ])('of DATABASE_URL: %s', (DATABASE_URL, expected) => {
    expect(readConfig({ DATABASE_URL }).database).toEqual(expected);
  });

  it('of PORT may be 0, which takes any free one', () => {
    expect(readConfig({ PORT: '0', OUTAGE_HOLD_SECONDS: '0' })).toMatchObject({
      web: { port: 0 },
      outageHoldSeconds: 0,
    });
  });
});

describe('a variable that nobody reads', () => {
  it('is warned of when it looks like one of ours', () => {
    expect(readConfig({ TELEGRAM_TOKEN: '1:x' }).warnings).toEqual([
      expect.stringMatching(/^TELEGRAM_TOKEN: not a variable.*TELEGRAM_BOT_TOKEN/),
    ]);
    expect(readConfig({ PATH: '/bin', SLACKER: 'x' }).warnings).toEqual([]);
  });
});

describe('.env.example', () => {
  const written = readFileSync('.env.example', 'utf8');

  it('documents every variable once, and no other', () => {
    const named = [...written.matchAll(/^#([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(named.toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
  });

  it('sets nothing by itself, and shows values that are right', () => {
    expect(written.split('\n').filter((line) => /^[A-Z_]+=/.test(line))).toEqual([]);
    const shown = [...written.matchAll(/^#([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name, value]);
    expect(linesOf({ ...TELEGRAM, ...Object.fromEntries(shown) })).toEqual([]);
  });
});
