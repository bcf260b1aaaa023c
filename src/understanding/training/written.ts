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

const linesOf = (file: string): { readonly text: string; readonly place: string }[] =>
  readFileSync(new URL(file, HERE), 'utf8')
    .split('\n')
    .map((text, at) => ({ text, place: `${file}:${at + 1}` }))
    .filter(({ text }) => text.trim() !== '' && !text.startsWith('#'));

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

/** Every template of both languages, file by file. @throws Error naming the line that cannot be used */
export function readTemplates(): readonly Template[] {
  const slots = { ko: readSlots('ko'), en: readSlots('en') };
  const templates: Template[] = [];
  for (const name of readdirSync(new URL('written/', HERE)).sort()) {
    const [, theme, language] = /^(.+)\.(ko|en)\.txt$/.exec(name) ?? [];
    if (theme === undefined || (language !== 'ko' && language !== 'en'))
      throw new Error(`written/${name}: the name of a file ends with .ko.txt or .en.txt`);
    let intent: Intent | null = null;
    for (const { text, place } of linesOf(`written/${name}`)) {
      const section = /^\[(.*)\]$/.exec(text)?.[1];
      if (section !== undefined) {
        if (!isIntent(section)) throw new Error(`${place}: no intent is called ${section}`);
        intent = section;
        continue;
      }
      const flaw = intent === null ? 'a line before the first [intent]' : flawOf(text, slots[language]);
      if (intent === null || flaw !== null) throw new Error(`${place}: ${flaw}`);
      templates.push({ text: text.trim(), intent, language, theme });
    }
  }
  return templates;
}
