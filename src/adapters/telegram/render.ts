import type { Api } from 'grammy';
import type { Button, Card } from '../../card/card.ts';
import { cutTo } from '../../card/graphemes.ts';
import { splitCard } from '../../card/split.ts';
import {
  CALLBACK_DATA_BYTES,
  KEYBOARD_BUTTONS,
  KEYBOARD_ROW,
  MESSAGE_CHARACTERS,
  MESSAGE_ENTITIES,
} from './limits.ts';

type SendOptions = NonNullable<Parameters<Api['sendMessage']>[2]>;
type MessageEntity = NonNullable<SendOptions['entities']>[number];
type Keyboard = Extract<SendOptions['reply_markup'], { inline_keyboard: unknown }>;
type KeyboardButton = Keyboard['inline_keyboard'][number][number];

/** One message as Telegram takes it: plain text, and what is bold or italic by UTF-16 offset. Nothing is parsed. */
export interface Drawn {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly keyboard: Keyboard | null;
}

/** What stands once in every part of a long card must leave room for the rest. */
const HEADLINE_CHARACTERS = 600;
const LABEL_CHARACTERS = 300;
const FOOTER_CHARACTERS = 1000;
/** Headline and footer are an entity each, and so is each label. */
const MESSAGE_SECTIONS = MESSAGE_ENTITIES - 2;

/** A card as messages: one, or as many as its length takes, the buttons under the last. */
export function drawCard(card: Card): readonly Drawn[] {
  const limits = { characters: MESSAGE_CHARACTERS, sections: MESSAGE_SECTIONS };
  return splitCard(tidied(card), limits).map((part) => ({
    ...assemble(linesOf(part)),
    keyboard: drawButtons(part.buttons),
  }));
}

/** The same card in clean text, a line a line, without what is empty. */
function tidied(card: Card): Card {
  const sections = card.sections.map(({ label, lines }) => ({
    label: label === null ? null : cutTo(oneLine(label), LABEL_CHARACTERS) || null,
    lines: lines.flatMap((line) => clean(line).split('\n')).filter((line) => line !== ''),
  }));
  return {
    ...card,
    headline: cutTo(oneLine(card.headline), HEADLINE_CHARACTERS),
    sections: sections.filter(({ label, lines }) => label !== null || lines.length > 0),
    footer: card.footer === null ? null : cutTo(oneLine(card.footer), FOOTER_CHARACTERS) || null,
  };
}

interface Span {
  readonly text: string;
  readonly style: 'bold' | 'italic' | null;
}
type Line = readonly Span[];

const bold = (text: string): Span => ({ text, style: 'bold' });
const plain = (text: string): Span => ({ text, style: null });

/** A label that is a sentence of its own takes no colon, and what has a colon itself stands below its label. */
const standsBelow = (label: string, only: string): boolean => /[.?!:…]$/u.test(label) || only.includes(': ');

function linesOf(card: Card): readonly Line[] {
  const sections = card.sections.flatMap(({ label, lines }): readonly Line[] => {
    const [only] = lines;
    if (label === null) return [[], ...lines.map((line) => [plain(line)])];
    if (lines.length === 1 && only !== undefined)
      return standsBelow(label, only)
        ? [[], [bold(label)], [plain(only)]]
        : [[], [bold(label), plain(`: ${only}`)]];
    return [[], [bold(label)], ...lines.map((line) => [plain(`• ${line}`)])];
  });
  const footer: readonly Line[] = card.footer === null ? [] : [[], [{ text: card.footer, style: 'italic' }]];
  return [[bold(card.headline)], ...sections, ...footer];
}

function assemble(lines: readonly Line[]): Omit<Drawn, 'keyboard'> {
  let text = '';
  const entities: MessageEntity[] = [];
  lines.forEach((line, at) => {
    if (at > 0) text += '\n';
    for (const span of line) {
      if (span.style !== null)
        entities.push({ type: span.style, offset: text.length, length: span.text.length });
      text += span.text;
    }
  });
  return { text: text.trimEnd(), entities };
}

/** Characters that steer a terminal or turn the direction of writing. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
/** What clients turn into links by themselves: hosts and addresses, @names, #tags. Commands and phones may stay. */
const LINK_LIKE = /(?<=[\p{L}\p{N}_-])\.(?=\p{L}{2})|:(?=\/\/)|@(?=[\p{L}\p{N}_])|#(?=\p{L})/gu;
const WORD_JOINER = '\u2060';

/** Plain text, whole characters, trimmed, that no client reads a link into: an invisible joiner breaks what looks like one. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(CONTROL, ' ')
    .replace(LINK_LIKE, `$&${WORD_JOINER}`)
    .split('\n')
    .map((line) => line.trim())
    .join('\n');

const oneLine = (text: string): string => clean(text).replace(/\n+/g, ' ').trim();

/** Null without buttons. One that Telegram would refuse is left out: better a message without it than none. */
function drawButtons(rows: Card['buttons']): Keyboard | null {
  let left = KEYBOARD_BUTTONS;
  const drawn: KeyboardButton[][] = [];
  for (const row of rows) {
    const fit = row.filter(fits).slice(0, left).map(drawButton);
    left -= fit.length;
    for (let at = 0; at < fit.length; at += KEYBOARD_ROW) drawn.push(fit.slice(at, at + KEYBOARD_ROW));
  }
  return drawn.length === 0 ? null : { inline_keyboard: drawn };
}

const labelOf = (button: Button): string => button.label.toWellFormed().replace(CONTROL, ' ').trim();

const fits = (button: Button): boolean =>
  labelOf(button) !== '' && button.action !== '' && Buffer.byteLength(button.action) <= CALLBACK_DATA_BYTES;

const drawButton = (button: Button): KeyboardButton => ({
  text: labelOf(button),
  callback_data: button.action,
  ...(button.style === 'plain' ? {} : { style: button.style }),
});
