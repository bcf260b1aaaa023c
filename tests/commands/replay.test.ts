import { afterAll, expect, it } from 'vitest';
import { readTimeline, readTimelineFile, replayOver } from '../../src/commands/replay.ts';
import { openDesk } from '../support/run.ts';

const desk = openDesk();
afterAll(desk.clear);

it('a file of events that is wrong is named, with what is wrong and where', () => {
  const file = desk.write('events.json', '{"events":[{"id":1}],"checkpoints":[]}');
  expect(() => readTimelineFile(file)).toThrow(/events\.json: not a timeline: events\.0\.id: /);
  expect(() => readTimelineFile(desk.write('broken.json', '{'))).toThrow(/broken\.json: .*JSON/);
  expect(() => readTimelineFile('nowhere.json')).toThrow(/^nowhere\.json: ENOENT/);
});

it('nobody at the address to replay to is said so', async () => {
  const timeline = readTimeline({
    events: [
      {
        id: 'e1',
        at: '2023-11-17T10:00:00+09:00',
        text: { ko: '느림', en: 'slow' },
        changes: [{ service: 'gov24', status: 'degraded' }],
      },
    ],
    checkpoints: [],
  });
  const target = { url: 'http://127.0.0.1:1', token: 'x', speed: 600 };
  await expect(replayOver(timeline, target, () => undefined)).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:1\/api\/v1\/incidents does not answer/,
  );
});
