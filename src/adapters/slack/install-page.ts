import type { Language } from '../../domain/language.ts';

/** How an installation ended. `stale`: it did not come from where it set out, too late, or twice. */
export type InstallOutcome = 'installed' | 'cancelled' | 'stale' | 'failed';

/** What the page says of it. */
export interface InstallWords {
  readonly title: string;
  readonly line: string;
  /** The label of the way to try again; null when there is nothing to try. */
  readonly again: string | null;
}

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 1.5rem;
         font: 1.0625rem/1.7 system-ui, "Apple SD Gothic Neo", "Noto Sans KR", sans-serif; }
  main { max-width: 32rem; }
  h1 { font-size: 1.5rem; line-height: 1.4; margin: 0 0 0.5rem; word-break: keep-all; }
  p { margin: 0 0 1rem; word-break: keep-all; }
  a { color: LinkText; }
`;

/** The page at the end of an installation. */
export const drawPage = (
  language: Language,
  words: InstallWords,
  installPath: string,
): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.title)}</title>
<style>${STYLE}</style>
<main>
<h1>${escaped(words.title)}</h1>
<p>${escaped(words.line)}</p>
${words.again === null ? '' : `<p><a href="${installPath}">${escaped(words.again)}</a></p>\n`}</main>
</html>
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
