import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCircumstances, readSlots, readTemplates } from '../../src/understanding/training/written.ts';
import { createResemblance, writtenOut } from './resemblance.ts';

const fixture = (name: string): readonly string[] =>
  readFileSync(new URL(`../fixtures/understanding/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');

const sentences = [...fixture('dev.ko.jsonl'), ...fixture('dev.en.jsonl')].map(
  (line) => (JSON.parse(line) as { text: string }).text,
);
const turns = fixture('dev.dialogues.jsonl').flatMap((line) =>
  (JSON.parse(line) as { turns: readonly { user?: string }[] }).turns.flatMap(({ user }) => user ?? []),
);
const resembled = createResemblance([...sentences, ...turns]);

const templates = readTemplates();
const files = [...new Set(templates.map(({ theme, language }) => `${theme}.${language}`))];
const linesOf = (file: string): readonly string[] =>
  templates.filter(({ theme, language }) => `${theme}.${language}` === file).map(({ text }) => text);

describe('the written templates are no copy of the development set', () => {
  it.each<readonly [string, readonly string[]]>([
    ...files.map((file) => [file, linesOf(file)] as const),
    ['circumstances.ko', readCircumstances('ko')],
    ['circumstances.en', readCircumstances('en')],
    ['slots.ko', Object.values(readSlots('ko')).map((choices) => `(${choices})`)],
    ['slots.en', Object.values(readSlots('en')).map((choices) => `(${choices})`)],
  ])('%s resembles no sentence of it', (_, lines) => {
    const near = lines.flatMap(writtenOut).flatMap((text) => {
      const found = resembled(text);
      return found === null ? [] : [`${text} ~ ${found.sentence}`];
    });
    expect(near).toEqual([]);
  });

  it('one that does is found', () => {
    const [first = ''] = sentences.filter((text) => text.length > 15);
    expect(resembled(first)).toEqual({ sentence: first, share: 1 });
  });
});

describe('the written templates', () => {
  it('are in both languages, and of every intent', () => {
    const intents = (language: string): number =>
      new Set(templates.filter((one) => one.language === language).map(({ intent }) => intent)).size;
    expect([intents('ko'), intents('en')]).toEqual([17, 17]);
  });

  it.each(files)('%s has no line twice', (file) => {
    const lines = linesOf(file);
    expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([]);
  });
});
