import type { Strand } from './letters.ts';
import type { Link } from './services.ts';

/* The text around a name. */

/** The text before a name, up to it. */
export const before = ({ text, at }: Strand, link: Link): string => text.slice(0, at[link.start] ?? 0);

/** The text from the end of a name on. */
export const after = ({ text, at }: Strand, link: Link): string => text.slice((at[link.end - 1] ?? 0) + 1);

/** The text between two names, whichever comes first. */
export function between({ text, at }: Strand, one: Link, other: Link): string {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  return text.slice((at[first.end - 1] ?? 0) + 1, at[second.start] ?? 0);
}
