import type { Reply } from './turn.ts';

/* Who types what a button says means the button: by voice, with a screen reader, or where buttons are not drawn. */

/** What was offered last: labels and their actions. */
export type Offered = readonly { readonly label: string; readonly action: string }[];

/** The buttons of an answer. */
export const offeredIn = ({ cards }: Reply): Offered =>
  cards.flatMap((card) => card.buttons.flat()).map(({ label, action }) => ({ label, action }));

/** Letters and digits only: nobody types the dots, dashes and emoji of a label. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** The action of the button that says just this; null where none does, or two that do different things. */
export function typedButton(text: string, offered: Offered): string | null {
  const typed = plain(text);
  if (typed === '') return null;
  const actions = new Set(offered.filter(({ label }) => plain(label) === typed).map(({ action }) => action));
  const [only, another] = actions;
  return another === undefined ? (only ?? null) : null;
}
