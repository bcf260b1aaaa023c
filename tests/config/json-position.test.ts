import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionsOf, written } from '../../src/config/json-position.ts';

const TEXT = `{
  "services": [
    { "id": "a", "name": { "ko": "가",
      "en": "A" } },
    {
      "id": "b"
    }
  ]
}`;

describe('the line of a value', () => {
  const { lineOf } = positionsOf(TEXT);
  it.each([
    [[], 1],
    [['services'], 2],
    [['services', 0], 3],
    [['services', 0, 'name', 'en'], 4],
    [['services', 1], 5],
    [['services', 1, 'id'], 6],
  ] as const)('%j is %i', (path, line) => {
    expect(lineOf(path)).toBe(line);
  });

  it('of something missing is that of what should hold it', () => {
    expect(lineOf(['services', 1, 'name', 'ko'])).toBe(5);
    expect(lineOf(['agencies', 3])).toBe(1);
  });
});

describe('the first fault of a text', () => {
  it.each([
    ['{\n "a": 1\n "b": 2\n}', 3, 'no “,”'],
    ['{\n "a": 1,\n}', 3, '“,” before “}”'],
    ['[1, 2,\n 3', 2, 'ends inside a list'],
    ['{\n "a": }', 2, 'no JSON value'],
    ["{\n 'a': 1 }", 2, 'double quotes'],
    ['{ "a": "two\nlines" }', 1, 'double quotes'],
    ['{ "a" 1 }', 1, 'no “:”'],
    ['{}\n{}', 2, 'goes on after the end'],
    ['', 1, 'ends where a value is due'],
    ['{ "a": undefined }', 1, 'no JSON value'],
    ['[01]', 1, 'no “,”'],
  ])('%j is on line %i', (text, line, problem) => {
    expect(positionsOf(text).fault).toEqual({ line, problem: expect.stringContaining(problem) });
  });

  it('exists exactly where JSON.parse throws', () => {
    const parses = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', 'x', '\n', '\u0001', '\\'))
      .map(([json, where, mark]) => {
        const at = where % (json.length + 1);
        return json.slice(0, at) + mark + json.slice(at + (mark === '' ? 1 : 0));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        expect(positionsOf(text).fault === null, text).toBe(parses(text));
      }),
      { numRuns: 500 },
    );
  });
});

it('a key written twice in one object is noticed, the same key in two objects is not', () => {
  const { repeated } = positionsOf('{\n"a": {"id": 1},\n"b": {"id": 1,\n"id": 2}\n}');
  expect(repeated).toEqual([{ path: ['b', 'id'], line: 4 }]);
});

it('a path is written as people write it', () => {
  expect(written(['services', 3, 'name', 'en'])).toBe('services[3].name.en');
  expect(written([])).toBe('');
});
