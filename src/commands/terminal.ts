/** Columns that a character takes: two for Hangul, Han, kana, full-width signs and emoji, none for marks. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const NONE = /\p{M}|\p{Cf}/u;

/** How many columns of a terminal a text takes. */
export function columns(text: string): number {
  let count = 0;
  for (const character of text) count += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return count;
}

/** The text with spaces after it, to this many columns. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columns(text)));

/** A line in parts that fit the width, broken at spaces where there are any; those after the first are indented. */
export function wrapped(line: string, width: number, indent: string): readonly string[] {
  const room = Math.max(width, columns(indent) + 10);
  const parts: string[] = [];
  let part = '';
  for (const piece of line.match(/\s*\S+/gu) ?? ['']) {
    if (part.trim() !== '' && columns(part + piece) > room) {
      parts.push(part);
      part = indent + piece.trimStart();
    } else part += piece;
    while (columns(part) > room) {
      let head = '';
      for (const character of part) {
        if (columns(head + character) > room) break;
        head += character;
      }
      parts.push(head);
      part = indent + part.slice(head.length);
    }
  }
  return [...parts, part];
}
