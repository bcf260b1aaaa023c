/* What the benchmark uses of nlp.js, which carries no types. */

declare module '@nlpjs/basic' {
  export function dockStart(
    settings: object,
  ): Promise<{ getContainer(): { use(plugin: unknown): unknown }; get(name: string): unknown }>;
}
declare module '@nlpjs/lang-en' {
  export const LangEn: unknown;
}
declare module '@nlpjs/lang-ko' {
  export const LangKo: unknown;
}
