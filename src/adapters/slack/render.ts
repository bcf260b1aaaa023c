import type { types } from '@slack/bolt';
import type { Button, Card, Section } from '../../card/card.ts';
import { cutTo } from '../../card/graphemes.ts';
import { splitCard } from '../../card/split.ts';
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
import { bold, clean, cutLine, escaped, oneLine, tame } from './mrkdwn.ts';

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

/** What stands once in every part of a long card must leave room for the rest. */
const HEADLINE_CHARACTERS = 600;
const LABEL_CHARACTERS = 300;
/** Long lines are cut, so that one fits a section beside its label; and once escaped, even if all of it is. */
const LINE_CHARACTERS = 2400;
const ESCAPED_LINE_CHARACTERS = 500;
/** How a card is split, counted before `& < >` are escaped; room is left for a few of these and for buttons. */
const PART = { characters: MESSAGE_CHARACTERS - 1000, sections: MESSAGE_BLOCKS - 10 };

/** A card as messages: one, or as many as its length takes, the buttons at the end of the last. */
export const drawCard = (card: Card): readonly Drawn[] =>
  splitCard(tidied(card), PART).flatMap((part) => pack(piecesOf(part, 0)).map(assemble));

/** Cards as the App Home, one below the other. */
export function drawHome(cards: readonly Card[]): types.HomeView {
  const blocks = cards.flatMap((card, at) => {
    const parts = splitCard(tidied(card), PART);
    const drawn = parts.flatMap((part) => piecesOf(part, at)).map((piece) => piece.block);
    return at === 0 ? drawn : [{ type: 'divider' } as const, ...drawn];
  });
  return { type: 'home', blocks: blocks.slice(0, VIEW_BLOCKS) };
}

/** A document as messages of fixed-width text: handing over files would need one scope more. */
export function drawFile(file: { readonly name: string; readonly content: string }): readonly Drawn[] {
  const fence = '```';
  const lines = file.content
    .replaceAll(fence, "'''")
    .split('\n')
    .flatMap((line) => cutLine(line, ESCAPED_LINE_CHARACTERS));
  const pieces = grouped(lines, SECTION_CHARACTERS - 2 * fence.length - 2, escaped).map((group) => {
    const text = `${fence}\n${group.map(escaped).join('\n')}\n${fence}`;
    return { block: section(text), plain: group.join('\n'), size: text.length };
  });
  return pack([plainPiece(file.name), ...pieces]).map(assemble);
}

/** A few words that stand alone. */
export const drawWords = (words: string): Drawn => assemble([plainPiece(words)]);

function plainPiece(words: string): Piece {
  const text = cutTo(clean(words), SECTION_CHARACTERS);
  const block = { type: 'section', text: { type: 'plain_text', text, emoji: false } } as const;
  return { block, plain: text, size: text.length };
}

/** The same card in clean text, a line a line, without what is empty. */
function tidied(card: Card): Card {
  const sections = card.sections.map(({ label, lines }) => ({
    label: label === null ? null : cutTo(oneLine(label), LABEL_CHARACTERS) || null,
    lines: lines
      .flatMap((line) => clean(line).split('\n'))
      .filter((line) => line.trim() !== '')
      .flatMap((line) => cutLine(line, LINE_CHARACTERS)),
  }));
  return {
    ...card,
    headline: cutTo(oneLine(card.headline), HEADLINE_CHARACTERS),
    sections: sections.filter(({ label, lines }) => label !== null || lines.length > 0),
    footer: card.footer === null ? null : cutTo(oneLine(card.footer), CONTEXT_CHARACTERS) || null,
  };
}

/** @param series keeps the ids of buttons apart when several cards share a view */
function piecesOf(card: Card, series: number): readonly Piece[] {
  const pieces = [sectionPiece(bold(card.headline), card.headline), ...card.sections.flatMap(drawSection)];
  if (card.footer !== null) {
    const elements = [{ type: 'plain_text', text: card.footer, emoji: false } as const];
    const block = { type: 'context', elements } as const;
    pieces.push({ block, plain: card.footer, size: card.footer.length });
  }
  return [...pieces, ...buttonPieces(card.buttons, series)];
}

/** A label that is a sentence of its own takes no colon, and what has a colon itself stands below its label. */
const standsBelow = (label: string, only: string): boolean => /[.?!:…]$/u.test(label) || only.includes(': ');

/** A section, as several blocks where its length takes them. */
function drawSection({ label, lines }: Section): readonly Piece[] {
  const [only] = lines;
  if (label !== null && lines.length === 1 && only !== undefined) {
    const between = standsBelow(label, only) ? '\n' : ': ';
    return [sectionPiece(bold(label) + between + tame(only), label + between + only)];
  }
  const head = label === null ? { marked: [], plain: [] } : { marked: [bold(label)], plain: [`${label}:`] };
  const [marker, bullet] = label === null ? ['', ''] : ['- ', '• '];
  const most = SECTION_CHARACTERS - LABEL_CHARACTERS - 10;
  return grouped(lines, most, (line) => bullet + tame(line)).map((group, at) => {
    const marked = [...(at === 0 ? head.marked : []), ...group.map((line) => bullet + tame(line))];
    const plain = [...(at === 0 ? head.plain : []), ...group.map((line) => marker + line)];
    return sectionPiece(marked.join('\n'), plain.join('\n'));
  });
}

/** Lines in groups that fit a length once drawn; a longer line stands alone. At least one group, if empty. */
function grouped(
  lines: readonly string[],
  most: number,
  draw: (line: string) => string,
): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let group: string[] = [];
  let length = 0;
  for (const line of lines) {
    const size = draw(line).length + 1;
    if (group.length > 0 && length + size > most) {
      groups.push(group);
      group = [];
      length = 0;
    }
    group.push(line);
    length += size;
  }
  return [...groups, group];
}

/** Marked up; plain where so much is escaped that the markup would not fit. */
const sectionPiece = (marked: string, plain: string): Piece =>
  marked.length > SECTION_CHARACTERS
    ? plainPiece(plain)
    : { block: section(marked), plain, size: marked.length };

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
  text: { type: 'plain_text', text: cutTo(oneLine(label), BUTTON_CHARACTERS), emoji: false },
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
  return { text: fallback(plain), blocks: pieces.map((piece) => piece.block) };
}

/** What is said beside the blocks, escaped: Slack reads mentions and links in it, too. */
function fallback(plain: string): string {
  let most = FALLBACK_CHARACTERS;
  let text = escaped(cutTo(plain === '' ? '…' : plain, most));
  while (text.length > FALLBACK_CHARACTERS) {
    most = Math.floor(most * 0.8);
    text = escaped(cutTo(plain, most));
  }
  return text;
}
