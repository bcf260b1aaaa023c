import { describe, expect, it } from 'vitest';
import { Deposed, type Fence } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  begin,
  claim,
  FENCE,
  fanOut,
  LANE,
  LEASE,
  makeCampaign,
  openWith,
  settle,
  stateOf,
  T0,
  t0Plus,
} from './store-samples.ts';

/** Takes the lease away from the suite, as a successor does once it has run out. */
async function depose(store: Store): Promise<Fence> {
  await store.leases.release(FENCE.lease, 'tests');
  const epoch = await store.leases.acquire(FENCE.lease, 'successor', T0, t0Plus(1_000));
  return { lease: FENCE.lease, epoch: epoch ?? 0 };
}

/** Every write of a sender or a fan-out. */
const WRITES: readonly [string, (store: Store, fence: Fence) => Promise<unknown>][] = [
  [
    'claim',
    ({ deliveries }, fence) => deliveries.claim({ lane: LANE, limit: 5, now: T0, leaseUntil: LEASE }, fence),
  ],
  ['begin', ({ deliveries }, fence) => deliveries.begin(['cmp_1.sub_2'], T0, LEASE, fence)],
  ['settle', ({ deliveries }, fence) => deliveries.settle([{ id: 'cmp_1.sub_1', state: 'sent' }], T0, fence)],
  ['sweep', ({ deliveries }, fence) => deliveries.sweep(LEASE, fence)],
  ['requeue', ({ deliveries }, fence) => deliveries.requeueUncertain(LANE, T0, fence)],
  ['fan out', (store, fence) => fanOut(store, 'cmp_2', {}, { fence })],
  ['finish', ({ campaigns }, fence) => campaigns.finish(T0, fence)],
  [
    'stop a rendition',
    ({ campaigns }, fence) =>
      campaigns.stopRendition('cmp_1', { platform: 'telegram', language: 'ko' }, 'too long', T0, fence),
  ],
];

/** Who leads, and who does not any more. */
export function keepsFences(open: () => Promise<Store>): void {
  /** One on the wire, one claimed, one waiting, and a campaign that is to be fanned out. */
  const busy = async (): Promise<Store> => {
    const store = await openWith(open, 3);
    await makeCampaign(store, 2, { campaign: { state: 'fanning' } });
    for (const id of ['sub_1', 'sub_2', 'sub_3']) await store.subscribers.change(id, { announcements: true });
    await claim(store, 2);
    await begin(store, 'cmp_1.sub_1', T0, LEASE);
    return store;
  };

  describe('a deposed leader', () => {
    it.each(WRITES)('cannot %s, and changes nothing by trying', async (_, write) => {
      const store = await busy();
      const successor = await depose(store);
      const standing = async () => [
        await store.deliveries.of('ntc_1', { limit: 9, cursor: null }),
        await store.deliveries.of('ntc_2', { limit: 9, cursor: null }),
        await store.campaigns.progress('ntc_1', T0),
        await store.campaigns.active(),
      ];
      const before = await standing();
      await expect(write(store, FENCE)).rejects.toThrow(Deposed);
      expect(await standing()).toEqual(before);
      await write(store, successor);
    });

    it('may write until somebody else has the lease, be its time over or not', async () => {
      const store = await busy();
      await store.leases.release(FENCE.lease, 'tests');
      await settle(store, 'cmp_1.sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('sent');
    });

    it('undoes with its last write all that was in its transaction', async () => {
      const store = await busy();
      await depose(store);
      const gone = store.transaction(async (tables) => {
        await tables.subscribers.end('sub_1', 'blocked', T0);
        await settle(tables, 'cmp_1.sub_1', { state: 'ended' }, T0);
      });
      await expect(gone).rejects.toThrow(Deposed);
      expect((await store.subscribers.get('sub_1'))?.state).toBe('active');
    });

    it('was never one for a lease that nobody took', async () => {
      const store = await openWith(open, 1);
      const stranger = { lease: 'lane:unknown', epoch: 1 };
      await expect(store.deliveries.sweep(T0, stranger)).rejects.toThrow(Deposed);
    });
  });

  describe('a group', () => {
    it('begins all that may and says which', async () => {
      const store = await openWith(open, 4);
      await claim(store, 3);
      const ids = [1, 2, 3, 4].map((n) => `cmp_1.sub_${n}`);
      const begun = await store.deliveries.begin([...ids, 'cmp_9.sub_1'], T0, LEASE, FENCE);
      expect([...begun].sort()).toEqual(ids.slice(0, 3));
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        deliveries: { sending: 3, ready: 1 },
      });
    });

    it('settles each as it says, and the counts with them', async () => {
      const store = await openWith(open, 4);
      await claim(store, 4);
      const ids = [1, 2, 3, 4].map((n) => `cmp_1.sub_${n}`);
      await store.deliveries.begin(ids, T0, LEASE, FENCE);
      const [a = '', b = '', c = '', d = ''] = ids;
      await store.deliveries.settle(
        [
          { id: a, state: 'sent', messageId: 'm1' },
          { id: b, state: 'failed', error: 'too long', attempts: 1 },
          { id: c, state: 'ready', dueAt: t0Plus(5) },
          { id: d, state: 'uncertain' },
          { id: 'cmp_9.sub_1', state: 'sent' },
        ],
        T0,
        FENCE,
      );
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 4,
        deliveries: { sent: 1, failed: 1, ready: 1, uncertain: 1, sending: 0 },
      });
      expect(await store.deliveries.get(a)).toMatchObject({ messageId: 'm1', leaseUntil: null });
      expect(await store.campaigns.check('cmp_1')).toBeNull();
    });

    it('settles nothing when the transaction around it fails', async () => {
      const store = await openWith(open, 2);
      await claim(store, 2);
      const ids = ['cmp_1.sub_1', 'cmp_1.sub_2'];
      await store.deliveries.begin(ids, T0, LEASE, FENCE);
      const failing = store.transaction(async (tables) => {
        await tables.deliveries.settle(
          ids.map((id) => ({ id, state: 'sent' })),
          T0,
          FENCE,
        );
        throw new Error('pulled the plug');
      });
      await expect(failing).rejects.toThrow('pulled the plug');
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({ deliveries: { sending: 2 } });
      expect(await store.campaigns.check('cmp_1')).toBeNull();
    });
  });
}
