import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GroupCommit } from '../../src/delivery/group-commit.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** Collects the groups that were committed; each commit takes so long. */
function recorded(tookMs = 0) {
  const groups: string[][] = [];
  let running = 0;
  const group = new GroupCommit<string, string>(async (items) => {
    running += 1;
    expect(running).toBe(1);
    groups.push([...items]);
    if (tookMs > 0) await new Promise((resolve) => setTimeout(resolve, tookMs));
    running -= 1;
    return (item) => item.toUpperCase();
  });
  return { group, groups };
}

describe('a group commit', () => {
  it('writes one that comes alone at once', async () => {
    const { group, groups } = recorded();
    const added = group.add('a');
    await vi.advanceTimersByTimeAsync(1);
    expect(groups).toEqual([['a']]);
    expect(await added).toBe('A');
  });

  it('writes those that come close together in one transaction, in their order', async () => {
    const { group, groups } = recorded();
    void group.add('a');
    await vi.advanceTimersByTimeAsync(1);
    for (const item of ['b', 'c', 'd']) {
      void group.add(item);
      await vi.advanceTimersByTimeAsync(5);
    }
    await vi.advanceTimersByTimeAsync(20);
    expect(groups).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('lets none wait longer than twenty milliseconds', async () => {
    const { group, groups } = recorded();
    void group.add('a');
    await vi.advanceTimersByTimeAsync(1);
    void group.add('b');
    await vi.advanceTimersByTimeAsync(20);
    expect(groups).toEqual([['a'], ['b']]);
  });

  it('runs one transaction at a time', async () => {
    const { group, groups } = recorded(100);
    for (let i = 0; i < 10; i++) {
      void group.add(`${i}`);
      await vi.advanceTimersByTimeAsync(30);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(groups.flat()).toHaveLength(10);
  });

  it('tells everyone in a group that failed, and goes on with the next', async () => {
    let fail = true;
    const group = new GroupCommit<string, boolean>(async () => {
      if (fail) throw new Error('away');
      return () => true;
    });
    const failed = [group.add('a'), group.add('b')].map((added) => added.catch(() => 'failed'));
    await vi.advanceTimersByTimeAsync(1);
    expect(await Promise.all(failed)).toEqual(['failed', 'failed']);
    fail = false;
    const next = group.add('c');
    await vi.advanceTimersByTimeAsync(30);
    expect(await next).toBe(true);
  });
});
