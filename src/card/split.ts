import type { Card, Section } from './card.ts';
import { lettersOf } from './graphemes.ts';

/** What one message of a platform holds, in UTF-16 units of plain text. */
export interface CardLimits {
  /** Everything together: headline, sections and footer, with what stands between them. */
  readonly characters: number;
  /** One section with its label. */
  readonly sectionCharacters?: number;
  readonly sections?: number;
}

/** What stands beside a line: a bullet and a line break. */
const BESIDE_LINE = 3;
/** What stands beside a label, a headline or a footer: a colon, a line break, an empty line. */
const BESIDE_BLOCK = 2;
/** The mark of a part, at its longest: ` (999/999)`. */
const MARK = 10;
/** Less room than this for a line is no room: a word would not fit. */
const NARROWEST = 8;

/**
 * A card as several that each fit, in order and with nothing lost. Every part has the headline, marked `(2/3)`;
 * the last has the footer and the buttons. A label never stands without a line of its section, and is repeated
 * where the section goes on in the next part. A line too long for any part is cut between words where possible,
 * and never inside a letter or an emoji.
 * @throws RangeError when the limits leave no room beside the headline, the footer and a label
 */
export function splitCard(whole: Card, limits: CardLimits): readonly Card[] {
  if (fits(whole, limits)) return [whole];
  const frame = { ...whole, headline: whole.headline + ' '.repeat(MARK) };
  if (whole.sections.length === 0) widthOf(frame, null, limits);
  const parts: Section[][] = [];
  let open: Section[] = [];
  for (const section of whole.sections) {
    let begun = false;
    const lines = section.lines.length > 0 ? section.lines : [''];
    for (const line of lines.flatMap((text) => cut(text, widthOf(frame, section.label, limits)))) {
      const last = open.at(-1);
      const longer =
        begun && last !== undefined
          ? [...open.slice(0, -1), { ...last, lines: [...last.lines, line] }]
          : [...open, { label: section.label, lines: [line] }];
      if (open.length > 0 && !fits({ ...frame, sections: longer }, limits)) {
        parts.push(open);
        open = [{ label: section.label, lines: [line] }];
      } else open = longer;
      begun = true;
    }
  }
  parts.push(open);
  return parts.map((sections, i) => {
    const last = i === parts.length - 1;
    const headline = `${whole.headline} (${i + 1}/${parts.length})`;
    return {
      ...whole,
      headline,
      sections,
      footer: last ? whole.footer : null,
      buttons: last ? whole.buttons : [],
    };
  });
}

const sizeOfSection = ({ label, lines }: Section): number =>
  (label === null ? 0 : label.length + BESIDE_BLOCK) +
  lines.reduce((sum, line) => sum + line.length + BESIDE_LINE, 0);

const sizeOf = ({ headline, sections, footer }: Card): number =>
  headline.length +
  (footer === null ? 0 : footer.length + BESIDE_BLOCK) +
  sections.reduce((sum, section) => sum + sizeOfSection(section) + BESIDE_BLOCK, BESIDE_BLOCK);

const fits = (card: Card, limits: CardLimits): boolean =>
  sizeOf(card) <= limits.characters &&
  card.sections.length <= (limits.sections ?? Number.POSITIVE_INFINITY) &&
  card.sections.every((s) => sizeOfSection(s) <= (limits.sectionCharacters ?? Number.POSITIVE_INFINITY));

/** The longest line that a part with nothing else in it holds. */
function widthOf(frame: Card, label: string | null, limits: CardLimits): number {
  const alone = { label, lines: [''] };
  const width = Math.min(
    limits.characters - sizeOf({ ...frame, sections: [alone] }),
    (limits.sectionCharacters ?? Number.POSITIVE_INFINITY) - sizeOfSection(alone),
  );
  if (width < NARROWEST)
    throw new RangeError(`No room for text beside the headline "${frame.headline.trim()}"`);
  return width;
}

/** The text in pieces of at most `width`; only a letter longer than that (a tower of accents) is taken apart. */
function cut(text: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of lettersOf(text).flatMap((l) => (l.length <= width ? [l] : [...l]))) {
    if (piece.length + letter.length > width) {
      const blank = piece.lastIndexOf(' ');
      const end = blank > 0 ? blank + 1 : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
    }
    piece += letter;
  }
  return [...pieces, piece];
}
