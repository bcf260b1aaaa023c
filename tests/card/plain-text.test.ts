import { expect, it } from 'vitest';
import { card } from '../../src/card/card.ts';
import { plainText } from '../../src/card/plain-text.ts';

it('writes a card as lines: headline, labelled sections, small print', () => {
  const text = plainText(
    card('장애 · 정부24', {
      sections: [
        { label: null, lines: ['첫 문장.', '둘째 문장.'] },
        { label: '문의', lines: ['110'] },
        { label: '방법별 상태', lines: ['정부24: 장애', '무인민원발급기: 정상'] },
      ],
      footer: '출처 행정안전부',
    }),
  );
  expect(text.split('\n')).toEqual([
    '장애 · 정부24',
    '첫 문장.',
    '둘째 문장.',
    '문의: 110',
    '방법별 상태:',
    '- 정부24: 장애',
    '- 무인민원발급기: 정상',
    '출처 행정안전부',
  ]);
});

it('puts no colon after a label that is a question', () => {
  const text = plainText(
    card('안녕하세요', { sections: [{ label: '공지를 받으시겠어요?', lines: ['언제든 바꿀 수 있어요.'] }] }),
  );
  expect(text).toBe('안녕하세요\n공지를 받으시겠어요?\n언제든 바꿀 수 있어요.');
});
