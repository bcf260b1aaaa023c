import { expect, it } from 'vitest';
import { explain } from '../../src/commands/explain.ts';
import { columns } from '../../src/commands/terminal.ts';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { INTENTS } from '../../src/understanding/understanding.ts';

const catalogue = readCatalogue(null);

function explained(text: string, options: { json?: boolean; width?: number } = {}): string {
  const lines: string[] = [];
  explain(catalogue, text, { json: false, width: 100, ...options }, (line) => lines.push(line));
  return lines.join('\n');
}

it('shows the name that was found, the cues with their words, the chances and the decision', () => {
  const text = explained('홈택스 접속이 안 돼요');
  expect(text).toMatch(/“홈[택텍]스” → hometax/);
  expect(text).toMatch(/trouble: .*“안 /);
  expect(text).toMatch(/Chances +status +\d+\.\d %/);
  expect(text).toMatch(
    /Decision +answers: status\n +services: hometax\n +language: ko, confidence \d+\.\d %/,
  );
});

it('shows the other ways of reading, and which was taken', () => {
  expect(explained('ghaxortm dks ehody')).toMatch(
    /Read as +ghaxortm .*\(typed\)\n.*홈택스 안 돼.*\(korean_keys, taken\)/,
  );
});

it('shows slips, and names that are set aside', () => {
  expect(explained('정브24 안 열려요')).toMatch(/→ gov24 \(1 slip/);
  expect(explained('홈택스 말고 위택스 되나요')).toMatch(/“홈[택텍]스” → hometax \(.*set aside/);
});

it.each([
  ['오늘 점심 뭐 먹지', /Decision +declines/],
  ['ㅇㅌㅅ 안 돼요', /Decision +asks back, leaning to status\n +may mean: \S+, \S+/],
])('%s: says what it does instead of answering', (text, decision) => {
  expect(explained(text)).toMatch(decision);
});

it('as JSON it tells the chance of every intent', () => {
  const { chances, understanding } = JSON.parse(explained('홈택스 되나요', { json: true }));
  expect(Object.keys(chances).sort()).toEqual([...INTENTS].sort());
  expect(understanding.services).toEqual(['hometax']);
});

it('fits the terminal, and says something of any text', () => {
  for (const text of ['', '???', `${'가'.repeat(300)} ${'정부24 되나요 '.repeat(20)}`]) {
    for (const line of explained(text, { width: 50 }).split('\n'))
      expect(columns(line)).toBeLessThanOrEqual(50);
  }
});
