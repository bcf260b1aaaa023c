import { describe, expect, it } from 'vitest';
import { cueTerms, parseCues } from '../../src/understanding/cues.ts';
import { decodeModel, encodeModel } from '../../src/understanding/model.ts';
import { parseTemplates } from '../../src/understanding/training/written.ts';

describe('the tables of cues', () => {
  it('are sections of phrases, with remarks and blank lines between', () => {
    const table = parseCues('# why\n[trouble]\n안 되\n\n[why]\n|왜|\n', 'cues.ko.txt');
    expect([...table]).toEqual([
      ['trouble', ['안 되']],
      ['why', ['|왜|']],
    ]);
  });

  it.each([
    ['[nonsense]\n', 'cues.ko.txt:1: no cue is called nonsense'],
    ['# fine\n안 되\n', 'cues.ko.txt:2: a phrase before the first [cue]'],
  ])('name the line that cannot be used: %j', (text, message) => {
    expect(() => parseCues(text, 'cues.ko.txt')).toThrow(message);
  });

  it('mark where a word must begin or end', () => {
    const why = cueTerms().find((term) => term.cue === 'why' && term.text === '왜');
    expect(why).toMatchObject({ wordStart: true, wordEnd: true });
  });
});

describe('the training texts', () => {
  const slots = { ko: { now: '지금|오늘' }, en: {} };
  it('are templates by intent, in the language of their file', () => {
    expect(parseTemplates('[status]\n{S} {now} 되나요\n', 'people.ko.txt', slots)).toEqual([
      { text: '{S} {now} 되나요', intent: 'status', language: 'ko', theme: 'people' },
    ]);
  });

  it.each([
    ['people.txt', '[status]\n', 'people.txt: the name of a file ends with .ko.txt or .en.txt'],
    ['a.ko.txt', '[gossip]\n', 'a.ko.txt:1: no intent is called gossip'],
    ['a.ko.txt', '되나요\n', 'a.ko.txt:1: a line before the first [intent]'],
    ['a.ko.txt', '[status]\n{when} 되나요\n', 'a.ko.txt:2: no slot is called {when}'],
    ['a.ko.txt', '[status]\n되나요|됩니까\n', 'a.ko.txt:2: a | outside of ( and )'],
  ])('name the line that cannot be used: %s %j', (file, text, message) => {
    expect(() => parseTemplates(text, file, slots)).toThrow(message);
  });
});

describe('the model on disk', () => {
  it('refuses bytes of another shape', () => {
    expect(() => decodeModel(new Uint8Array(100))).toThrow(RangeError);
  });

  it('is the same after being written and read', () => {
    const model = {
      scales: new Float32Array(17).fill(0.5),
      temperature: 1.5,
      signs: new Uint8Array(1 << 15).fill(7),
      weights: new Int8Array(17 << 15).fill(-3),
    };
    expect(decodeModel(encodeModel(model))).toEqual(model);
  });
});
