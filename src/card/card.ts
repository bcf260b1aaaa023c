/**
 * The platform-neutral message: plain data, said once in one language, drawn by each platform in its own hand.
 * All strings are plain text. A renderer escapes; nothing here is ever markup.
 */
export interface Card {
  /** Complete in itself: what a lock screen shows. Of a notice at most 90 Korean characters. */
  readonly headline: string;
  readonly tone: Tone;
  readonly sections: readonly Section[];
  /** Source, age, notice number: small print. */
  readonly footer: string | null;
  /** Rows of buttons. */
  readonly buttons: readonly (readonly Button[])[];
}

/** How it feels. A colour or icon may follow from it, but never carries meaning alone. */
export type Tone = 'good' | 'caution' | 'bad' | 'info' | 'unknown';

/** A label in bold and its lines; without a label, plain paragraphs. */
export interface Section {
  readonly label: string | null;
  readonly lines: readonly string[];
}

export interface Button {
  readonly label: string;
  /** Opaque to adapters; at most 64 bytes; written and read by conversation/buttons. */
  readonly action: string;
  readonly style: 'plain' | 'primary' | 'danger';
}

export const card = (headline: string, parts: Partial<Omit<Card, 'headline'>> = {}): Card => ({
  headline,
  tone: 'info',
  sections: [],
  footer: null,
  buttons: [],
  ...parts,
});

/** A section, or null where there is nothing to say in it. */
export const section = (label: string | null, lines: readonly string[]): Section | null =>
  lines.length === 0 ? null : { label, lines };

export const button = (label: string, action: string, style: Button['style'] = 'plain'): Button => ({
  label,
  action,
  style,
});
