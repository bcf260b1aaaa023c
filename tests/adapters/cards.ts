import fc from 'fast-check';
import type { Card } from '../../src/card/card.ts';

/** Text as it may come: Korean, markup, links, control characters, emoji, lone halves, very long. */
const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '정부24 중단',
    '*굵게* _기울임_ ~취소~ `코드`',
    '<!channel> <@U1> <http://evil.example|여기> &amp;',
    'gov.kr, a@b.kr, @someone, #tag, https://x.y/z',
    '가\n나\r\n다\u202e라\u0000마',
    '👩‍👩‍👧‍👦'.repeat(20),
  ),
  fc
    .tuple(fc.constantFrom('가', 'a b ', '&', '*', '👍', '> '), fc.integer({ min: 1, max: 6000 }))
    .map(([s, n]) => s.repeat(n)),
);

const style = fc.constantFrom('plain' as const, 'primary' as const, 'danger' as const);

export const anyCard: fc.Arbitrary<Card> = fc.record({
  headline: text.map((words) => `제목 ${words}`),
  tone: fc.constantFrom('good' as const, 'bad' as const, 'unknown' as const),
  sections: fc.array(
    fc.record({
      label: fc.option(text.map((words) => `이름 ${words}`)),
      lines: fc.array(text, { maxLength: 30 }),
    }),
    { maxLength: 8 },
  ),
  footer: fc.option(text),
  buttons: fc.array(
    fc.array(fc.record({ label: text, action: fc.string({ maxLength: 80 }), style }), { maxLength: 12 }),
    { maxLength: 14 },
  ),
});
