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

/* Prints how well messages are understood, on every set below tests/fixtures/understanding. `--errors` lists the misses. */

const percent = (value: number): string => `${(value * 100).toFixed(1).padStart(5)} %`;
const print = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};
const showErrors = process.argv.includes('--errors');

function listErrors(verdicts: readonly Verdict[]): void {
  if (!showErrors) return;
  for (const v of verdicts) {
    if (v.lenientBoth) continue;
    print(`  ✗ ${v.text}`);
    print(
      `      wanted ${v.gold.intent} [${v.gold.services.join()}]  got ${v.got.intent} [${v.got.services.join()}]${v.got.intent === 'clarify' ? ` asks ${v.got.leaning} [${v.got.candidates.join()}]` : ''} ${v.got.confidence.toFixed(2)}`,
    );
  }
}

function table(name: string, f: Figures): void {
  print(`${name} (${f.rows})`);
  print(
    `  intent ${percent(f.intent)}   macro-F1 ${percent(f.macroF1)}   calibration error ${f.calibration.toFixed(3)}`,
  );
  print(`  intent and services ${percent(f.both)}   lenient ${percent(f.lenientBoth)}`);
  print(
    `  service F1 ${percent(f.serviceF1)}   wrong service ${percent(f.wrongService)}   declined or needlessly asked ${percent(f.declined)}`,
  );
  print(`  hard negatives falsely answered ${percent(f.hardNegatives)}`);
}

const korean = judgeRows(rowsOf('dev.ko.jsonl'));
const english = judgeRows(rowsOf('dev.en.jsonl'));
table('Korean', figures(korean));
listErrors(korean);
table('English', figures(english));
listErrors(english);

print('\nBy phenomenon: intent and services right, lenient (Korean | English)');
for (const phenomenon of [...new Set([...korean, ...english].flatMap((v) => v.phenomena))].sort()) {
  const cell = (all: readonly Verdict[]): string => {
    const own = all.filter((v) => v.phenomena.includes(phenomenon));
    return own.length === 0
      ? '      –'
      : `${percent(own.filter((v) => v.lenientBoth).length / own.length)} of ${own.length}`;
  };
  print(`  ${phenomenon.padEnd(18)} ${cell(korean).padEnd(16)} | ${cell(english)}`);
}

print('\nBy intent: right, strict (Korean | English)');
for (const intent of [...new Set(korean.map((v) => v.gold.intent))].sort()) {
  const cell = (all: readonly Verdict[]): string => {
    const own = all.filter((v) => v.gold.intent === intent);
    return `${percent(own.filter((v) => v.intent).length / Math.max(1, own.length))} of ${own.length}`;
  };
  print(`  ${intent.padEnd(18)} ${cell(korean).padEnd(16)} | ${cell(english)}`);
}

print('\nPublic off-topic sentences, falsely answered');
for (const file of ['public/songys.ko.jsonl', 'public/clinc-oos.en.jsonl']) {
  const rows = rowsOf(file);
  const wrong = rows.filter((row) => falselyAnswers(read(row.text)));
  const linked = rows.filter((row) => read(row.text).services.length > 0);
  print(
    `  ${file.padEnd(28)} ${percent(wrong.length / rows.length)} of ${rows.length}   linked to a service ${percent(linked.length / rows.length)}`,
  );
  if (showErrors) {
    for (const row of wrong) {
      const got = read(row.text);
      print(`  ✗ ${row.text}  got ${got.intent} [${got.services.join()}] ${got.confidence.toFixed(2)}`);
    }
  }
}

const conversations = judgeDialogues(dialoguesOf('dev.dialogues.jsonl'));
const d = conversations.figures;
print(
  `\nConversations: turns ${percent(d.joint)} of ${d.turns} (lenient ${percent(d.lenientJoint)}), whole ${percent(d.whole)} (lenient ${percent(d.lenientWhole)})`,
);
listErrors(conversations.verdicts);

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
