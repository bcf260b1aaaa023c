import { afterEach, describe, expect, it } from 'vitest';
import { type PlayedLane, playedLane } from './played-lane.ts';

describe('a lane at its limit', () => {
  let played: PlayedLane;
  afterEach(() => played.end());

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

  it('settles near a limit that was lowered without a word, and hammers it with few calls', async () => {
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
