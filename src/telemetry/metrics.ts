import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The program's own numbers, one registry a process. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'allim_' });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `allim_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name: `allim_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  return {
    registry,
    turns: counter('turns_total', 'Turns answered, by platform and intent', ['platform', 'intent']),
    sends: counter('sends_total', 'Delivery attempts, by lane and outcome', ['lane', 'outcome']),
    limited: counter('limited_total', 'Times a platform said we send too fast, by lane', ['lane']),
    pausedSeconds: counter('paused_seconds_total', 'Seconds that platforms made us wait, by lane', ['lane']),
    sentWhilePaused: counter('sent_while_paused_total', 'Sends begun during a pause; always 0', ['lane']),
    rate: gauge('lane_rate', 'Messages a second that a lane allows itself', ['lane']),
    inFlight: gauge('lane_in_flight', 'Deliveries begun and not settled, by lane', ['lane']),
    atHand: gauge('lane_at_hand', 'Deliveries claimed and not begun, by lane', ['lane']),
    imbalances: gauge('campaign_imbalances', 'Campaigns whose counts and deliveries disagree; always 0', []),
    inbound: counter('inbound_total', 'Updates received, by platform and what became of them', [
      'platform',
      'outcome',
    ]),
    answerSeconds: new Histogram({
      name: 'allim_answer_seconds',
      help: 'From the turn to its reply, in seconds',
      labelNames: ['platform'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
      registers: [registry],
    }),
    outbox: new Gauge({
      name: 'allim_outbox',
      help: 'Deliveries waiting, by lane',
      labelNames: ['lane'],
      registers: [registry],
    }),
  };
}
