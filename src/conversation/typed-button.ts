import { readAction } from './buttons.ts';
import { namesSomething } from './request.ts';
import type { Reply } from './turn.ts';

/* Who types what a button says means the button: by voice, with a screen reader, or where buttons are not drawn. */

/** What was offered last: labels and their actions. */
export type Offered = readonly { readonly label: string; readonly action: string }[];

const offeredIn = ({ cards }: Reply): Offered =>
  cards.flatMap((card) => card.buttons.flat()).map(({ label, action }) => ({ label, action }));

const MOST_KEPT = 40;

/** What a label offers of no service in particular means the same under an older answer. */
const isGeneral = (action: string): boolean => {
  const asked = readAction(action);
  return asked !== null && !namesSomething(asked);
};

/** What may be typed after an answer: its own buttons, and the general ones of those before it. */
export function offeredAfter(answer: Reply, before: Offered): Offered {
  const own = offeredIn(answer);
  if (own.length === 0) return before;
  const kept = before.filter(
    ({ label, action }) => isGeneral(action) && !own.some((one) => one.label === label),
  );
  return [...own, ...kept].slice(0, MOST_KEPT);
}

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
