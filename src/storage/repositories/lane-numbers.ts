import type { Kysely } from 'kysely';
import { type ChatRef, laneOf } from '../../domain/subscriber.ts';
import type { Schema } from '../schema.ts';

/*
 * A subscriber's number is its lane's number times 2^32 and its place in the lane. So the deliveries of a campaign, kept
 * by subscriber, lie lane by lane, and what a lane has to send is one stretch. Two million lanes fit what JavaScript
 * counts exactly. No number is given twice.
 */
export const LANE_SIZE = 2 ** 32;

/** The lane that a subscriber's number belongs to. */
export const laneNumberOf = (subscriber: number): number => Math.floor(subscriber / LANE_SIZE);

/** A new chat's number, the next of its lane. */
export async function nextNumber(
  db: Kysely<Schema>,
  chat: Pick<ChatRef, 'platform' | 'workspace'>,
): Promise<number> {
  const { number, last } = await db
    .insertInto('lane_numbers')
    .values({ key: laneOf(chat), last: 1 })
    .onConflict((c) => c.column('key').doUpdateSet((e) => ({ last: e('lane_numbers.last', '+', 1) })))
    .returning(['number', 'last'])
    .executeTakeFirstOrThrow();
  return number * LANE_SIZE + last;
}
