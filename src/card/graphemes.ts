const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' });

/** The text letter by letter as people see them: an emoji of several people, or a letter with its accent, is one. */
export const lettersOf = (text: string): readonly string[] =>
  [...segmenter.segment(text)].map(({ segment }) => segment);

/** The text cut to at most `length` UTF-16 units, with an ellipsis, never inside a letter or an emoji. */
export function cutTo(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length < 1) return '';
  let kept = '';
  for (const letter of lettersOf(text)) {
    if (kept.length + letter.length + 1 > length) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}
