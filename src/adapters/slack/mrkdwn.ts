/* Text for Slack, cleaned, escaped, and marked so that nothing in it is taken for a mark; and text from Slack. */

/** Characters that steer a terminal or turn the direction of writing. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** Whole characters, unix line ends, trimmed. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(CONTROL, ' ')
    .trim();

/** The same without line breaks. */
export const oneLine = (text: string): string => clean(text).replace(/\s*\n\s*/g, ' ');

/** The three characters that Slack's own markup starts with: no mention, no link can come out of text. */
export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** mrkdwn cannot escape its marks, so one that would open a style becomes its look-alike. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
/** Text as mrkdwn that shows just the text. */
export const tame = (text: string): string =>
  escaped(text.replace(/(?<![\p{L}\p{N}])[*_~`](?=\S)/gu, (mark) => LOOK_ALIKES[mark] ?? mark));

/** One line in bold; nothing stays nothing. */
export const bold = (words: string): string => (words === '' ? '' : `*${tame(words.replaceAll('*', '∗'))}*`);

/** A line in pieces of a length, cut at spaces where there are any, never inside a character. */
export function cutLine(line: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most);
    const whole = /[\ud800-\udbff]/.test(rest.charAt(most - 1)) ? most - 1 : most;
    const at = space > most / 2 ? space + 1 : whole;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
}

/** What the person wrote, without Slack's markup and without our own name. */
export function plainWords(text: string, own: string | null): string {
  return text
    .replace(/<([^<>]*)>/g, (_, inner: string) => {
      const [target = '', label] = inner.split('|', 2);
      if (target.startsWith('@')) return target.slice(1) === own ? ' ' : `@${label ?? target.slice(1)}`;
      if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
      if (target.startsWith('!')) return label ?? '';
      return label ?? target.replace(/^(mailto|tel):/, '');
    })
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}
