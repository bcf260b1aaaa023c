import { afterEach, describe, expect, it } from 'vitest';
import { fromEpoch } from '../../src/domain/instant.ts';
import type { SendOutcome } from '../../src/ports/messenger.ts';
import { type PlayedLane, playedLane } from './played-lane.ts';

let played: PlayedLane;
afterEach(() => played.end());

const sentTo = (prefix: (n: number) => boolean) =>
  played.platform.seen.filter(({ chat, outcome }) => outcome === 'sent' && prefix(Number(chat.slice(1))));

describe('a lane at its limit', () => {
  it('reaches two thousand chats at 30 a second with 96 percent of the limit, though one in twenty blocked us', async () => {
    played = playedLane(30);
    played.platform.isBlocked = (chat) => Number(chat.slice(1)) % 20 === 0;
    played.outbox.add(2_000);
    played.lane.start();
    const seconds = await played.play(90, () => played.outbox.count('sent') === 1_900);
    expect(1_900 / 30 / seconds).toBeGreaterThanOrEqual(0.96);
    expect(played.platform.refused).toBe(0);
  });

  it('reaches ten thousand at a thousand a second with 95 percent of the limit', async () => {
    played = playedLane(1_000);
    played.outbox.add(10_000);
    played.lane.start();
    const seconds = await played.play(20, () => played.outbox.count('sent') === 10_000);
    expect(10 / seconds).toBeGreaterThanOrEqual(0.95);
    expect(played.platform.refused).toBe(0);
  });

  it('is never refused by a platform whose answers take now 20 and now 200 ms', async () => {
    played = playedLane(30);
    let n = 0;
    played.platform.latencyMs = () => 20 + ((n++ * 7_919) % 180);
    played.outbox.add(900);
    played.lane.start();
    await played.play(60, () => played.outbox.count('sent') === 900);
    expect(played.outbox.count('sent')).toBe(900);
    expect(played.platform.refused).toBe(0);
  });

  it('settles near a limit that was lowered without a word, and is refused only a few times', async () => {
    played = playedLane(30);
    played.outbox.add(2_000);
    played.lane.start();
    await played.play(60, () => played.outbox.count('sent') >= 1_000);
    played.platform.limit = 20;
    const seconds = await played.play(90, () => played.outbox.count('sent') === 2_000);
    expect(1_000 / 20 / seconds).toBeGreaterThanOrEqual(0.9);
    expect(played.platform.refused).toBeLessThan(15);
    expect(played.platform.whilePaused).toBe(0);
  });
});

describe('a lane that must wait', () => {
  it('puts nothing on the wire while the platform told it to wait, and gives back what it had claimed', async () => {
    played = playedLane(30);
    played.outbox.add(300);
    let told = false;
    played.platform.answer = (): SendOutcome | null => {
      if (told || played.platform.seen.length < 30) return null;
      told = true;
      return { kind: 'retry', afterSeconds: 600, scope: 'lane', why: '429' };
    };
    played.lane.start();
    await played.play(10, () => told);
    await played.play(1);
    const before = played.platform.seen.length;
    await played.play(595);
    expect(played.platform.seen).toHaveLength(before);
    expect(played.outbox.count('claimed') + played.outbox.count('sending')).toBe(0);
    await played.play(60, () => played.outbox.count('sent') === 300);
    expect(played.outbox.count('sent')).toBe(300);
  });

  it('stops for a limit that another replica met, soon after it is in the row', async () => {
    played = playedLane(30);
    played.outbox.add(600);
    played.lane.start();
    await played.play(5);
    const toldMs = performance.now();
    played.outbox.pausedUntil = fromEpoch(Date.now() + 10_000);
    await played.play(9);
    const late = played.platform.seen.filter(({ sentMs }) => sentMs > toldMs + 200);
    expect(late).toEqual([]);
    await played.play(30, () => played.outbox.count('sent') === 600);
    expect(played.outbox.count('sent')).toBe(600);
  });

  it('stops at once for a limit that an answer met in this process', async () => {
    played = playedLane(30);
    played.outbox.add(600);
    played.lane.start();
    await played.play(5);
    const toldMs = performance.now();
    played.lane.heed(8);
    await played.play(8);
    expect(played.platform.seen.filter(({ sentMs }) => sentMs > toldMs && sentMs < toldMs + 8_000)).toEqual(
      [],
    );
  });
});

describe('what goes first', () => {
  it('begins a critical notice within half a second in the middle of a campaign, and then sends it as fast as the limit allows', async () => {
    played = playedLane(30);
    played.outbox.add(5_000);
    played.lane.start();
    await played.play(60);
    played.outbox.add(500, { priority: 1, notice: 'alarm' });
    const publishedMs = performance.now();
    played.lane.wake();
    await played.play(30, () => sentTo((n) => n >= 5_000).length === 500);
    const arrived = sentTo((n) => n >= 5_000).map(({ atMs }) => atMs - publishedMs);
    expect(arrived[0]).toBeLessThan(500);
    expect(500 / 30 / ((arrived.at(-1) ?? 0) / 1000)).toBeGreaterThan(0.95);
  });

  it('leaves the less urgent one place in ten of a long campaign, once that has had the lane for a while', async () => {
    played = playedLane(30);
    played.outbox.add(3_000);
    played.outbox.add(500, { priority: 4, notice: 'digest' });
    played.lane.start();
    await played.play(25);
    expect(sentTo((n) => n >= 3_000)).toEqual([]);
    await played.play(40);
    const digests = sentTo((n) => n >= 3_000).length;
    expect(digests / (35 * 29)).toBeGreaterThan(0.08);
    expect(digests / (35 * 29)).toBeLessThan(0.12);
  });

  it('passes by a chat that must wait, and comes back to it', async () => {
    played = playedLane(30);
    played.platform.gapMs = 3_000;
    played.outbox.add(60);
    const again = [...played.outbox.rows.values()].slice(0, 10);
    played.lane.start();
    await played.play(3, () => played.outbox.count('sent') === 60);
    again.forEach(({ delivery, chat }, i) => {
      const id = `e${i}`;
      played.outbox.rows.set(id, {
        chat,
        language: 'ko',
        delivery: { ...delivery, id, state: 'ready', notice: 'next', priority: 1 },
      });
    });
    played.outbox.add(60);
    played.lane.wake();
    await played.play(10, () => played.outbox.count('sent') === 130);
    for (const { chat } of again) {
      const [first, second] = played.platform.seen.filter((seen) => seen.chat === chat.id);
      expect((second?.sentMs ?? 0) - (first?.sentMs ?? 0)).toBeGreaterThanOrEqual(3_000);
    }
    expect((played.platform.seen.at(-1)?.atMs ?? 0) - (played.platform.seen[0]?.atMs ?? 0)).toBeLessThan(
      6_000,
    );
  });
});

describe('a text that the platform refuses', () => {
  it('is stopped in its language, burning no more than was out, and the other language goes on', async () => {
    played = playedLane(30);
    played.outbox.add(200);
    const korean = new Set(
      [...played.outbox.rows.values()].filter((row) => row.language === 'ko').map((row) => row.chat.id),
    );
    played.platform.answer = (chat) =>
      korean.has(chat) ? { kind: 'refused', why: 'too long', fault: 'content' } : null;
    played.lane.start();
    await played.play(20);
    expect(played.outbox.stopped).toEqual(['ko']);
    expect(played.outbox.count('sent')).toBe(100);
    expect(played.outbox.count('failed')).toBe(2);
    expect(played.outbox.count('ready')).toBe(98);
    expect(played.platform.seen.filter(({ chat }) => korean.has(chat)).length).toBeLessThanOrEqual(7);
  });
});

describe('what is in doubt', () => {
  const lostOnce = () => {
    const lost = new Set<string>();
    played.platform.answer = (chat) => {
      if (lost.has(chat)) return null;
      lost.add(chat);
      return { kind: 'uncertain', why: 'timeout' };
    };
  };

  it('is sent once more, silently', async () => {
    played = playedLane(30);
    played.outbox.add(3);
    lostOnce();
    played.lane.start();
    await played.play(10);
    expect(played.platform.seen.map(({ silent }) => silent)).toEqual([false, false, false, true, true, true]);
    expect([...played.outbox.rows.values()].every(({ delivery }) => delivery.resent)).toBe(true);
  });

  it('is heard when it is an alarm', async () => {
    played = playedLane(30);
    played.outbox.severity = 'critical';
    played.outbox.add(1);
    lostOnce();
    played.lane.start();
    await played.play(10);
    expect(played.platform.seen.map(({ silent }) => silent)).toEqual([false, false]);
  });

  it.each([
    ['found', { sent: 1, seen: 1, resent: false }],
    ['absent', { sent: 1, seen: 2, resent: false }],
    ['unknown', { sent: 1, seen: 2, resent: true }],
  ] as const)('where the platform can be asked, and the message is %s', async (kind, expected) => {
    played = playedLane(30);
    played.outbox.add(1);
    lostOnce();
    played.platform.find = async () => (kind === 'found' ? { kind, messageId: 'm1' } : { kind });
    played.lane.start();
    await played.play(10);
    const [row] = played.outbox.rows.values();
    expect({
      sent: played.outbox.count('sent'),
      seen: played.platform.seen.length,
      resent: row?.delivery.resent,
    }).toEqual(expected);
  });

  it('is not looked for before it can have arrived', async () => {
    played = playedLane(30);
    played.outbox.add(1);
    lostOnce();
    const lookedMs: number[] = [];
    played.platform.find = async () => {
      lookedMs.push(performance.now());
      return { kind: 'absent' };
    };
    played.lane.start();
    await played.play(15);
    expect((lookedMs[0] ?? 0) - (played.platform.seen[0]?.sentMs ?? 0)).toBeGreaterThanOrEqual(2_900);
    expect(played.outbox.count('sent')).toBe(1);
  });

  it('is looked for once at a time, however long that takes', async () => {
    played = playedLane(30);
    played.outbox.add(4, { priority: 1 });
    played.outbox.add(36);
    played.platform.latencyMs = () => 5_000;
    const lost = new Set<string>();
    played.platform.answer = (chat) => {
      if (lost.size === 4 || lost.has(chat)) return null;
      lost.add(chat);
      return { kind: 'uncertain', why: 'timeout' };
    };
    played.platform.find = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return { kind: 'absent' };
    };
    played.lane.start();
    await played.play(120);
    expect(played.outbox.count('sent')).toBe(40);
    expect(played.platform.seen).toHaveLength(44);
  });

  it('is a dead letter when it is absent again and again', async () => {
    played = playedLane(30);
    played.outbox.add(1);
    played.platform.answer = () => ({ kind: 'uncertain', why: 'timeout' });
    played.platform.find = async () => ({ kind: 'absent' });
    played.lane.start();
    await played.play(60);
    expect(played.outbox.count('failed')).toBe(1);
    expect(played.platform.seen).toHaveLength(6);
  });
});

describe('a leader that was deposed', () => {
  it('sends nothing more and gives nothing back, until it leads again and takes over what was out', async () => {
    played = playedLane(30);
    played.outbox.add(300);
    played.lane.start();
    await played.play(3);
    const writes = played.outbox.settled;
    played.outbox.elect('another');
    const deposedMs = performance.now();
    await played.play(5);
    expect(played.platform.seen.filter(({ sentMs }) => sentMs > deposedMs + 150)).toEqual([]);
    expect(played.outbox.settled).toBe(writes);
    expect(played.outbox.count('claimed')).toBeGreaterThan(0);
    played.outbox.elect(null);
    await played.play(20, () => played.outbox.count('sent') === 300);
    expect(played.outbox.count('sent')).toBe(300);
    const chats = played.platform.seen.map(({ chat }) => chat);
    const twice = chats.filter((chat, i) => chats.indexOf(chat) !== i);
    const resent = [...played.outbox.rows.values()].filter(({ delivery }) => delivery.resent);
    expect(resent.length).toBeLessThanOrEqual(4);
    expect(resent.map(({ chat }) => chat.id)).toEqual(expect.arrayContaining(twice));
  });
});

describe('a database that is away for a while', () => {
  it('is waited for: what was sent is not forgotten', async () => {
    played = playedLane(30);
    played.outbox.add(20);
    played.lane.start();
    await played.play(5, () => played.platform.seen.length >= 5);
    played.outbox.failures = 12;
    await played.play(30, () => played.outbox.count('sent') === 20);
    expect(played.outbox.count('sent')).toBe(20);
    expect(played.platform.seen).toHaveLength(20);
  });
});

describe('a lane that stops', () => {
  it('waits for what is on the wire, writes it down and leaves nothing claimed', async () => {
    played = playedLane(30);
    played.platform.latencyMs = () => 3_000;
    played.outbox.add(100);
    played.lane.start();
    await played.play(2);
    const stopped = played.lane.stop();
    await played.play(4);
    await stopped;
    expect(played.outbox.count('sent')).toBe(4);
    expect(played.outbox.count('ready')).toBe(96);
    expect(played.outbox.released).toBe(1);
  });
});
