import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCard, drawFile, drawHome, drawWords } from '../../../src/adapters/slack/render.ts';
import { type Card, card } from '../../../src/card/card.ts';
import { anyCard } from '../cards.ts';
import { someCard } from '../doubles.ts';

const limits = JSON.parse(
  readFileSync(new URL('../../../src/sandbox/specs/slack/block-kit/limits.json', import.meta.url), 'utf8'),
);

type Shown = { type: string; text?: { type: string; text: string }; elements?: Element[] };
type Element = { type: string; text: { text: string } | string; action_id?: string; value?: string };
const textOf = (text: Element['text']): string => (typeof text === 'string' ? text : text.text);

/** Holds blocks to Slack's own table, and gives the sum of their text. */
function checked(blocks: readonly unknown[]): number {
  let sum = 0;
  const ids = new Set<string>();
  for (const block of blocks as readonly Shown[]) {
    const text = block.text?.text ?? '';
    if (block.type === 'section') {
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(limits.section.text.max_length);
    }
    sum += text.length;
    const elements = block.elements ?? [];
    if (block.type === 'actions')
      expect(elements.length).toBeLessThanOrEqual(limits.actions.elements.max_items);
    if (block.type === 'context')
      expect(elements.length).toBeLessThanOrEqual(limits.context.elements.max_items);
    for (const element of elements) {
      const label = textOf(element.text);
      sum += label.length;
      expect(label).not.toBe('');
      if (element.type !== 'button') continue;
      expect(label.length).toBeLessThanOrEqual(limits.button.text.max_length);
      expect(element.value?.length).toBeLessThanOrEqual(limits.button.value.max_length);
      expect(ids.has(element.action_id ?? '')).toBe(false);
      ids.add(element.action_id ?? '');
    }
  }
  return sum;
}

const blocksOf = (of: Card): readonly Shown[] => drawCard(of).flatMap((drawn) => drawn.blocks as Shown[]);
const mrkdwn = (text: string) =>
  blocksOf(card('제목', { sections: [{ label: null, lines: [text] }] }))[1]?.text?.text;

describe('a card in Slack', () => {
  it('is sections, a context and a row of buttons, with the same in plain words beside them', () => {
    const [drawn] = drawCard(someCard);
    expect(drawn?.blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: '*정부24 중단*', verbatim: true } },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '오늘 08:40부터 접속되지 않습니다.', verbatim: true },
      },
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: '*대신 할 수 있는 곳*\n• 무인민원발급기\n• 주민센터 창구',
          verbatim: true,
        },
      },
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: '출처: 행정안전부, 3분 전', emoji: false }],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'press:0:0:0',
            text: { type: 'plain_text', text: '다시 되면 알림', emoji: false },
            value: '1:fo:s.gov24',
            style: 'primary',
          },
        ],
      },
    ]);
    expect(drawn?.text).toBe(
      '정부24 중단\n오늘 08:40부터 접속되지 않습니다.\n대신 할 수 있는 곳:\n- 무인민원발급기\n- 주민센터 창구\n출처: 행정안전부, 3분 전',
    );
  });

  it.each(['<!channel>', '<!here|@here>', '<@U123>', '<https://evil.example|정부24>', '&lt;!channel&gt;'])(
    'makes no mention and no link of %s, in blocks and beside them',
    (text) => {
      const suspicious = card(text, { sections: [{ label: text, lines: [text] }], footer: text });
      for (const block of blocksOf(suspicious))
        if (block.text?.type === 'mrkdwn') expect(block.text.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      const [drawn] = drawCard(suspicious);
      expect(drawn?.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    },
  );

  it.each([
    ['*굵게*', '∗굵게*'],
    ['~취소~', '∼취소~'],
    ['`코드`', 'ˋ코드`'],
    ['1~2시간, 3~4시간', '1~2시간, 3~4시간'],
    ['09:00 ~ 18:00', '09:00 ~ 18:00'],
    ['snake_case', 'snake_case'],
  ])('opens no style by accident: %s', (text, shown) => {
    expect(mrkdwn(text)).toBe(shown);
  });

  it('loses nothing where so much must be escaped that the markup would not fit', () => {
    const ampersands = card('제목', { sections: [{ label: '표시', lines: ['&'.repeat(2000)] }] });
    expect(blocksOf(ampersands)[1]?.text).toEqual({
      type: 'plain_text',
      text: `표시: ${'&'.repeat(2000)}`,
      emoji: false,
    });
  });

  it('splits what is too long, with headlines that tell which part it is', () => {
    const lines = Array.from({ length: 400 }, (_, at) => `${at} ${'가'.repeat(40)}`);
    const drawn = drawCard(card('목록', { sections: [{ label: '전체', lines }], buttons: someCard.buttons }));
    expect(drawn.map((part) => part.text.split('\n')[0])).toEqual(['목록 (1/3)', '목록 (2/3)', '목록 (3/3)']);
    const all = JSON.stringify(drawn.map((part) => part.blocks));
    for (const line of lines) expect(all).toContain(line);
    expect(drawn.map(({ blocks }) => blocks.some((block) => block.type === 'actions'))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('puts no colon behind a label that is a question', () => {
    const asked = card('공지', { sections: [{ label: '받으시겠어요?', lines: ['언제든 바꿀 수 있어요.'] }] });
    expect(blocksOf(asked)[1]?.text?.text).toBe('*받으시겠어요?*\n언제든 바꿀 수 있어요.');
  });

  it('stays within every limit, whatever the card', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const drawn = drawCard(any);
        expect(drawn.length).toBeGreaterThan(0);
        for (const { text, blocks } of drawn) {
          expect(text).not.toBe('');
          expect(text.length).toBeLessThanOrEqual(3000);
          expect(text).not.toMatch(/[<>]/);
          expect(blocks.length).toBeGreaterThan(0);
          expect(blocks.length).toBeLessThanOrEqual(50);
          expect(checked(blocks)).toBeLessThanOrEqual(9000);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the ids of buttons apart when several cards share the App Home', () => {
    const view = drawHome([someCard, someCard]);
    checked(view.blocks);
    expect(view.blocks.map((block) => block.type)).toContain('divider');
  });

  it('keeps the App Home within a hundred blocks', () => {
    expect(drawHome(Array.from({ length: 40 }, () => someCard)).blocks.length).toBe(100);
  });

  it('hands over a document as fixed-width text, whole', () => {
    const content = Array.from({ length: 900 }, (_, at) => `"line ${at}": "<값> & \`\`\`"`).join('\n');
    const drawn = drawFile({ name: 'allim-data.json', content });
    let all = '';
    for (const { blocks } of drawn) {
      expect(checked(blocks)).toBeLessThanOrEqual(9000);
      for (const block of blocks as Shown[])
        if (block.text?.type === 'mrkdwn') all += `${block.text.text.slice(4, -4)}\n`;
    }
    const back = all.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
    expect(back).toBe(content.replaceAll('```', "'''"));
  });

  it('says a few words alone', () => {
    expect(drawWords('저장했습니다').text).toBe('저장했습니다');
  });
});
