/** What a stand-in answers; `drop` breaks the connection instead. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'drop' };

export const answered = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({ kind: 'answer', status, body, headers });

export const dropped: Answer = { kind: 'drop' };
