import { CRASH, measureCrashTruth, measurePeerCrashTruth } from './delivery-crash.ts';
import { LIMIT_USE, type LimitUse, measureLimitUse } from './delivery-limit-use.ts';
import { PEER_SENDERS, type PeerSender } from './delivery-peer-senders.ts';
import { measurePeerLimitUse, openStores, type Stores } from './delivery-peers.ts';
import { measureUrgency, URGENCY } from './delivery-urgency.ts';
import { type Benchmark, type Figure, percentile, repeated } from './figures.ts';

const RUNS = 5;

/** Each peer in turn, on an empty store; those without a server are named. */
async function ofPeers<T>(
  stores: Stores,
  times: number,
  measure: (peer: PeerSender, store: string) => Promise<T>,
): Promise<{ readonly ran: ReadonlyMap<PeerSender, readonly T[]>; readonly more: readonly string[] }> {
  const ran = new Map<PeerSender, readonly T[]>();
  const more: string[] = [];
  for (const peer of PEER_SENDERS) {
    if ((await stores.fresh(peer.store)) === null) {
      more.push(`- ${peer.name}: not run, there is no ${peer.store} server here`);
      continue;
    }
    const once = async (): Promise<T> => measure(peer, (await stores.fresh(peer.store)) ?? '');
    ran.set(peer, await repeated(peer.name, times, once));
    more.push(`- ${peer.name}: ${peer.setting}`);
  }
  return { ran, more };
}

const limitFigures = (name: string, runs: readonly LimitUse[], goal?: string): readonly Figure[] => [
  {
    name: `${name}: share of the limit`,
    unit: '×',
    runs: runs.map((r) => r.share),
    ...(goal ? { goal } : {}),
  },
  { name: `${name}: answered 429`, unit: 'calls', runs: runs.map((r) => r.refused) },
  { name: `${name}: sent while paused`, unit: 'calls', runs: runs.map((r) => r.whilePaused) },
];

const limitUse: Benchmark = {
  name: 'limit-use',
  title: 'Limit use',
  async measure(quick) {
    const times = quick ? 1 : RUNS;
    const [free, paid, drop] = [LIMIT_USE.free, LIMIT_USE.paid, LIMIT_USE['hidden drop']].map((setting) =>
      quick ? { ...setting, chats: Math.ceil(setting.chats / 10) } : setting,
    );
    if (free === undefined || paid === undefined || drop === undefined) throw new Error('no setting');
    const ours = {
      free: await repeated('ours, free', times, () => measureLimitUse(free)),
      paid: await repeated('ours, paid', times, () => measureLimitUse(paid)),
      drop: await repeated('ours, hidden drop', times, () => measureLimitUse(drop)),
    };
    const stores = await openStores();
    try {
      const peers = await ofPeers(stores, times, (peer, store) => measurePeerLimitUse(peer, store, free));
      return {
        about: `Ideal time (delivered ÷ ceiling) ÷ time from the order to the last recipient. Free: ${free.chats} chats at ${free.ratePerSecond}/s, ${free.latencyMs} ms latency, 5 % blocked, for everybody. Paid: ${paid.chats} at ${paid.ratePerSecond}/s. Hidden drop: from 30/s to 20/s halfway, without a word.`,
        figures: [
          ...limitFigures('Ours, free', ours.free, '≥ 0.96'),
          ...limitFigures('Ours, paid', ours.paid, '≥ 0.95'),
          ...limitFigures('Ours, hidden drop', ours.drop, '≥ 0.90'),
          ...[...peers.ran].flatMap(([peer, runs]) => limitFigures(`Peer, free: ${peer.name}`, runs)),
        ],
        more: peers.more,
      };
    } finally {
      await stores.stop();
    }
  },
};

const urgency: Benchmark = {
  name: 'urgency',
  title: 'Urgency under load',
  async measure(quick) {
    const setting = quick ? { ...URGENCY, campaign: 5_000, critical: 60, questions: 30 } : URGENCY;
    const runs = await repeated('urgency', quick ? 1 : RUNS, () => measureUrgency(setting));
    const answers = (share: number) => runs.map((run) => percentile(run.answers, share));
    return {
      about: `A campaign to ${setting.campaign} at ${setting.ratePerSecond}/s is under way, ${setting.latencyMs} ms latency; ${setting.questions} citizens ask meanwhile, then a critical notice goes to ${setting.critical}.`,
      figures: [
        { name: 'Answer, p50', unit: 'ms', runs: answers(0.5) },
        { name: 'Answer, p95', unit: 'ms', goal: `< 150 + ${setting.latencyMs}`, runs: answers(0.95) },
        { name: 'First critical message', unit: 'ms', goal: '< 500', runs: runs.map((r) => r.firstCritical) },
        {
          name: 'Last critical message: share of the limit',
          unit: '×',
          runs: runs.map((r) => r.criticalShare),
        },
        { name: 'Sent while paused', unit: 'calls', goal: '0', runs: runs.map((r) => r.whilePaused) },
      ],
    };
  },
};

const crash: Benchmark = {
  name: 'crash',
  title: 'Crash truth',
  async measure(quick) {
    const times = quick ? 1 : RUNS;
    const setting = quick ? { ...CRASH, chats: 240, kills: 3 } : CRASH;
    const ours = await repeated('ours, crash', times, () => measureCrashTruth(setting));
    const stores = await openStores();
    try {
      const peers = await ofPeers(stores, times, (peer, store) =>
        measurePeerCrashTruth(peer, store, setting),
      );
      return {
        about: `${setting.chats} chats at ${setting.ratePerSecond}/s; \`kill -9\` ${setting.kills} times at the same moments for everybody, and a start at once. Missing: nothing had come 60 s later.`,
        figures: [
          { name: 'Ours: missing', unit: 'chats', goal: '0', runs: ours.map((r) => r.missing) },
          { name: 'Ours: twice', unit: 'messages', goal: '≤ out', runs: ours.map((r) => r.surplus) },
          { name: 'Ours: out at the kills', unit: 'messages', runs: ours.map((r) => r.out ?? 0) },
          {
            name: 'Ours: reported as sent again',
            unit: 'messages',
            goal: '≥ twice',
            runs: ours.map((r) => r.confessed ?? 0),
          },
          ...[...peers.ran].flatMap(([{ name }, runs]): readonly Figure[] => [
            { name: `Peer, ${name}: missing`, unit: 'chats', runs: runs.map((r) => r.missing) },
            { name: `Peer, ${name}: twice`, unit: 'messages', runs: runs.map((r) => r.surplus) },
          ]),
        ],
        more: peers.more,
      };
    } finally {
      await stores.stop();
    }
  },
};

export const deliveryBenchmarks: readonly Benchmark[] = [limitUse, urgency, crash];
