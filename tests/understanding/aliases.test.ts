import { romanize } from 'koroman';
import { describe, expect, it } from 'vitest';
import type { Service } from '../../src/domain/service.ts';
import { putTogether, romanise, takeApart, toKeys } from '../../src/understanding/hangul.ts';
import { createNaming } from '../../src/understanding/naming.ts';
import { createReader } from '../../src/understanding/reading.ts';
import { catalogue } from './measure.ts';

const read = createReader(catalogue);
const nameSubject = createNaming(catalogue);

/** The alias leads to its service: as the answer, or as one of the choices where several share it. */
function reaches(text: string, service: Service): boolean {
  const { services, candidates } = nameSubject(read(text), true);
  return services.includes(service.id) || candidates.includes(service.id);
}

/** The sentences made of aliases that do not lead to their service. `of` gives null where a sentence makes no sense. */
function missed(language: 'ko' | 'en', of: (alias: string, service: Service) => string | null): string[] {
  return catalogue.services.flatMap((service) =>
    service.aliases[language].flatMap((alias) => {
      const text = of(alias, service);
      return text === null || reaches(text, service) ? [] : [`${service.id}: ${text}`];
    }),
  );
}

const isHangul = (text: string): boolean => /^[가-힣· ]+$/.test(text);
const syllables = (text: string): number => (text.match(/[가-힣]/g) ?? []).length;
const isClosed = (text: string): boolean => (takeApart(text.at(-1) ?? '')?.final ?? '') !== '';
const unspaced = (text: string): string => text.replaceAll(' ', '');

/** Three equal letters in a row are taken for one that was drawn out, as in hooometax. */
const isDrawnOut = (text: string): boolean => /(.)\1\1/.test(text);

/** The longest word, or null where it is too short to bear a slip. */
function longestWord(text: string, least: number): string | null {
  const [word] = text.split(' ').sort((a, b) => b.length - a.length);
  return word !== undefined && word.length >= least ? word : null;
}

/** Another vowel in the middle of the longest word. */
function slippedKorean(alias: string): string | null {
  const word = longestWord(alias, 3);
  const at = word === null ? -1 : Math.floor(word.length / 2);
  const s = takeApart(word?.charAt(at) ?? '');
  if (word === null || s === null) return null;
  const vowel = s.vowel === 'ㅓ' ? 'ㅗ' : 'ㅓ';
  const slipped = word.slice(0, at) + putTogether(s.initial, vowel, s.final) + word.slice(at + 1);
  return alias.replace(word, slipped);
}

describe('every alias of the catalogue leads to its service', () => {
  it.each([
    ['되나요', (a: string) => `${a} 되나요?`],
    ['안 돼요', (a: string) => `${a} 안 돼요`],
    ['주격 조사', (a: string) => `${a}${isClosed(a) ? '이' : '가'} 안 열려요`],
    ['보조사', (a: string) => `${a}${isClosed(a) ? '은' : '는'} 지금 정상인가요`],
    ['부사격 조사', (a: string) => `${a}에서 오류 나요`],
    ['붙여 쓴 물음', (a: string) => `${unspaced(a)}되나요`],
    ['붙여 쓴 문장', (a: string) => `지금${unspaced(a)}안돼요`],
  ])('한국어: %s', (_, of) => {
    expect(missed('ko', of)).toEqual([]);
  });

  it('한국어: 로마자로 친 말', () => {
    const of = (a: string): string | null =>
      isHangul(a) && syllables(a) >= 3 ? `${romanise(a)} an dwaeyo` : null;
    // One sounds nearer to another name, and don is taken for the English word.
    expect(missed('ko', of)).toEqual([
      'resident-id-card: jumindeungrokjeung an dwaeyo',
      'epost-bank: ucheguk don an dwaeyo',
    ]);
  });

  it('한국어: 소리 나는 대로 로마자로 적은 말', () => {
    const of = (a: string): string | null =>
      isHangul(a) && syllables(a) >= 3 ? `${romanize(a)} an dwaeyo` : null;
    // ㄴ is added between the parts of some words, ㅎ is lost in others; the index knows the letters as written.
    expect(missed('ko', of)).toEqual([
      'epost-bank: ucheguk don an dwaeyo',
      'organ-transplant: gungnipjanggijojikyeoraekgwalliwon an dwaeyo',
      'peti: gongjingnyulli an dwaeyo',
      'bokjiro: boyungnyo an dwaeyo',
    ]);
  });

  it('한국어: 영문 자판으로 친 말', () => {
    // A name with Latin letters cannot be typed without changing the keyboard.
    expect(missed('ko', (a) => (/[a-z]/i.test(a) ? null : toKeys(`${a} 안 돼요`)))).toEqual([]);
  });

  it('한국어: 한 글자 틀린 말', () => {
    const of = (a: string, { needsCue }: Service): string | null => {
      const slipped = needsCue.includes(a) || !isHangul(a) ? null : slippedKorean(a);
      return slipped === null ? null : `${slipped} 접속이 안 돼요`;
    };
    expect(missed('ko', of)).toEqual([]);
  });

  it.each([
    ['a question', (a: string) => `is ${a} working?`],
    ['a complaint', (a: string) => `${a} is down`],
    ['capitals', (a: string) => `${a.toUpperCase()} NOT WORKING`],
  ])('English: %s', (_, of) => {
    expect(missed('en', of)).toEqual([]);
  });

  it('English: without spaces', () => {
    const of = (a: string): string | null =>
      /^[a-z ]+$/.test(a) && !isDrawnOut(unspaced(a)) ? `is${unspaced(a)}down` : null;
    expect(missed('en', of)).toEqual([]);
  });

  it.each([
    ['a letter left out', (w: string, at: number) => w.slice(0, at) + w.slice(at + 1)],
    ['a letter doubled', (w: string, at: number) => w.slice(0, at) + w.charAt(at) + w.slice(at)],
    [
      'two letters changed round',
      (w: string, at: number) => w.slice(0, at) + w.charAt(at + 1) + w.charAt(at) + w.slice(at + 2),
    ],
  ])('English: %s', (_, slip) => {
    const of = (a: string, { needsCue }: Service): string | null => {
      const word = needsCue.includes(a) || !/^[a-z ]+$/.test(a) ? null : longestWord(a, 6);
      if (word === null || isDrawnOut(slip(word, 3))) return null;
      return `${a.replace(word, slip(word, 3))} is down`;
    };
    expect(missed('en', of)).toEqual([]);
  });
});
