import { readCatalogue } from '../../src/config/catalogue.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';
import {
  dialoguesOf,
  type Figures,
  falselyAnswers,
  figures,
  judgeDialogues,
  judgeRows,
  read,
  rowsOf,
  type Verdict,
} from './measure.ts';

/*
 * Prints how well messages are understood, on every set below tests/fixtures/understanding. `--errors`
 * lists the misses of the development set. The unseen set is by another author and stays blind: of it
 * nothing but figures is ever shown.
 */

const percent = (value: number): string => `${(value * 100).toFixed(1).padStart(5)} %`;
const print = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};
const showErrors = process.argv.includes('--errors');

function listErrors(verdicts: readonly Verdict[]): void {
  if (!showErrors) return;
  for (const v of verdicts) {
    if (v.both) continue;
    print(`  ${v.lenientBoth ? '~' : '✗'} ${v.text}`);
    print(
      `      wanted ${v.gold.intent} [${v.gold.services.join()}]  got ${v.got.intent} [${v.got.services.join()}]${v.got.intent === 'clarify' ? ` asks ${v.got.leaning} [${v.got.candidates.join()}]` : ''} ${v.got.confidence.toFixed(2)}`,
    );
  }
}

/** What is told of a set: a name, its figure, and how it is written. */
const TOLD: readonly (readonly [string, (f: Figures) => number, (value: number) => string])[] = [
  ['intent', (f) => f.intent, percent],
  ['intent, lenient', (f) => f.lenientIntent, percent],
  ['macro-F1', (f) => f.macroF1, percent],
  ['intent and services', (f) => f.both, percent],
  ['intent and services, lenient', (f) => f.lenientBoth, percent],
  ['service F1', (f) => f.serviceF1, percent],
  ['wrong service', (f) => f.wrongService, percent],
  ['declined or needlessly asked', (f) => f.declined, percent],
  ['off-topic falsely answered', (f) => f.falseAnswers, percent],
  ['hard negatives falsely answered', (f) => f.hardNegatives, percent],
  ['calibration error', (f) => f.calibration, (value) => value.toFixed(3).padStart(7)],
];

const SETS = [
  ['development ko', 'dev.ko.jsonl'],
  ['development en', 'dev.en.jsonl'],
  ['unseen ko', 'unseen/unseen.ko.jsonl'],
  ['unseen en', 'unseen/unseen.en.jsonl'],
] as const;

const judged = SETS.map(([name, file]) => ({ name, verdicts: judgeRows(rowsOf(file)) }));
const measured = judged.map(({ verdicts }) => figures(verdicts));
print(`${' '.repeat(32)}${judged.map(({ name }) => name.padStart(16)).join('')}`);
print(`${'sentences'.padEnd(32)}${measured.map((f) => String(f.rows).padStart(16)).join('')}`);
for (const [name, of, written] of TOLD)
  print(`${name.padEnd(32)}${measured.map((f) => written(of(f)).padStart(16)).join('')}`);
const [devKo, devEn, unseenKo, unseenEn] = measured;
if (devKo && devEn && unseenKo && unseenEn) {
  const gap = (a: Figures, b: Figures): string =>
    `intent ${((a.intent - b.intent) * 100).toFixed(1)}, intent and services ${((a.both - b.both) * 100).toFixed(1)}`;
  print(`gap of the unseen, in points: Korean ${gap(devKo, unseenKo)}; English ${gap(devEn, unseenEn)}`);
}

const [korean = [], english = [], ...blind] = judged.map(({ verdicts }) => verdicts);
listErrors([...korean, ...english]);

function byGroup(
  title: string,
  groupsOf: (v: Verdict) => readonly string[],
  right: (v: Verdict) => boolean,
): void {
  print(`\n${title} (development ko | en | unseen ko | en)`);
  const columns = [korean, english, ...blind];
  for (const group of [...new Set(columns.flat().flatMap(groupsOf))].sort()) {
    const cells = columns.map((all) => {
      const own = all.filter((v) => groupsOf(v).includes(group));
      return own.length === 0
        ? '–'.padStart(7)
        : `${percent(own.filter(right).length / own.length)} of ${own.length}`;
    });
    print(`  ${group.padEnd(20)} ${cells.map((cell) => cell.padEnd(16)).join('| ')}`);
  }
}
byGroup(
  'By phenomenon: intent and services right, strict',
  (v) => v.phenomena,
  (v) => v.both,
);
byGroup(
  'By intent: right, strict',
  (v) => [v.gold.intent],
  (v) => v.intent,
);

print('\nPublic off-topic sentences, falsely answered');
for (const file of ['public/songys.ko.jsonl', 'public/clinc-oos.en.jsonl']) {
  const rows = rowsOf(file);
  const wrong = rows.filter((row) => falselyAnswers(read(row.text)));
  const linked = rows.filter((row) => read(row.text).services.length > 0);
  print(
    `  ${file.padEnd(28)} ${percent(wrong.length / rows.length)} of ${rows.length}   linked to a service ${percent(linked.length / rows.length)}`,
  );
  if (!showErrors) continue;
  for (const row of wrong) {
    const got = read(row.text);
    print(`  ✗ ${row.text}  got ${got.intent} [${got.services.join()}] ${got.confidence.toFixed(2)}`);
  }
}

print('\nConversations');
for (const [name, file] of [
  ['development', 'dev.dialogues.jsonl'],
  ['unseen', 'unseen/unseen.dialogues.jsonl'],
] as const) {
  const { figures: d, verdicts } = judgeDialogues(dialoguesOf(file));
  print(
    `  ${name.padEnd(12)} turns ${percent(d.joint)} of ${d.turns} (lenient ${percent(d.lenientJoint)}), whole ${percent(d.whole)} (lenient ${percent(d.lenientWhole)})`,
  );
  if (name === 'development') listErrors(verdicts);
}

const texts = [...korean, ...english].map((v) => v.text);
const times: number[] = [];
for (let round = 0; round < 5; round++) {
  for (const text of texts) {
    const from = performance.now();
    read(text);
    if (round > 1) times.push((performance.now() - from) * 1000);
  }
}
times.sort((a, b) => a - b);
const at = (part: number): string => (times[Math.floor(times.length * part)] ?? 0).toFixed(0);
const from = performance.now();
createUnderstanding(readCatalogue(null));
const started = performance.now() - from;
print(
  `\nTime: p50 ${at(0.5)} µs, p99 ${at(0.99)} µs; a second start ${started.toFixed(0)} ms, reading the catalogue included`,
);
