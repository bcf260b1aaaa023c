import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { pickByWords, placesIn } from '../../src/conversation/choosing.ts';

const catalogue = readCatalogue(null);

describe('the place in a list', () => {
  it.each([
    ['2번', [1]],
    ['두 번째 거요', [1]],
    ['1번이랑 3번', [0, 2]],
    ['2는?', [1]],
    ['마지막 거', [2]],
    ['가운데', [1]],
    ['the first two', [0, 1]],
    ['number three please', [2]],
    ['#1', [0]],
    ['the bottom one', [2]],
  ])('%s', (text, places) => {
    expect(placesIn(text, 3)).toEqual({ places, beyond: false });
  });

  it.each(['5번', 'number 7', '네 번째'])('%s is beyond a list of three', (text) => {
    expect(placesIn(text, 3)).toEqual({ places: [], beyond: true });
  });

  it.each(['13:55에 됐어요', '3시간 기다렸어요', '110번 버스', 'version 2.5', '1544-9944로 전화했어요'])(
    '%s is no place',
    (text) => {
      expect(placesIn(text, 3)).toEqual({ places: [], beyond: false });
    },
  );
});

describe('an option by its words', () => {
  it.each([
    ['검찰에서 온 거요', ['efine', 'kics'], 'kics'],
    ['주차위반 과태료', ['efine', 'kics'], 'efine'],
    ['applying from abroad', ['hikorea', 'visa-portal'], 'visa-portal'],
    ['for my stay in Korea', ['hikorea', 'visa-portal'], 'hikorea'],
    ['지방세요', ['hometax', 'wetax'], 'wetax'],
    ['plastic one', ['mobile-id', 'resident-id-card'], 'resident-id-card'],
  ])('%s', (text, options, id) => {
    expect(pickByWords(text, options, catalogue)).toBe(id);
  });

  it('is none where nothing, or both, fit', () => {
    expect(pickByWords('아무거나요', ['hometax', 'wetax'], catalogue)).toBeNull();
    expect(pickByWords('세금이요', ['hometax', 'wetax'], catalogue)).toBeNull();
  });
});

it("the catalogue's own questions part their readings: each part picks its own", () => {
  const parted = catalogue.ambiguous.filter(({ ask, candidates }) => {
    return ask.en.split(/, or |, | or /).length === candidates.length;
  });
  expect(parted.length).toBeGreaterThan(8);
  for (const { ask, prefer, candidates } of parted) {
    const first = ask.en.split(/, or |, | or /)[0] ?? '';
    expect([prefer, null], `${ask.en}: ${first}`).toContain(pickByWords(first, candidates, catalogue));
  }
});
