import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONTEXTS } from '../../src/understanding/training/contexts.ts';
import { ENGLISH_MORE } from '../../src/understanding/training/more.en.ts';
import { KOREAN_MORE } from '../../src/understanding/training/more.ko.ts';
import {
  ENGLISH_FAR,
  ENGLISH_NEAR,
  ENGLISH_NEGATIVE_SLOTS,
} from '../../src/understanding/training/negatives.en.ts';
import {
  KOREAN_FAR,
  KOREAN_NEAR,
  KOREAN_NEGATIVE_SLOTS,
} from '../../src/understanding/training/negatives.ko.ts';
import { ENGLISH_SLOTS } from '../../src/understanding/training/slots.en.ts';
import { KOREAN_SLOTS } from '../../src/understanding/training/slots.ko.ts';
import { ENGLISH_TEMPLATES } from '../../src/understanding/training/templates.en.ts';
import { KOREAN_TEMPLATES } from '../../src/understanding/training/templates.ko.ts';
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

describe('the written templates are no copy of the development set', () => {
  it.each([
    ['Korean templates', [KOREAN_TEMPLATES, KOREAN_MORE].flatMap((one) => Object.values(one).flat())],
    ['English templates', [ENGLISH_TEMPLATES, ENGLISH_MORE].flatMap((one) => Object.values(one).flat())],
    ['Korean negatives', [...KOREAN_NEAR, ...KOREAN_FAR]],
    ['English negatives', [...ENGLISH_NEAR, ...ENGLISH_FAR]],
    ['circumstances', Object.values(CONTEXTS).flat()],
    ['Korean slots', Object.values({ ...KOREAN_SLOTS, ...KOREAN_NEGATIVE_SLOTS })],
    ['English slots', Object.values({ ...ENGLISH_SLOTS, ...ENGLISH_NEGATIVE_SLOTS })],
  ])('%s resemble no sentence of it', (_, templates) => {
    const near = templates.flatMap(writtenOut).flatMap((text) => {
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
