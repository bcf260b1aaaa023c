import type { Change } from '../changes.ts';
import type { Json } from '../platform.ts';
import type { Stage } from '../stage.ts';
import { slackPersonView, slackView, telegramView } from './views.ts';

const GATHER_MS = 25;
const HEARTBEAT_MS = 15_000;

/** Server-sent events for the page: each carries the whole conversation that changed. */
export interface Stream {
  open(gone: AbortSignal): Response;
  close(): void;
}

export function createStream(stage: Stage): Stream {
  const open = new Set<() => void>();
  return {
    open(gone) {
      const encoder = new TextEncoder();
      let end = () => {};
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (event: string, data: unknown) =>
            controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
          const stop = follow(stage, send);
          const beat = setInterval(() => controller.enqueue(encoder.encode(': beat\n\n')), HEARTBEAT_MS);
          end = () => {
            if (!open.delete(end)) return;
            clearInterval(beat);
            stop();
            controller.close();
          };
          open.add(end);
          gone.addEventListener('abort', () => end(), { once: true });
          send('hello', {});
        },
        cancel: () => {
          if (open.has(end)) end();
        },
      });
      return new Response(body, {
        headers: {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        },
      });
    },
    close() {
      for (const end of [...open]) end();
    },
  };
}

/** Sends what changes among the conversations on the page; bursts are gathered. Returns how to stop. */
function follow(stage: Stage, send: (event: string, data: unknown) => void): () => void {
  const dirty = new Map<string, () => [string, Json | null]>();
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    timer = null;
    const views = [...dirty.values()];
    dirty.clear();
    for (const draw of views) send(...draw());
  };
  const mark = (key: string, draw: () => [string, Json | null]) => {
    dirty.set(key, draw);
    timer ??= setTimeout(flush, GATHER_MS);
  };
  const onStage = onPage(stage);
  const stop = stage.changes.listen((change: Change) => {
    switch (change.kind) {
      case 'conversation':
        if (!onStage(change.id)) return;
        mark(change.id, () =>
          change.platform === 'telegram'
            ? ['telegram', telegramView(stage, Number(change.id))]
            : ['slack', slackView(stage, change.id)],
        );
        return;
      case 'person':
        mark(change.id, () => ['slack-person', slackPersonView(stage, change.id)]);
        return;
      case 'typing':
      case 'toast':
      case 'reset':
        send(change.kind, change);
    }
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

/** Whether a conversation belongs to the cast; thousands of others may exist beside. */
function onPage({ cast, telegram }: Stage): (id: string) => boolean {
  const ids = new Set<string>([
    String(cast.telegramGroup),
    String(cast.telegramChannel),
    cast.slackChannel,
    cast.slackGeneral,
    ...cast.citizens.flatMap((citizen) => [String(citizen.telegram), citizen.slackDirect]),
  ]);
  return (id) => {
    const group = telegram.world.chats.get(cast.telegramGroup);
    return ids.has(id) || (group?.migratedTo !== null && String(group?.migratedTo) === id);
  };
}
