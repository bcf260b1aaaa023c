/**
 * A question with fields, asked and answered as one: a modal in Slack.
 * Telegram has no modals, so a reply that carries a form also carries a card that serves without it.
 */
export interface Form {
  /** Read back by conversation/buttons when it is submitted; at most 255 characters. */
  readonly action: string;
  readonly title: string;
  readonly submit: string;
  readonly cancel: string;
  readonly fields: readonly Field[];
}

export type Field =
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly label: string;
      readonly placeholder: string;
      readonly many: boolean;
      readonly required: boolean;
      /** `search`: options come from conversation as the person types; otherwise these. */
      readonly options: readonly Option[] | 'search';
      readonly chosen: readonly Option[];
    }
  | {
      readonly kind: 'text';
      readonly id: string;
      readonly label: string;
      readonly placeholder: string;
      readonly required: boolean;
      readonly multiline: boolean;
      readonly maxLength: number;
      readonly value: string;
    };

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What came back: for each field the text or the chosen values. */
export type FormValues = Readonly<Record<string, readonly string[]>>;
