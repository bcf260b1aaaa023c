/** What is wrong with an argument of a call. */
export interface Flaw {
  readonly rule: 'missing' | 'unknown-argument' | 'type' | 'length' | 'content';
  /** Where: `text`, `reply_markup.inline_keyboard[0][0].callback_data`. */
  readonly path: string;
  readonly detail: string;
}
