/*
 * Understanding beside its peers, in one run, each in a process of its own: ours; nlp.js with our training
 * sentences; keyword search (MiniSearch over jamo trigrams with ordered rules). The peers' settings are the
 * best for them on the development set. `node tests/bench/understanding-peers.ts` prints the table.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Understanding } from '../../src/understanding/understanding.ts';
import {
  type Figures,
  falselyAnswers,
  figures,
  judgeRows,
  type Row,
  rowsOf,
} from '../understanding/measure.ts';
import type { Performance, Said } from './contender.ts';

const CONTENDERS = ['allim', 'nlp.js', 'keywords'] as const;
/** nlp.js needs tens of milliseconds a message: of the public sets some are enough. */
const PUBLIC = [
  { name: 'public ko', file: 'public/songys.ko.jsonl', every: 20 },
  { name: 'public en', file: 'public/clinc-oos.en.jsonl', every: 2 },
] as const;
const DEVELOPMENT = ['dev.ko.jsonl', 'dev.en.jsonl'] as const;
const UNSEEN = ['unseen/unseen.ko.jsonl', 'unseen/unseen.en.jsonl'] as const;

/** One contender's figures, by set; shares from 0 to 1. */
export interface PeerFigures {
  readonly name: string;
  readonly setting: string;
  readonly sets: Readonly<Record<string, Figures>>;
  /** Public sentences off the topic that were answered. */
  readonly falselyAnswered: Readonly<Record<string, number>>;
  readonly startMs: number;
  readonly addedMb: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const asUnderstanding = ({ intent, services }: Said, language: 'ko' | 'en'): Understanding => ({
  language,
  intent: intent as Understanding['intent'],
  leaning: null,
  services,
  agencies: [],
  categories: [],
  regions: [],
  candidates: [],
  question: null,
  confidence: 1,
  topic: null,
});

const run = promisify(execFile);

async function perform(name: string, texts: readonly string[]): Promise<Performance> {
  const folder = mkdtempSync(join(tmpdir(), 'allim-peers-'));
  try {
    const [input, output] = [join(folder, 'in.json'), join(folder, 'out.json')];
    writeFileSync(input, JSON.stringify(texts));
    const program = new URL('understanding-contender.ts', import.meta.url).pathname;
    await run(process.execPath, ['--expose-gc', program, name, input, output], { maxBuffer: 2 ** 26 });
    return JSON.parse(readFileSync(output, 'utf8')) as Performance;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All contenders, one after another, on the development sets, the public ones, and the unseen ones where present. */
export async function comparePeers(): Promise<readonly PeerFigures[]> {
  const unseen = UNSEEN.filter((file) =>
    existsSync(new URL(`../fixtures/understanding/${file}`, import.meta.url)),
  );
  const sets = new Map<string, readonly Row[]>(
    [...DEVELOPMENT, ...unseen].map((file) => [file.replace(/^.*\/|\.jsonl$/g, ''), rowsOf(file)]),
  );
  const publics = PUBLIC.map(({ name, file, every }) => ({
    name,
    texts: rowsOf(file)
      .filter((_, at) => at % every === 0)
      .map((row) => row.text),
  }));
  const texts = [
    ...new Set([...[...sets.values()].flat().map((row) => row.text), ...publics.flatMap((set) => set.texts)]),
  ];

  const compared: PeerFigures[] = [];
  for (const name of CONTENDERS) {
    const performance = await perform(name, texts);
    const byOf = (setting: number): ((text: string) => Understanding) => {
      const said = new Map(texts.map((text, at) => [text, performance.said[setting]?.[at]]));
      return (text) => asUnderstanding(said.get(text) ?? { intent: 'off_topic', services: [] }, 'ko');
    };
    const falselyBy = (by: (text: string) => Understanding) =>
      publics.map((set) => ({
        name: set.name,
        share: set.texts.filter((text) => falselyAnswers(by(text))).length / set.texts.length,
      }));
    // Chosen for the peer: what it gets right of the development sets, and refuses of the public ones.
    const worthOf = (setting: number): number => {
      const by = byOf(setting);
      const right = ['dev.ko', 'dev.en'].map((set) => {
        const { intent, both } = figures(judgeRows(sets.get(set) ?? [], by));
        return (intent + both) / 2;
      });
      const refused = falselyBy(by).map(({ share }) => 1 - share);
      return [...right, ...refused].reduce((sum, one) => sum + one, 0);
    };
    const worths = performance.settings.map((_, setting) => worthOf(setting));
    const best = worths.indexOf(Math.max(...worths));
    const by = byOf(best);
    compared.push({
      name,
      setting: performance.settings[best] ?? '',
      sets: Object.fromEntries([...sets].map(([set, rows]) => [set, figures(judgeRows(rows, by))])),
      falselyAnswered: Object.fromEntries(falselyBy(by).map((one) => [one.name, one.share])),
      startMs: performance.startMs,
      addedMb: performance.addedMb,
      p50Ms: performance.p50Ms,
      p99Ms: performance.p99Ms,
    });
  }
  return compared;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The comparison as a Markdown table: a row a measure, a column a contender. */
export function peerTable(compared: readonly PeerFigures[]): string {
  const row = (measure: string, cell: (one: PeerFigures) => string): string =>
    `| ${[measure, ...compared.map(cell)].join(' | ')} |`;
  const shares: readonly (readonly [string, keyof Figures])[] = [
    ['intent', 'intent'],
    ['intent and services', 'both'],
    ['service F1', 'serviceF1'],
    ['wrong service', 'wrongService'],
    ['hard negatives falsely answered', 'hardNegatives'],
    ['in-domain declined', 'declined'],
  ];
  const sets = Object.keys(compared[0]?.sets ?? {});
  const ofSet = (one: PeerFigures, set: string, figure: keyof Figures): string => {
    const figures = one.sets[set];
    return figures === undefined ? '–' : percent(figures[figure]);
  };
  return [
    row('measure', ({ name }) => name),
    `|---|${'--:|'.repeat(compared.length)}`,
    ...sets.flatMap((set) =>
      shares.map(([label, figure]) => row(`${set}: ${label}`, (one) => ofSet(one, set, figure))),
    ),
    ...PUBLIC.map(({ name }) =>
      row(`${name}: falsely answered`, (one) => percent(one.falselyAnswered[name] ?? Number.NaN)),
    ),
    row('p50, ms', ({ p50Ms }) => p50Ms.toFixed(3)),
    row('p99, ms', ({ p99Ms }) => p99Ms.toFixed(3)),
    row('start, ms (training, where the peer trains)', ({ startMs }) => startMs.toFixed(0)),
    row('added memory, MB', ({ addedMb }) => addedMb.toFixed(0)),
    row('setting', ({ setting }) => setting),
  ].join('\n');
}

if (import.meta.main) console.log(peerTable(await comparePeers()));
