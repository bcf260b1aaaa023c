import type { types } from '@slack/bolt';
import type { Button, Card, Section } from '../../card/card.ts';
import {
  ACTIONS_ELEMENTS,
  BUTTON_CHARACTERS,
  BUTTON_VALUE_CHARACTERS,
  CONTEXT_CHARACTERS,
  FALLBACK_CHARACTERS,
  MESSAGE_BLOCKS,
  MESSAGE_CHARACTERS,
  SECTION_CHARACTERS,
  VIEW_BLOCKS,
} from './limits.ts';

/** One message as Slack takes it. `text` is what a lock screen shows and a screen reader reads. */
export interface Drawn {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** A block and the same in plain words. */
interface Piece {
  readonly block: types.KnownBlock;
  readonly plain: string;
  /** Characters against the budget of a message. */
  readonly size: number;
}

/** A card as messages: one, or as many as its length takes, the buttons at the end of the last. */
export const drawCard = (card: Card): readonly Drawn[] => pack(piecesOf(card, 0)).map(assemble);

/** Cards as the App Home, one below the other. */
export function drawHome(cards: readonly Card[]): types.HomeView {
  const blocks = cards.flatMap((card, at) => {
    const drawn = piecesOf(card, at).map((piece) => piece.block);
    return at === 0 ? drawn : [{ type: 'divider' } as const, ...drawn];
  });
  return { type: 'home', blocks: blocks.slice(0, VIEW_BLOCKS) };
}

/** A document as messages of fixed-width text: handing over files would need one scope more. */
export function drawFile(file: { readonly name: string; readonly content: string }): readonly Drawn[] {
  const most = SECTION_CHARACTERS - 8;
  const pieces = cutEscaped(file.content.replace(/```/g, "'''"), most).map((part) => {
    const text = `\`\`\`\n${part}\n\`\`\``;
    return { block: section(text), plain: part, size: text.length };
  });
  return pack([plainPiece(file.name), ...pieces]).map(assemble);
}

/** A few words that stand alone. */
export const drawWords = (words: string): Drawn => assemble([plainPiece(words)]);

function plainPiece(words: string): Piece {
  const text = shortened(clean(words), SECTION_CHARACTERS);
  const block = { type: 'section', text: { type: 'plain_text', text, emoji: false } } as const;
  return { block, plain: text, size: text.length };
}

/** @param series keeps the ids of buttons apart when several cards share a view */
function piecesOf(card: Card, series: number): readonly Piece[] {
  const headline = bold(card.headline);
  const pieces = [
    ...markdownPieces([headline], clean(card.headline)),
    ...card.sections.flatMap(sectionPieces),
  ];
  if (card.footer !== null && card.footer.trim() !== '') {
    const text = shortened(clean(card.footer), CONTEXT_CHARACTERS);
    const elements = [{ type: 'plain_text', text, emoji: false } as const];
    pieces.push({ block: { type: 'context', elements }, plain: text, size: text.length });
  }
  return [...pieces, ...buttonPieces(card.buttons, series)];
}

function sectionPieces({ label, lines }: Section): readonly Piece[] {
  const texts = lines.map(clean).filter((line) => line !== '');
  const [only] = texts;
  if (label === null) return markdownPieces(texts.map(tame), texts.join('\n'));
  if (texts.length === 1 && only !== undefined)
    return markdownPieces([`${bold(label)}: ${tame(only)}`], `${clean(label)}: ${only}`);
  return markdownPieces(
    [bold(label), ...texts.map((line) => `• ${tame(line)}`)],
    [`${clean(label)}:`, ...texts.map((line) => `- ${line}`)].join('\n'),
  );
}

/** Lines of mrkdwn as sections, as many as their length takes. */
function markdownPieces(lines: readonly string[], plain: string): readonly Piece[] {
  const texts: string[] = [];
  let current = '';
  for (const line of lines.flatMap((line) => cutMarkdown(line, SECTION_CHARACTERS))) {
    if (line === '') continue;
    if (current !== '' && current.length + 1 + line.length > SECTION_CHARACTERS) {
      texts.push(current);
      current = '';
    }
    current = current === '' ? line : `${current}\n${line}`;
  }
  if (current !== '') texts.push(current);
  return texts.map((text, at) => ({ block: section(text), plain: at === 0 ? plain : '', size: text.length }));
}

/** `verbatim`: Slack makes no links, names or mentions out of what is plain text. */
const section = (text: string): types.SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text, verbatim: true },
});

/** A row of buttons a block. One that Slack would refuse is left out: better a message without it than none. */
function buttonPieces(rows: Card['buttons'], series: number): readonly Piece[] {
  return rows.flatMap((row, rowAt) => {
    const elements = row
      .filter(fits)
      .slice(0, ACTIONS_ELEMENTS)
      .map((button, at) => drawButton(button, `press:${series}:${rowAt}:${at}`));
    if (elements.length === 0) return [];
    const size = elements.reduce((sum, element) => sum + element.text.text.length, 0);
    return [{ block: { type: 'actions', elements } as const, plain: '', size }];
  });
}

const fits = (button: Button): boolean =>
  clean(button.label) !== '' && button.action !== '' && button.action.length <= BUTTON_VALUE_CHARACTERS;

const drawButton = ({ label, action, style }: Button, id: string): types.Button => ({
  type: 'button',
  action_id: id,
  text: { type: 'plain_text', text: shortened(clean(label), BUTTON_CHARACTERS), emoji: false },
  value: action,
  ...(style === 'plain' ? {} : { style }),
});

function pack(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const messages: Piece[][] = [];
  let current: Piece[] = [];
  let size = 0;
  for (const piece of pieces) {
    if (current.length === MESSAGE_BLOCKS || size + piece.size > MESSAGE_CHARACTERS) {
      messages.push(current);
      current = [];
      size = 0;
    }
    current.push(piece);
    size += piece.size;
  }
  if (current.length > 0) messages.push(current);
  return messages;
}

function assemble(pieces: readonly Piece[]): Drawn {
  const plain = pieces
    .map((piece) => piece.plain)
    .filter((text) => text !== '')
    .join('\n');
  const [text = ''] = cutEscaped(plain === '' ? '…' : plain, FALLBACK_CHARACTERS);
  return { text, blocks: pieces.map((piece) => piece.block) };
}

/** Characters that steer a terminal or turn the direction of writing. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(CONTROL, ' ')
    .trim();

/** The three characters that Slack's own markup starts with: no mention, no link can come out of text. */
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** mrkdwn cannot escape its marks, so one that would open a style becomes its look-alike. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const tame = (text: string): string =>
  escaped(text.replace(/(?<![\p{L}\p{N}])[*_~`](?=\S)/gu, (mark) => LOOK_ALIKES[mark] ?? mark));

const bold = (text: string): string => {
  const words = clean(text)
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('*', '∗');
  return words === '' ? '' : `*${tame(words)}*`;
};

export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, wholeCharacters(text, most - 1))}…`;

/** Where to cut so that no character of two UTF-16 units is torn apart. */
const wholeCharacters = (text: string, at: number): number =>
  /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at;

/** Cuts text that is escaped already: not inside a character's escape, and closing a bold that is cut open. */
function cutMarkdown(text: string, most: number): readonly string[] {
  if (text.length <= most) return [text];
  const pieces: string[] = [];
  let rest = text;
  let open = false;
  while (rest.length > most - 2) {
    let at = wholeCharacters(rest, most - 2);
    const escapeAt = rest.lastIndexOf('&', at - 1);
    if (escapeAt > at - 6 && rest.indexOf(';', escapeAt) >= at) at = escapeAt;
    const head = rest.slice(0, at);
    const stillOpen: boolean = (head.split('*').length - 1) % 2 === 1 ? !open : open;
    pieces.push(`${open ? '*' : ''}${head}${stillOpen ? '*' : ''}`);
    open = stillOpen;
    rest = rest.slice(at);
  }
  if (rest !== '') pieces.push(`${open ? '*' : ''}${rest}`);
  return pieces;
}

/** Cuts plain text into pieces that fit once escaped, at line ends where there are any. */
function cutEscaped(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest !== '') {
    let at = Math.min(rest.length, most);
    while (escaped(rest.slice(0, at)).length > most) at = wholeCharacters(rest, Math.floor(at * 0.9));
    if (at < rest.length) {
      const line = rest.lastIndexOf('\n', at);
      at = line > at / 2 ? line + 1 : wholeCharacters(rest, at);
    }
    pieces.push(escaped(rest.slice(0, at)).replace(/\n$/, ''));
    rest = rest.slice(at);
  }
  return pieces;
}
