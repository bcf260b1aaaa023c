import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { Button, Card } from '../../card/card.ts';
import {
  CALLBACK_DATA_BYTES,
  KEYBOARD_BUTTONS,
  KEYBOARD_ROW,
  MESSAGE_CHARACTERS,
  MESSAGE_ENTITIES,
} from './limits.ts';

/** One message as Telegram takes it: plain text, and what is bold or italic by UTF-16 offset. Nothing is parsed. */
export interface Drawn {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly keyboard: InlineKeyboardMarkup | null;
}

type Style = 'bold' | 'italic';
interface Span {
  readonly text: string;
  readonly style: Style | null;
}
type Line = readonly Span[];

/** A card as messages: one, or as many as its length takes, the buttons under the last. */
export function drawCard(card: Card): readonly Drawn[] {
  const keyboard = drawButtons(card.buttons);
  const messages = pack(linesOf(card)).map(assemble);
  return messages.map((message, at) => ({
    ...message,
    keyboard: at === messages.length - 1 ? keyboard : null,
  }));
}

function linesOf(card: Card): readonly Line[] {
  const lines: Line[] = [...written(card.headline, 'bold')];
  for (const section of card.sections) {
    const texts = section.lines.flatMap((text) => written(text, null));
    const label = clean(section.label ?? '').replace(/\n+/g, ' ');
    if (label === '' && texts.length === 0) continue;
    lines.push([]);
    if (label === '') {
      lines.push(...texts);
      continue;
    }
    const [only] = texts;
    if (texts.length === 1 && only !== undefined) {
      lines.push([{ text: label, style: 'bold' }, { text: ': ', style: null }, ...only]);
    } else {
      lines.push([{ text: label, style: 'bold' }]);
      lines.push(...texts.map((line): Line => [{ text: '• ', style: null }, ...line]));
    }
  }
  if (card.footer !== null) lines.push([], ...written(card.footer, 'italic'));
  return lines;
}

const written = (text: string, style: Style | null): readonly Line[] =>
  clean(text)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [{ text: line, style }]);

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

/** Lines, filled into messages: a message neither starts nor ends with an empty one. */
function pack(lines: readonly Line[]): readonly (readonly Line[])[] {
  const messages: Line[][] = [];
  let current: Line[] = [];
  let length = 0;
  let entities = 0;
  const close = () => {
    while (current.at(-1)?.length === 0) current.pop();
    if (current.length > 0) messages.push(current);
    current = [];
    length = 0;
    entities = 0;
  };
  for (const line of lines.flatMap(fitted)) {
    const styled = line.filter((span) => span.style !== null).length;
    if (length + 1 + lengthOf(line) > MESSAGE_CHARACTERS || entities + styled > MESSAGE_ENTITIES) close();
    if (current.length === 0 && line.length === 0) continue;
    length += (current.length === 0 ? 0 : 1) + lengthOf(line);
    entities += styled;
    current.push(line);
  }
  close();
  return messages;
}

const lengthOf = (line: Line): number => line.reduce((sum, span) => sum + span.text.length, 0);

/** A line longer than a message, cut at spaces into several; what is short stays with what follows it. */
function fitted(line: Line): readonly Line[] {
  if (lengthOf(line) <= MESSAGE_CHARACTERS) return [line];
  const lines: Span[][] = [[]];
  for (const span of line)
    for (const text of cut(span.text, MESSAGE_CHARACTERS / 2)) {
      const last = lines.at(-1);
      if (last !== undefined && lengthOf(last) + text.length <= MESSAGE_CHARACTERS / 2 + 100)
        last.push({ ...span, text });
      else lines.push([{ ...span, text }]);
    }
  return lines;
}

function cut(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most);
    const at = space > most / 2 ? space : wholeCharacters(rest, most);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** Where to cut so that no character of two UTF-16 units is torn apart. */
const wholeCharacters = (text: string, at: number): number =>
  /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at;

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

/** Null without buttons. One that Telegram would refuse is left out: better a message without it than none. */
function drawButtons(rows: Card['buttons']): InlineKeyboardMarkup | null {
  let left = KEYBOARD_BUTTONS;
  const drawn: InlineKeyboardButton[][] = [];
  for (const row of rows) {
    const fit = row.filter(fits).slice(0, left).map(drawButton);
    left -= fit.length;
    for (let at = 0; at < fit.length; at += KEYBOARD_ROW) drawn.push(fit.slice(at, at + KEYBOARD_ROW));
  }
  return drawn.length === 0 ? null : { inline_keyboard: drawn };
}

const fits = (button: Button): boolean =>
  clean(button.label) !== '' &&
  button.action !== '' &&
  Buffer.byteLength(button.action) <= CALLBACK_DATA_BYTES;

const drawButton = ({ label, action, style }: Button): InlineKeyboardButton => ({
  text: label.toWellFormed().replace(CONTROL, ' ').trim(),
  callback_data: action,
  ...(style === 'plain' ? {} : { style }),
});
