import type { Card } from '../card/card.ts';
import { type Instant, plusSeconds } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { Notice } from '../domain/notice.ts';
import type { Clock } from '../ports/clock.ts';
import type { Messenger, SendOutcome } from '../ports/messenger.ts';
import type { Claim } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** Longer than a request may take, so that only a dead sender's rows run out. */
const SENDING_LEASE_SECONDS = 40;
/** After this many failures that were certainly not the lane's fault, a delivery is a dead letter. */
const MOST_ATTEMPTS = 6;
/** So many refusals of our own content stop a campaign before it burns a million rows. */
const CONTENT_BREAKER = 3;
/** A token that a platform no longer takes is for a person to mend: wait, lose nothing, alert. */
const REVOKED_PAUSE_SECONDS = 300;

export interface SendParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly messenger: Messenger;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Sends claimed deliveries of one platform and settles each:
 * sending is committed just before the request and the outcome just after, so what a crash leaves in doubt
 * is at most what was on the wire.
 */
export class Sender {
  readonly #parts: SendParts;
  readonly #notices = new Map<string, { notice: Notice; cards: Map<Language, Card> }>();
  readonly #contentFailures = new Map<string, number>();

  constructor(parts: SendParts) {
    this.#parts = parts;
  }

  /**
   * @param lane asked at the last moment whether sending is still allowed, and told the answer before it is written down
   * @returns false when nothing was sent: the delivery was stopped, or the lane must wait
   */
  async send(
    { delivery, chat, language, replyTo }: Claim,
    lane: { mayGo(): boolean; hear(outcome: SendOutcome): void },
  ): Promise<boolean> {
    const { store, clock, messenger, metrics } = this.#parts;
    const told = await this.#told(delivery.notice, language);
    const begun = clock.now();
    if (!(await store.deliveries.begin(delivery.id, begun, plusSeconds(begun, SENDING_LEASE_SECONDS))))
      return false;
    if (!lane.mayGo()) {
      await store.deliveries.settle(delivery.id, { state: 'ready', dueAt: delivery.dueAt }, clock.now());
      return false;
    }
    const outcome = await messenger.send(chat, told.card, {
      silent: delivery.silent,
      deliveryId: delivery.id,
      replyTo,
    });
    lane.hear(outcome);
    metrics.sends.inc({ lane: delivery.lane, outcome: outcome.kind });
    await this.#settle({ delivery, chat, language, replyTo }, told.notice, outcome, clock.now());
    return true;
  }

  async #told(id: string, language: Language): Promise<{ notice: Notice; card: Card }> {
    let entry = this.#notices.get(id);
    if (entry === undefined) {
      const notice = await this.#parts.store.notices.get(id);
      if (notice === null) throw new Error(`No notice ${id}`);
      entry = { notice, cards: new Map() };
      if (this.#notices.size > 200) this.#notices.clear();
      this.#notices.set(id, entry);
    }
    let card = entry.cards.get(language);
    if (card === undefined) {
      const stored = await this.#parts.store.notices.card(id, language);
      if (stored === null) throw new Error(`Notice ${id} has no ${language} text`);
      card = stored;
      entry.cards.set(language, card);
    }
    return { notice: entry.notice, card };
  }

  async #settle(claim: Claim, notice: Notice, outcome: SendOutcome, now: Instant): Promise<void> {
    const { store, logger } = this.#parts;
    const { delivery, chat } = claim;
    const to = store.deliveries;
    switch (outcome.kind) {
      case 'sent':
        return store.transaction(async (tables) => {
          await tables.deliveries.settle(
            delivery.id,
            { state: 'sent', messageId: outcome.messageId, error: null },
            now,
          );
          if (endsFollows(notice)) await tables.follows.fired(delivery.subscriber, followedIn(notice));
        });
      case 'retry': {
        const dueAt = plusSeconds(now, outcome.afterSeconds);
        if (outcome.scope === 'lane') {
          await store.lanes.pause(delivery.lane, dueAt, outcome.why);
          return to.settle(delivery.id, { state: 'ready', dueAt: now, error: outcome.why }, now);
        }
        const attempts = delivery.attempts + 1;
        if (attempts >= MOST_ATTEMPTS)
          return to.settle(delivery.id, { state: 'failed', attempts, error: outcome.why }, now);
        return to.settle(delivery.id, { state: 'ready', dueAt, attempts, error: outcome.why }, now);
      }
      case 'moved':
        return store.transaction(async (tables) => {
          await tables.subscribers.move(chat, outcome.to, now);
          await tables.deliveries.settle(delivery.id, { state: 'ready', dueAt: now, error: 'moved' }, now);
        });
      case 'gone':
        return store.transaction(async (tables) => {
          await tables.deliveries.settle(delivery.id, { state: 'ended', error: outcome.why }, now);
          await tables.subscribers.end(delivery.subscriber, outcome.why, now);
          await tables.deliveries.endFor(delivery.subscriber, outcome.why);
        });
      case 'revoked':
        logger.error(
          { lane: delivery.lane, why: outcome.why },
          'the platform refuses our token: nothing can be sent until it is replaced',
        );
        await store.lanes.pause(delivery.lane, plusSeconds(now, REVOKED_PAUSE_SECONDS), outcome.why);
        return to.settle(delivery.id, { state: 'ready', dueAt: now, error: outcome.why }, now);
      case 'refused':
        await to.settle(
          delivery.id,
          { state: 'failed', attempts: delivery.attempts + 1, error: outcome.why },
          now,
        );
        return outcome.fault === 'content' ? this.#breaker(claim, outcome.why, now) : undefined;
      case 'uncertain':
        return to.settle(
          delivery.id,
          { state: 'uncertain', attempts: delivery.attempts + 1, error: outcome.why },
          now,
        );
    }
  }

  async #breaker({ delivery, chat, language }: Claim, why: string, now: Instant): Promise<void> {
    const rendition = `${delivery.notice} ${chat.platform} ${language}`;
    const failures = (this.#contentFailures.get(rendition) ?? 0) + 1;
    this.#contentFailures.set(rendition, failures);
    if (failures !== CONTENT_BREAKER) return;
    await this.#parts.store.campaigns.control(delivery.campaign, 'pause', now);
    this.#parts.logger.error(
      { notice: delivery.notice, language, why },
      'the platform refuses the text of a notice: its campaign is paused',
    );
  }
}

/** What comes after the outage is over: the follow has been answered. */
const endsFollows = (notice: Notice): boolean =>
  notice.kind === 'restoration' || notice.kind === 'correction';

const followedIn = (notice: Notice): readonly string[] =>
  notice.audience.kind === 'told' ? notice.audience.services : notice.fact.services.map((s) => s.id);
