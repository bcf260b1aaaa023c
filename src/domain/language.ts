export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same thing said in both languages. A missing one is refused at the border, never machine-made. */
export type Bilingual = { readonly [L in Language]: string };
