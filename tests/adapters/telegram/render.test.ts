import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCard } from '../../../src/adapters/telegram/render.ts';
import { card } from '../../../src/card/card.ts';
import { anyCard } from '../cards.ts';
import { someCard } from '../doubles.ts';

const styled = (drawn: { text: string; entities: { type: string; offset: number; length: number }[] }) =>
  drawn.entities.map(({ type, offset, length }) => `${type}: ${drawn.text.slice(offset, offset + length)}`);

describe('a card on Telegram', () => {
  it('is plain text with bold headline and labels and an italic footer', () => {
    const [drawn] = drawCard(someCard);
    expect(drawn?.text).toBe(
      [
        '정부24 중단',
        '',
        '오늘 08:40부터 접속되지 않습니다.',
        '',
        '대신 할 수 있는 곳',
        '• 무인민원발급기',
        '• 주민센터 창구',
        '',
        '출처: 행정안전부, 3분 전',
      ].join('\n'),
    );
    expect(drawn && styled(drawn)).toEqual([
      'bold: 정부24 중단',
      'bold: 대신 할 수 있는 곳',
      'italic: 출처: 행정안전부, 3분 전',
    ]);
    expect(drawn?.keyboard?.inline_keyboard).toEqual([
      [{ text: '다시 되면 알림', callback_data: '1:fo:s.gov24', style: 'primary' }],
    ]);
  });

  it('puts a single line beside its label', () => {
    const [drawn] = drawCard(card('중단', { sections: [{ label: '언제부터', lines: ['08:40'] }] }));
    expect(drawn?.text).toBe('중단\n\n언제부터: 08:40');
    expect(drawn && styled(drawn)).toEqual(['bold: 중단', 'bold: 언제부터']);
  });

  it('puts what has a colon itself below its label', () => {
    const [drawn] = drawCard(card('제보', { sections: [{ label: '지금 상태', lines: ['정부24: 장애'] }] }));
    expect(drawn?.text).toBe('제보\n\n지금 상태\n정부24: 장애');
  });

  it('counts offsets as Telegram does, in UTF-16 units', () => {
    const [drawn] = drawCard(card('👨‍👩‍👧 중단', { sections: [{ label: '𝐀', lines: ['가', '나'] }] }));
    expect(drawn && styled(drawn)).toEqual(['bold: 👨‍👩‍👧 중단', 'bold: 𝐀']);
  });

  it.each(['gov.kr', 'https://a.example/b', 'someone@example.kr', '@somebody', '#재난'])(
    'lets no client make a link of %s',
    (word) => {
      const [drawn] = drawCard(card(`보기 ${word} 끝`));
      expect(drawn?.text).not.toContain(word);
      expect(drawn?.text.replaceAll('\u2060', '')).toContain(word);
    },
  );

  it.each(['02-110', '13:55', '3.5시간', '/status 정부24', '1~2시간', '전화 1588-2188'])(
    'leaves %s as it is',
    (word) => {
      expect(drawCard(card(word))[0]?.text).toBe(word);
    },
  );

  it('drops characters that steer terminals or turn the direction of writing', () => {
    expect(drawCard(card('a\u0000b\u202ec\u001b[31m'))[0]?.text).toBe('a b c [31m');
  });

  it('splits what is too long, with the buttons under the last part', () => {
    const lines = Array.from({ length: 300 }, (_, at) => `${at} ${'가'.repeat(40)}`);
    const drawn = drawCard(card('목록', { sections: [{ label: '전체', lines }], buttons: someCard.buttons }));
    expect(drawn.length).toBeGreaterThan(2);
    expect(drawn.map((part) => part.keyboard !== null)).toEqual(
      drawn.map((_, at) => at === drawn.length - 1),
    );
    const all = drawn.map((part) => part.text).join('\n');
    for (const line of lines) expect(all).toContain(line);
  });

  it('leaves out a button that Telegram would refuse, and keeps the others', () => {
    const buttons = [
      [
        { label: '너무 긴', action: '가'.repeat(22), style: 'plain' as const },
        { label: '맞는', action: 'x'.repeat(64), style: 'plain' as const },
      ],
    ];
    const [drawn] = drawCard(card('제목', { buttons }));
    expect(drawn?.keyboard?.inline_keyboard.flat().map((button) => button.text)).toEqual(['맞는']);
  });

  it('puts no colon behind a label that is a question', () => {
    const [drawn] = drawCard(
      card('공지', { sections: [{ label: '받으시겠어요?', lines: ['언제든 바꿀 수 있어요.'] }] }),
    );
    expect(drawn?.text).toBe('공지\n\n받으시겠어요?\n언제든 바꿀 수 있어요.');
  });

  it('stays within every limit, whatever the card', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const drawn = drawCard(any);
        expect(drawn.length).toBeGreaterThan(0);
        for (const { text, entities, keyboard } of drawn) {
          expect(text.length).toBeLessThanOrEqual(4096);
          expect(text.trim()).toBe(text);
          expect(text).not.toBe('');
          expect(entities.length).toBeLessThanOrEqual(100);
          for (const { offset, length } of entities) {
            expect(length).toBeGreaterThan(0);
            expect(offset + length).toBeLessThanOrEqual(text.length);
            expect(text.slice(offset, offset + length)).not.toContain('\n');
          }
          const rows = keyboard?.inline_keyboard ?? [];
          expect(rows.flat().length).toBeLessThanOrEqual(100);
          for (const row of rows) expect(row.length).toBeLessThanOrEqual(8);
          for (const button of rows.flat()) {
            const data = 'callback_data' in button ? button.callback_data : '';
            expect(Buffer.byteLength(data)).toBeGreaterThan(0);
            expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
