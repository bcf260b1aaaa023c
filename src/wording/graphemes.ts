const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' });

/** The text cut to at most `length` UTF-16 units, with an ellipsis, never inside a letter or an emoji. */
export function cutTo(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length + 1 > length) break;
    kept += segment;
  }
  return length > 0 ? `${kept.trimEnd()}…` : '';
}
