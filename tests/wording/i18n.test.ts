import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Key, sayIn } from '../../src/wording/i18n.ts';

describe('a voice', () => {
  it('refuses to speak with a value missing', () => {
    expect(() => sayIn('ko')('status.line.plain', { name: '정부24' })).toThrow('word');
  });

  it('refuses a text that does not exist', () => {
    expect(() => sayIn('en')('status.nowhere' as Key)).toThrow('status.nowhere');
  });

  it('counts as the language does', () => {
    expect(sayIn('en')('status.time.minutesAgo', { count: 1 })).toBe('1 minute ago');
    expect(sayIn('en')('status.time.minutesAgo', { count: 2 })).toBe('2 minutes ago');
    expect(sayIn('ko')('status.time.minutesAgo', { count: 1 })).toBe('1분 전');
  });

  it('takes values as they are, whatever they look like', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('{{word}}', '$t(status.word.operational)', '$1 $&', '{{', '}}', '<b>&amp;', '\\'),
    );
    fc.assert(
      fc.property(nasty, nasty, (name, word) => {
        expect(sayIn('en')('status.line.plain', { name, word })).toBe(`${name}: ${word}`);
        expect(sayIn('en')('status.line.plain', { name: { text: name, reading: null }, word })).toBe(
          `${name}: ${word}`,
        );
      }),
    );
  });
});
