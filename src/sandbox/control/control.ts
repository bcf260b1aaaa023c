import { Hono } from 'hono';
import { z } from 'zod';
import type { Json } from '../platform.ts';
import type { Stage, StageDoor } from '../stage.ts';
import { slackActions } from './slack-actions.ts';
import type { Stream } from './stream.ts';
import { telegramActions } from './telegram-actions.ts';
import { slackPersonView, slackView, telegramView } from './views.ts';

const effect = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('error'),
    code: z.int().min(200).max(599),
    description: z.string(),
    retryAfter: z.number().min(0).optional(),
  }),
  z.object({ kind: z.literal('drop'), when: z.enum(['before', 'after']) }),
  z.object({ kind: z.literal('delay'), ms: z.number().min(0).max(120_000) }),
]);
const platform = z.enum(['telegram', 'slack']);
const fault = z.object({
  platform,
  method: z.string().optional(),
  chat: z.string().optional(),
  times: z.int().min(1).optional(),
  effect,
});
const latency = z.object({ platform, ms: z.number().min(0).max(60_000) });
const limits = z.object({
  perSecond: z.number().min(1).optional(),
  paidPerSecond: z.number().min(1).optional(),
  chatBurst: z.number().min(1).optional(),
  groupPerMinute: z.number().min(1).optional(),
});

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** The sandbox's own API: what the page and tests do on behalf of people, and what they may look at. */
export function createControl(stage: Stage, door: StageDoor, stream: Stream): Hono {
  const app = new Hono();
  // The page holds an official's token: other web sites must not reach it through this browser.
  app.use(async (c, next) => {
    if (!LOOPBACK.test(new URL(c.req.url).host)) return c.json({ error: 'loopback only' }, 403);
    const origin = c.req.header('origin');
    if (origin !== undefined && URL.canParse(origin) && !LOOPBACK.test(new URL(origin).host)) {
      return c.json({ error: 'same origin only' }, 403);
    }
    await next();
  });

  app.get('/setup', (c) => c.json(setup(stage, door)));
  app.get('/stream', (c) => stream.open(c.req.raw.signal));
  app.get('/clock', (c) => c.json({ now: new Date(door.now()).toISOString() }));
  app.get('/telegram/chats/:id', (c) => found(c.req.param('id'), (id) => telegramView(stage, Number(id))));
  app.get('/slack/channels/:id', (c) => found(c.req.param('id'), (id) => slackView(stage, id)));
  app.get('/slack/people/:id', (c) => c.json(slackPersonView(stage, c.req.param('id'))));
  app.get('/telegram/documents/:chat/:message', (c) => {
    const document = stage.telegram.world.documents.get(`${c.req.param('chat')}/${c.req.param('message')}`);
    if (document === undefined) return c.json({ error: 'not found' }, 404);
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(document.name)}`);
    return c.body(document.content);
  });

  app.get('/ledger', (c) => {
    const { platform: only, chat, after } = c.req.query();
    return c.json({
      entries: stage.ledger.all.filter(
        (entry) =>
          (only === undefined || entry.platform === only) &&
          (chat === undefined || entry.chat === chat) &&
          entry.n > Number(after ?? 0),
      ),
    });
  });
  app.get('/violations', (c) =>
    c.json({ violations: stage.violations.all, floods: stage.violations.floods }),
  );
  app.post('/faults', async (c) => act(c.req.raw, fault, (body) => stage.faults.arm(body)));
  app.delete('/faults', (c) => {
    stage.faults.clear();
    return c.json({ ok: true });
  });
  app.post('/latency', async (c) =>
    act(c.req.raw, latency, (body) => stage.faults.setLatency(body.platform, body.ms)),
  );
  app.post('/limits', async (c) =>
    act(c.req.raw, limits, (body) => {
      Object.assign(stage.telegram.limits, body);
    }),
  );
  app.post('/reset', (c) => {
    door.reset();
    return c.json({ ok: true });
  });
  for (const [name, action] of Object.entries(telegramActions(stage))) {
    app.post(`/telegram/${name}`, (c) => act(c.req.raw, z.unknown(), action));
  }
  for (const [name, action] of Object.entries(slackActions(stage))) {
    app.post(`/slack/${name}`, (c) => act(c.req.raw, z.unknown(), action));
  }
  return app;
}

const found = (id: string, look: (id: string) => Json | null): Response => {
  const view = look(id);
  return view === null ? Response.json({ error: `no ${id}` }, { status: 404 }) : Response.json(view);
};

/** Reads a JSON body, does the deed, answers its result. */
async function act<T>(request: Request, schema: z.ZodType<T>, deed: (body: T) => unknown): Promise<Response> {
  try {
    const body = schema.parse(await request.json());
    return Response.json({ ok: true, result: (await deed(body)) ?? null });
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String((error as Error).message);
    return Response.json({ ok: false, error: message }, { status: 400 });
  }
}

/** What the page needs to draw itself for the first time. */
function setup(stage: Stage, door: StageDoor): Json {
  const { cast, telegram, slack } = stage;
  const group = telegram.world.chats.get(cast.telegramGroup)?.migratedTo ?? cast.telegramGroup;
  const telegramChats = [...cast.citizens.map((citizen) => citizen.telegram), group, cast.telegramChannel];
  for (const citizen of cast.citizens) {
    const user = telegram.world.users.get(citizen.telegram);
    if (user !== undefined) telegram.world.privateChat(user);
  }
  const slackChats = [
    ...cast.citizens.map((citizen) => citizen.slackDirect),
    cast.slackGeneral,
    cast.slackChannel,
  ];
  return {
    officialToken: door.officialToken,
    apiBase: door.apiBase,
    now: new Date(door.now()).toISOString(),
    citizens: cast.citizens,
    telegram: {
      bot: telegram.world.bot,
      group,
      channel: cast.telegramChannel,
      chats: telegramChats.map((id) => telegramView(stage, id)),
      commands: { ko: telegram.profile.menu('ko'), en: telegram.profile.menu('en') },
      description: {
        ko: telegram.profile.word('description', 'ko'),
        en: telegram.profile.word('description', 'en'),
      },
    },
    slack: {
      team: slack.world.team,
      bot: slack.world.bot,
      channels: slackChats.map((id) => slackView(stage, id)),
      people: cast.citizens.map((citizen) => slackPersonView(stage, citizen.slack)),
    },
  };
}
