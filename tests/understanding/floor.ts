import { readFileSync, writeFileSync } from 'node:fs';
import { dialoguesOf, falselyAnswers, figures, judgeDialogues, judgeRows, read, rowsOf } from './measure.ts';

/* The figures that may rise and never fall: `node tests/understanding/floor.ts` raises floor.json to just under today's. */

/** Points left for the chance of another order of the same sentences. */
const MARGIN = 0.3;
const FILE = new URL('floor.json', import.meta.url);

/** Today's figures, in percent; for those where less is better, what is not wrong. */
export function floorFigures(): Record<string, number> {
  const result: Record<string, number> = {};
  const put = (name: string, value: number): void => {
    result[name] = Math.floor(value * 1000) / 10;
  };
  for (const language of ['ko', 'en']) {
    const f = figures(judgeRows(rowsOf(`dev.${language}.jsonl`)));
    put(`${language} intent`, f.intent);
    put(`${language} intent and services`, f.both);
    put(`${language} service F1`, f.serviceF1);
    put(`${language} no wrong service`, 1 - f.wrongService);
    put(`${language} hard negatives refused`, 1 - f.hardNegatives);
    put(`${language} in-domain answered`, 1 - f.declined);
    put(`${language} calibrated`, 1 - f.calibration);
  }
  for (const file of ['songys.ko', 'clinc-oos.en']) {
    const rows = rowsOf(`public/${file}.jsonl`);
    put(`${file} refused`, 1 - rows.filter((row) => falselyAnswers(read(row.text))).length / rows.length);
  }
  const talks = judgeDialogues(dialoguesOf('dev.dialogues.jsonl')).figures;
  put('dialogue turns', talks.joint);
  put('whole dialogues', talks.whole);
  return result;
}

if (import.meta.main) {
  const now = floorFigures();
  let before: Record<string, number> = {};
  try {
    before = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, number>;
  } catch {
    // The first floor.
  }
  const raised = Object.fromEntries(
    Object.entries(now).map(([name, value]) => [
      name,
      Math.max(Math.round((value - MARGIN) * 10) / 10, before[name] ?? 0),
    ]),
  );
  writeFileSync(FILE, `${JSON.stringify(raised, null, 2)}\n`);
  for (const [name, value] of Object.entries(now)) {
    const was = before[name];
    process.stdout.write(
      `${name}: ${value}${was === undefined ? '' : value < was ? ` (below its floor of ${was})` : value > was ? ` (was ${was})` : ''}\n`,
    );
  }
}
