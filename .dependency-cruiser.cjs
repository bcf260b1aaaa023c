/**
 * The import rules of ARCHITECTURE.md, "The rooms": every arrow points down.
 * `rooms` names what each room may import beside itself and telemetry; what is not named is refused.
 */
const rooms = {
  domain: [],
  card: [],
  telemetry: [],
  ports: ['domain', 'card'],
  understanding: ['domain'],
  config: ['domain'],
  catalogue: [],
  wording: ['domain', 'card', 'ports'],
  operations: ['domain', 'card', 'ports'],
  storage: ['domain', 'card', 'ports'],
  web: ['domain', 'ports', 'wording', 'operations'],
  sources: ['domain', 'ports', 'operations'],
  delivery: ['domain', 'card', 'ports', 'wording', 'operations'],
  conversation: ['domain', 'card', 'ports', 'understanding', 'wording', 'operations'],
  'adapters/telegram': ['domain', 'card', 'ports', 'conversation'],
  'adapters/slack': ['domain', 'card', 'ports', 'conversation'],
  sandbox: [],
};

/** npm packages that live in one room (or few) and nowhere else. */
const homes = {
  grammy: ['adapters/telegram'],
  '@slack/bolt': ['adapters/slack'],
  i18next: ['wording'],
  'es-hangul': ['wording'],
  keyv: ['storage', 'ports', 'conversation'],
  kysely: ['storage'],
  pg: ['storage'],
  'node:sqlite': ['storage'],
  hono: ['web', 'sandbox'],
  '@hono/node-server': ['web', 'sandbox'],
  ws: ['sandbox'],
  pino: ['telemetry'],
  'prom-client': ['telemetry'],
  commander: [],
  zod: [
    'config',
    'storage',
    'operations',
    'conversation',
    'web',
    'sources',
    'adapters',
    'sandbox',
    'commands',
  ],
};

const roomPath = (room) => `^src/${room}/`;

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room.replace('/', '-')}`,
  severity: 'error',
  comment: `${room} may import ${['itself', ...allowed, room === 'domain' || room === 'card' || room === 'sandbox' ? null : 'telemetry'].filter(Boolean).join(', ')}`,
  from: { path: roomPath(room) },
  to: {
    path: '^src/',
    pathNot: [room, ...allowed, ...(['domain', 'card', 'sandbox'].includes(room) ? [] : ['telemetry'])].map(
      roomPath,
    ),
  },
}));

const homeRules = Object.entries(homes).map(([name, allowed]) => ({
  name: `home-${name.replace(/[@/:]/g, '-')}`,
  severity: 'error',
  comment: `${name} stays in ${allowed.join(', ') || 'src/cli.ts'}`,
  from: {
    path: '^src/',
    pathNot: [...allowed.map((room) => `^src/${room}/`), ...(name === 'commander' ? ['^src/cli\\.ts$'] : [])],
  },
  to: { path: name.startsWith('node:') ? `^(${name}|${name.slice(5)})$` : `(^|/)node_modules/${name}/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    ...homeRules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-entries-import-app',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|cli)\\.ts$' },
      to: { path: '^src/app\\.ts$' },
    },
    { name: 'not-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    combinedDependencies: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
