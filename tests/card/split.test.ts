import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { button, type Card, card } from '../../src/card/card.ts';
import { plainText } from '../../src/card/plain-text.ts';
import { splitCard } from '../../src/card/split.ts';

const LIMITS = { characters: 400, sectionCharacters: 200, sections: 4 };

const text = (max: number) =>
  fc.string({
    unit: fc.oneof(
      fc.constantFrom(' ', '가', '각', '장애', 'a', 'restored ', '👩‍👩‍👧‍👦', '🇰🇷', 'e\u0301'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: max,
  });

const cards: fc.Arbitrary<Card> = fc
  .record({
    headline: text(20),
    footer: fc.option(text(20)),
    sections: fc.array(
      fc.record({ label: fc.option(text(8)), lines: fc.array(text(150), { minLength: 1, maxLength: 8 }) }),
      { maxLength: 8 },
    ),
  })
  .map(({ headline, ...rest }) => card(headline, rest))
  .filter(
    (c) =>
      c.headline.length + (c.footer?.length ?? 0) < 250 &&
      c.sections.every((s) => (s.label?.length ?? 0) < 80),
  );

const textOf = (parts: readonly Card[]): string =>
  parts.flatMap((p) => p.sections.flatMap((s) => s.lines)).join('');

const graphemesOf = (value: string): readonly string[] =>
  [...new Intl.Segmenter('ko', { granularity: 'grapheme' }).segment(value)].map((s) => s.segment);

describe('splitting a card to limits', () => {
  it('leaves a card alone that fits', () => {
    const small = card('정상', { sections: [{ label: null, lines: ['하나'] }], footer: '출처' });
    expect(splitCard(small, LIMITS)).toEqual([small]);
  });

  it('keeps every part within every limit', () => {
    fc.assert(
      fc.property(cards, (whole) => {
        for (const part of splitCard(whole, LIMITS)) {
          expect(plainText(part).length).toBeLessThanOrEqual(LIMITS.characters);
          expect(part.sections.length).toBeLessThanOrEqual(LIMITS.sections);
          for (const section of part.sections)
            expect((section.label ?? '').length + section.lines.join('\n').length).toBeLessThanOrEqual(
              LIMITS.sectionCharacters,
            );
        }
      }),
    );
  });

  it('loses nothing and keeps the order', () => {
    fc.assert(
      fc.property(cards, (whole) => {
        expect(textOf(splitCard(whole, LIMITS))).toBe(textOf([whole]));
      }),
    );
  });

  it('never cuts inside a letter or an emoji', () => {
    fc.assert(
      fc.property(cards, (whole) => {
        const before = whole.sections.flatMap((s) => s.lines.flatMap(graphemesOf));
        const after = splitCard(whole, LIMITS).flatMap((p) =>
          p.sections.flatMap((s) => s.lines.flatMap(graphemesOf)),
        );
        expect(after).toEqual(before);
      }),
    );
  });

  it('never leaves a label without a line, and repeats it where the section goes on', () => {
    fc.assert(
      fc.property(cards, (whole) => {
        const labels = whole.sections.map((s) => s.label);
        let at = 0;
        for (const part of splitCard(whole, LIMITS))
          for (const section of part.sections) {
            expect(section.lines.length).toBeGreaterThan(0);
            while (labels[at] !== section.label) at++;
            expect(at).toBeLessThan(labels.length);
          }
      }),
    );
  });

  it('cuts a long line between words', () => {
    const long = card('[안내]', {
      sections: [{ label: null, lines: ['복구 작업을 하고 있습니다. '.repeat(60)] }],
    });
    const parts = splitCard(long, LIMITS);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts.slice(0, -1)) expect(part.sections.at(-1)?.lines.at(-1)).toMatch(/ $/);
  });

  it('marks the parts, and gives the buttons and the footer to the last only', () => {
    const long = card('[장애] 정부24', {
      sections: [
        { label: '서비스별 상태', lines: Array.from({ length: 40 }, (_, i) => `서비스 ${i}: 장애`) },
      ],
      footer: '출처 행정안전부',
      buttons: [[button('다시 되면 알려 주세요', 'f:gov24')]],
    });
    const parts = splitCard(long, LIMITS);
    expect(parts.map((p) => p.headline)).toEqual(
      parts.map((_, i) => `[장애] 정부24 (${i + 1}/${parts.length})`),
    );
    expect(parts.map((p) => p.sections[0]?.label)).toEqual(parts.map(() => '서비스별 상태'));
    expect(parts.map((p) => p.footer !== null)).toEqual(parts.map((_, i) => i === parts.length - 1));
    expect(parts.map((p) => p.buttons.length)).toEqual(parts.map((_, i) => (i === parts.length - 1 ? 1 : 0)));
  });

  it('refuses limits that hold no text beside the headline', () => {
    expect(() => splitCard(card('가'.repeat(50)), { characters: 40 })).toThrow(RangeError);
    const whole = card('가'.repeat(30), { sections: [{ label: null, lines: ['나'.repeat(30)] }] });
    expect(() => splitCard(whole, { characters: 40 })).toThrow(RangeError);
  });
});
