import type { SendOutcome } from '../ports/messenger.ts';
import type { Claim, Fence } from '../ports/outbox.ts';
import type { Place } from './arrivals.ts';
import type { ContentBreaker } from './content-breaker.ts';
import type { LaneParts } from './lane-parts.ts';
import type { LanePause } from './lane-pause.ts';
import type { Pace } from './pace.ts';
import type { Recorder } from './recorder.ts';
import { steady } from './steady.ts';
import type { AtHand } from './stock.ts';
import type { Text } from './texts.ts';

/** A token that a platform no longer takes is for a person to mend: wait, lose nothing, alert. */
const REVOKED_PAUSE_SECONDS = 300;
/** How much one answer counts in the mean round trip. */
const LATEST_SHARE = 0.1;

/** Begun, and waiting for its place. */
export interface Begun {
  readonly claim: AtHand;
  readonly text: Text;
}

export interface WireParts {
  readonly fence: Fence;
  readonly pace: Pace;
  readonly pause: LanePause;
  readonly breaker: ContentBreaker;
  readonly recorder: Recorder;
}

/** One request after another: sends what was begun, lets the answer steer the lane, and has it written down. */
export class Wire {
  readonly #lane: LaneParts;
  readonly #parts: WireParts;
  #roundTripMs: number | null = null;

  constructor(lane: LaneParts, parts: WireParts) {
    this.#lane = lane;
    this.#parts = parts;
  }

  /** The mean of late, in milliseconds; null: nothing was answered yet. */
  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }

  /** Resolves once the outcome is written down, with what it was. @throws Deposed */
  async send({ claim, text }: Begun, place: Place): Promise<SendOutcome['kind']> {
    const { metrics, clock, key } = this.#lane;
    if (this.#parts.pause.leftMs() > 0) metrics.sentWhilePaused.inc({ lane: key });
    const outcome = await this.#post(claim, text).catch((error) => {
      this.#parts.pace.answered(place, steady(), false);
      throw error;
    });
    metrics.sends.inc({ lane: key, outcome: outcome.kind });
    this.#place(outcome, place);
    const waits = this.#pause(outcome);
    const stopped = await this.#stopText(claim, outcome);
    const verdict = { claim, outcome, notice: text.notice, dueAt: clock.now(), stopped };
    await Promise.all([waits, this.#parts.recorder.record(verdict)]);
    return outcome.kind;
  }

  #post({ delivery, chat, replyTo }: Claim, { card, notice }: Text): Promise<SendOutcome> {
    // An alarm is heard even when it may be the second one.
    const silent = delivery.silent && notice.severity !== 'critical';
    return this.#lane.messenger.send(chat, card, { silent, deliveryId: delivery.id, replyTo });
  }

  /** What the answer says about how fast we may send. */
  #place(outcome: SendOutcome, place: Place): void {
    const { pace } = this.#parts;
    const nowMs = steady();
    const tookMs = nowMs - place.takenMs;
    this.#roundTripMs =
      this.#roundTripMs === null ? tookMs : this.#roundTripMs + (tookMs - this.#roundTripMs) * LATEST_SHARE;
    if (outcome.kind === 'sent' || outcome.kind === 'uncertain') {
      pace.answered(place, nowMs, outcome.kind === 'sent');
    } else if (outcome.kind === 'retry' && outcome.scope === 'lane' && outcome.away !== true) {
      this.#lane.metrics.limited.inc({ lane: this.#lane.key });
      pace.limited(place, nowMs);
    } else {
      // Whatever was refused the platform does not count.
      pace.giveBack(place);
    }
  }

  /** The whole lane waits when it is told to: here at once, everywhere once this resolves. */
  async #pause(outcome: SendOutcome): Promise<void> {
    const { logger, metrics, key } = this.#lane;
    const told = outcome.kind === 'revoked' || (outcome.kind === 'retry' && outcome.scope === 'lane');
    if (!told) return;
    if (outcome.kind === 'revoked')
      logger.error(
        { lane: key, why: outcome.why },
        'the platform refuses our token: nothing can be sent until it is replaced',
      );
    const seconds = outcome.kind === 'revoked' ? REVOKED_PAUSE_SECONDS : outcome.afterSeconds;
    metrics.pausedSeconds.inc({ lane: key }, this.#parts.pause.heed(seconds));
    await this.#parts.pause.write(seconds, outcome.why);
  }

  /** True: this text is tried on nobody else. */
  async #stopText({ delivery, chat, language, also = [] }: Claim, outcome: SendOutcome): Promise<boolean> {
    const { breaker, fence } = this.#parts;
    // A digest says nothing about any one text in it.
    if (also.length > 0) return false;
    if (outcome.kind === 'sent') breaker.taken(delivery.notice, language);
    if (outcome.kind !== 'refused' || outcome.fault !== 'content') return false;
    if (!breaker.refused(delivery.notice, language, steady())) return false;
    const { store, clock, logger } = this.#lane;
    const rendition = { platform: chat.platform, language };
    const { why } = outcome;
    if (await store.campaigns.stopRendition(delivery.campaign, rendition, why, clock.now(), fence))
      logger.error(
        { notice: delivery.notice, ...rendition, why },
        'the platform refuses the text of a notice: it is stopped',
      );
    return true;
  }
}
