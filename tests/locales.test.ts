import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PARTICLES } from '../src/wording/korean.ts';

type Tree = { readonly [key: string]: string | Tree };

const read = (language: string, file: string): Tree =>
  JSON.parse(readFileSync(new URL(`../locales/${language}/${file}`, import.meta.url), 'utf8')) as Tree;

const leaves = (tree: Tree, path = ''): readonly [key: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  );

/** Plural forms of one text are one key: Korean needs only `_other`. */
const base = (key: string) => key.replace(/_(?:one|other)$/u, '');

const keysOf = (tree: Tree) => [...new Set(leaves(tree).map(([key]) => base(key)))].sort();

/** The values that a text takes; a plural takes `count` whether or not it shows it. */
function variablesOf(tree: Tree): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, Set<string>> = {};
  for (const [key, text] of leaves(tree)) {
    const names = found[base(key)] ?? new Set<string>();
    found[base(key)] = names;
    for (const [, name] of text.matchAll(/\{\{\s*([^},\s]+)[^}]*\}\}/gu)) names.add(name ?? '');
    if (key !== base(key)) names.add('count');
  }
  return Object.fromEntries(Object.entries(found).map(([key, names]) => [key, [...names].sort()]));
}

const FILES = readdirSync(new URL('../locales/ko', import.meta.url)).sort();

it('has the same files in both languages', () => {
  expect(readdirSync(new URL('../locales/en', import.meta.url)).sort()).toEqual(FILES);
});

describe.each(FILES)('%s', (file) => {
  const ko = read('ko', file);
  const en = read('en', file);

  it('has the same texts in both languages', () => {
    expect(keysOf(en)).toEqual(keysOf(ko));
  });

  it('takes the same values in both languages', () => {
    expect(variablesOf(en)).toEqual(variablesOf(ko));
  });

  it('has an English singular for every plural, and no Korean one', () => {
    for (const [key] of leaves(en))
      if (key.endsWith('_other')) expect(leaves(en).map(([k]) => k)).toContain(`${base(key)}_one`);
    expect(leaves(ko).filter(([key]) => key.endsWith('_one'))).toEqual([]);
  });

  it('has no empty text, stray blank or broken slot', () => {
    for (const [key, text] of [...leaves(ko), ...leaves(en)]) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe('');
      expect(text.replaceAll(/\{\{[^{}]+\}\}/gu, ''), key).not.toMatch(/[{}]/u);
      expect(text, key).not.toMatch(/ {2}|\$t\(/u);
    }
  });

  it('asks only for particles that exist, and only in Korean', () => {
    for (const [key, text] of leaves(ko))
      for (const [, format] of text.matchAll(/\{\{[^},]+,\s*([^}]+?)\s*\}\}/gu))
        expect(PARTICLES, key).toContain(format);
    for (const [key, text] of leaves(en)) expect(text, key).not.toMatch(/\{\{[^}]*,/u);
  });

  it('never leaves a particle open: no 은(는), no 을/를', () => {
    for (const [key, text] of leaves(ko)) {
      const words = text.replaceAll(/\{\{[^}]*\}\}/gu, 'X');
      expect(words, key).not.toMatch(
        /\((?:은|는|이|가|을|를|와|과|으|로)\)|(?:은\/는|이\/가|을\/를|와\/과|으로\/로)/u,
      );
    }
  });

  it('fixes no particle behind a value whose sound is not known', () => {
    // These depend on the last sound before them; a bracket, quote or fixed word in between settles it.
    const open = /\}\}(?:은|는|이|가|을|를|과|와|이에요|예요)(?=[\s.,!?]|$)/u;
    for (const [key, text] of leaves(ko)) expect(text, key).not.toMatch(open);
  });

  it('never says 먹통, shows no link and shouts nowhere', () => {
    for (const [key, text] of [...leaves(ko), ...leaves(en)]) {
      expect(text, key).not.toContain('먹통');
      expect(text, key).not.toMatch(/https?:|www\.|\b[a-z0-9-]+\.(?:kr|com|org|net)\b/iu);
      expect(text, key).not.toMatch(/!!|\?\?/u);
    }
  });
});
