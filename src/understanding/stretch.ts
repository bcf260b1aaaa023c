/* How far letters of a text and of a key agree, with a few slips. The rows are shared: nothing is kept between calls. */

/** More than any limit: what a letter costs that must be right. */
const NEVER = 99;
/** Longer keys and texts than this are never compared: names are short. */
export const LONGEST_KEY = 250;
let row = new Int32Array(LONGEST_KEY + 8);
let next = new Int32Array(LONGEST_KEY + 8);

/**
 * The cheapest ways to match the rest of a key in one direction from a fixed point.
 * @param costs filled with the edits needed by letters of the text used up, from 0 to what is returned
 * @returns the most letters of the text that were tried; -1 where nothing stays within the limit
 */
export function stretch(
  key: Uint8Array,
  firm: (code: number) => boolean,
  keyFrom: number,
  direction: 1 | -1,
  text: Uint8Array,
  textFrom: number,
  limit: number,
  costs: Int32Array,
): number {
  const needed = direction === 1 ? key.length - keyFrom : keyFrom + 1;
  if (needed <= 0) {
    costs[0] = 0;
    return 0;
  }
  const room = direction === 1 ? text.length - textFrom : textFrom + 1;
  const width = Math.min(room, needed + limit);
  if (width < needed - limit) return -1;
  row[0] = 0;
  for (let j = 1; j <= width; j++) {
    // Letters of the text that the key lacks; a digit is never one of them.
    row[j] = (row[j - 1] ?? 0) + (firm(text[textFrom + direction * (j - 1)] ?? 0) ? NEVER : 1);
  }
  for (let i = 1; i <= needed; i++) {
    const wanted = key[keyFrom + direction * (i - 1)] ?? 0;
    const wantedCost = firm(wanted) ? NEVER : 1;
    next.fill(NEVER, 0, width + 1);
    // Further from the diagonal than the limit nothing can be within it.
    const first = Math.max(0, i - limit);
    const last = Math.min(width, i + limit);
    let least = NEVER;
    for (let j = first; j <= last; j++) {
      let value = (j < i + limit ? (row[j] ?? NEVER) : NEVER) + wantedCost;
      if (j > 0) {
        const got = text[textFrom + direction * (j - 1)] ?? 0;
        const gotCost = firm(got) ? NEVER : 1;
        const replace = (row[j - 1] ?? NEVER) + (got === wanted ? 0 : Math.max(wantedCost, gotCost));
        value = Math.min(value, replace, (j > first ? (next[j - 1] ?? NEVER) : NEVER) + gotCost);
      }
      next[j] = value;
      if (value < least) least = value;
    }
    if (least > limit) return -1;
    [row, next] = [next, row];
  }
  for (let j = 0; j <= width; j++) costs[j] = row[j] ?? NEVER;
  return width;
}
