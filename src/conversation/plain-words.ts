/* A text without its punctuation, and lists of phrases that a person can read and edit. */

/** Lower case, without punctuation, laughter and doubled spaces. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[’']/g, '')
    .replace(/[.!~?,;:"‘“”()\p{Extended_Pictographic}]+|\ufe0f|[ㅋㅎㅠㅜ^]{2,}/gu, ' ')
    .replace(/([ㄱ-ㅣ])\1{2,}/g, '$1$1')
    .replace(/\s+/g, ' ')
    .trim();

/** A text that is made of these phrases and nothing else. A space of a phrase may be left out. */
export const madeOf = (phrases: readonly string[]): RegExp => {
  const any = phrases.map((phrase) => phrase.replaceAll(' ', ' ?')).sort((a, b) => b.length - a.length);
  return new RegExp(`^(?:(?:${any.join('|')})(?: |$))+$`);
};
/** A table of phrases, parted by commas and lines. */
export const phrases = (table: string): readonly string[] =>
  table
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
