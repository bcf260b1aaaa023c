import { readdirSync, readFileSync } from 'node:fs';
import { INTENTS, type Intent } from '../understanding.ts';

/* The written training texts: plain files that anyone can read and edit. */

export type WrittenLanguage = 'ko' | 'en';

/** One template and what it means. */
export interface Template {
  readonly text: string;
  readonly intent: Intent;
  readonly language: WrittenLanguage;
  /** The file it stands in, without language and ending. */
  readonly theme: string;
}

/** Choices by name: what `{name}` in a template may be, as `a|b|c`. */
export type Slots = Readonly<Record<string, string>>;

const HERE = new URL('./', import.meta.url);
/** Filled from the catalogue. */
const NAMES = new Set(['S', 'SITE', 'TASK']);
/** The innermost choices of a template. */
export const CHOICES = /\(([^()]*\|[^()]*)\)/g;
export const SLOT = /\{([A-Za-z_]+)([은이을로랑에서]*)\}/g;

interface Line {
  readonly text: string;
  /** The file and the number of the line. */
  readonly place: string;
}

const linesIn = (text: string, file: string): readonly Line[] =>
  text
    .split('\n')
    .map((line, at) => ({ text: line, place: `${file}:${at + 1}` }))
    .filter((line) => line.text.trim() !== '' && !line.text.startsWith('#'));
const linesOf = (file: string): readonly Line[] => linesIn(readFileSync(new URL(file, HERE), 'utf8'), file);

const isIntent = (name: string): name is Intent => (INTENTS as readonly string[]).includes(name);

/** What is wrong with a template, or null. */
function flawOf(text: string, slots: Slots): string | null {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(CHOICES, '');
  }
  if (rest.includes('|')) return 'a | outside of ( and )';
  for (const [, name = ''] of text.matchAll(SLOT))
    if (!NAMES.has(name) && slots[name] === undefined) return `no slot is called {${name}}`;
  return null;
}

/** The choices of a language. @throws Error naming the line that is no `name: a|b|c` */
export function readSlots(language: WrittenLanguage): Slots {
  const slots: Record<string, string> = {};
  for (const { text, place } of linesOf(`slots.${language}.txt`)) {
    const [, name, choices] = /^([A-Za-z_]+): (.*)$/.exec(text) ?? [];
    if (name === undefined || choices === undefined) throw new Error(`${place}: no "name: a|b|c"`);
    slots[name] = choices;
  }
  return slots;
}

/** What people say before or after any question. */
export const readCircumstances = (language: WrittenLanguage): readonly string[] =>
  linesOf(`circumstances.${language}.txt`).map(({ text }) => text);

/**
 * The templates of one file, whose name ends with its language: `status-people.ko.txt`.
 * @throws Error naming the line that cannot be used
 */
export function parseTemplates(
  text: string,
  file: string,
  slots: { readonly ko: Slots; readonly en: Slots },
): readonly Template[] {
  const [, theme, language] = /^(.+)\.(ko|en)\.txt$/.exec(file) ?? [];
  if (theme === undefined || (language !== 'ko' && language !== 'en'))
    throw new Error(`${file}: the name of a file ends with .ko.txt or .en.txt`);
  const templates: Template[] = [];
  let intent: Intent | null = null;
  for (const line of linesIn(text, file)) {
    const section = /^\[(.*)\]$/.exec(line.text)?.[1];
    if (section !== undefined) {
      if (!isIntent(section)) throw new Error(`${line.place}: no intent is called ${section}`);
      intent = section;
      continue;
    }
    if (intent === null) throw new Error(`${line.place}: a line before the first [intent]`);
    const flaw = flawOf(line.text, slots[language]);
    if (flaw !== null) throw new Error(`${line.place}: ${flaw}`);
    templates.push({ text: line.text.trim(), intent, language, theme });
  }
  return templates;
}

/** Every template of both languages, file by file in the order of their names. @throws Error naming the line that cannot be used */
export function readTemplates(): readonly Template[] {
  const slots = { ko: readSlots('ko'), en: readSlots('en') };
  const folder = new URL('written/', HERE);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => parseTemplates(readFileSync(new URL(file, folder), 'utf8'), file, slots));
}
