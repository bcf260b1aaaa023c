import type { Catalogue } from '../domain/catalogue.ts';
import type { Finding, FindingCode } from '../domain/finding.ts';
import type { Bilingual, Language } from '../domain/language.ts';
import { LANGUAGES } from '../domain/language.ts';
import type { NoticeLinter } from '../ports/notice-linter.ts';
import { differences, figuresOf } from './figures.ts';
import { sayIn } from './i18n.ts';
import { type Particle, withParticle } from './korean.ts';
import { createMentions, type Mention } from './mentions.ts';

/** What a phone shows of a notice without being unlocked. */
const FIRST_LINE: { readonly [L in Language]: number } = { ko: 90, en: 140 };

const SLANG: { readonly [L in Language]: RegExp } = {
  ko: /먹통|뻗었|뻗은|터졌|맛이 갔|렉 걸/gu,
  en: /\b(?:borked|kaput|crapped out|gone bust)\b/giu,
};
const PROMOTION: { readonly [L in Language]: RegExp } = {
  ko: /경품|추첨을 통해|당첨|특가|무료 증정|사은품|친구 추가|많은 관심|많은 이용 바랍니다/gu,
  en: /\b(?:prizes?|giveaway|sweepstakes?|special offer|free gifts?|don['’]t miss|promotion(?:al)?)\b/giu,
};
/** A line that ends so is not over. */
const UNFINISHED: { readonly [L in Language]: RegExp } = {
  ko: /(?:[,，…]|\.\.\.|(?<=\s)(?:및|또는|그리고|위한|대한)|하여|하며|하고)$/u,
  en: /(?:[,…]|\.\.\.|\b(?:and|or|the|of|for|to|with|from|by|about|a|an))$/iu,
};
const ACTION: { readonly [L in Language]: RegExp } = {
  ko: /주세요|주시기|바랍니다|하십시오|하세요|[하으]?실 수 있|[할을] 수 있|면 됩니다|면 돼요|필요(?:가|는) 없/u,
  en: /\b(?:please|you (?:can|may|do not|don['’]t|need)|use|visit|call|apply|contact|wait|try|bring|check|come|go to|no need)\b/iu,
};
const NEXT_UPDATE: { readonly [L in Language]: RegExp } = {
  ko: /(?:다시|추후|다음|곧|까지)[^.\n]{0,30}(?:안내|알려|알리|공지)/u,
  en: /\b(?:next update|(?:will|we['’]ll) (?:\w+ ){0,2}(?:update|inform|notify|tell|announce|report|let you know)|another (?:notice|update)|updates? (?:will|by|at))\b/iu,
};

/**
 * A linter for announcements, with the names of this catalogue. An error is a contradiction or what no notice may say;
 * what only a person can judge is a warning.
 */
export function createNoticeLinter(catalogue: Catalogue): NoticeLinter {
  const mentionsIn = createMentions(catalogue);
  return ({ title, message, severity }) => {
    const fields = LANGUAGES.flatMap((language) => [
      { language, field: `title.${language}`, text: title[language] },
      { language, field: `message.${language}`, text: message[language] },
    ]);
    const whole: Bilingual = { ko: `${title.ko}\n${message.ko}`, en: `${title.en}\n${message.en}` };
    const named = { ko: mentionsIn(whole.ko, 'ko'), en: mentionsIn(whole.en, 'en') };
    return [
      ...languageFindings(title, message),
      ...figureFindings(whole, named),
      ...serviceFindings(named),
      ...LANGUAGES.flatMap((language) => firstLineFindings(title[language], language)),
      ...fields.flatMap(({ language, field, text }) => [
        ...wordFindings('slang', 'error', SLANG[language], text, field),
        ...wordFindings('promotion', 'warning', PROMOTION[language], text, field),
        ...internalFindings(mentionsIn(text, language), field),
        ...(language === 'ko' ? particleFindings(text, mentionsIn(text, 'ko'), field) : []),
      ]),
      ...LANGUAGES.flatMap((language) => guidanceFindings(whole[language], language, severity !== 'info')),
    ];
  };
}

const finding = (
  code: FindingCode,
  weight: Finding['weight'],
  field: string,
  params: Finding['params'] = {},
): Finding => ({ code, weight, field, params });

function languageFindings(title: Bilingual, message: Bilingual): readonly Finding[] {
  const found: Finding[] = [];
  for (const [name, text] of Object.entries({ title, message })) {
    if (text.ko === text.en) found.push(finding('same_text', 'error', `${name}.en`));
    else if (!/\p{Script=Hangul}/u.test(text.ko)) found.push(finding('wrong_script', 'error', `${name}.ko`));
    else if (koreanShare(text.en) > 0.5) found.push(finding('wrong_script', 'error', `${name}.en`));
  }
  return found;
}

function koreanShare(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters === 0 ? 0 : (text.match(/\p{Script=Hangul}/gu)?.length ?? 0) / letters;
}

/** Names are taken out first: the 24 of 정부24 is no number. */
function figureFindings(
  whole: Bilingual,
  named: { readonly [L in Language]: readonly Mention[] },
): readonly Finding[] {
  const [ko, en] = LANGUAGES.map((language) =>
    figuresOf(withoutNames(whole[language], named[language]), language),
  );
  if (ko === undefined || en === undefined) return [];
  return differences(ko, en).map(({ kind, ...sides }) =>
    finding(`${kind}_differ`, 'error', 'message.en', sides),
  );
}

const withoutNames = (text: string, mentions: readonly Mention[]): string =>
  mentions.reduce(
    (rest, { text: name, at }) => rest.slice(0, at) + ' '.repeat(name.length) + rest.slice(at + name.length),
    text.normalize('NFC'),
  );

/** A service that only one language names: an error where it is a site's own name, a warning where it may be a mere word. */
function serviceFindings(named: { readonly [L in Language]: readonly Mention[] }): readonly Finding[] {
  const alone = (from: readonly Mention[], among: readonly Mention[]) =>
    from.filter(({ services }) => !among.some((other) => other.services.some((s) => services.includes(s))));
  const ko = alone(named.ko, named.en);
  const en = alone(named.en, named.ko);
  if (ko.length + en.length === 0) return [];
  const certain = [...ko, ...en].some((m) => m.official && m.services.some(({ kind }) => kind === 'service'));
  const told = (mentions: readonly Mention[]) => [...new Set(mentions.map((m) => m.text))].join(', ') || '—';
  const params = { ko: told(ko), en: told(en) };
  return [finding('services_differ', certain ? 'error' : 'warning', 'message.en', params)];
}

function firstLineFindings(title: string, language: Language): readonly Finding[] {
  const field = `title.${language}`;
  const length = sayIn(language)('notices.headline.announcement', { subject: title }).length;
  const max = FIRST_LINE[language];
  const found: Finding[] = [];
  if (length > max) {
    found.push(finding('first_line_too_long', 'error', field, { length: String(length), max: String(max) }));
  }
  if (UNFINISHED[language].test(title.trim())) found.push(finding('first_line_incomplete', 'error', field));
  return found;
}

const wordFindings = (
  code: 'slang' | 'promotion',
  weight: Finding['weight'],
  words: RegExp,
  text: string,
  field: string,
): readonly Finding[] =>
  [...new Set([...text.matchAll(words)].map((match) => match[0]))].map((word) =>
    finding(code, weight, field, { word }),
  );

/** Systems that citizens never see: an error where only officials use them, a warning where citizens may have met them. */
const internalFindings = (mentions: readonly Mention[], field: string): readonly Finding[] =>
  mentions
    .filter(({ services }) => services.every(({ kind }) => kind === 'internal' || kind === 'infrastructure'))
    .map(({ text, services }) => {
      const weight = services.every(({ audience }) => audience === 'official') ? 'error' : 'warning';
      return finding('internal_name', weight, field, { name: text });
    });

const PAIRS: Readonly<Record<string, Particle>> = {
  은: '은/는',
  는: '은/는',
  이: '이/가',
  가: '이/가',
  을: '을/를',
  를: '을/를',
  과: '과/와',
  와: '과/와',
  으로: '으로/로',
  로: '으로/로',
};
const PARTICLE = /^(?:으로|[은는이가을를과와로])(?=[\s.,!?)]|$)/u;

/** 홈택스은, where it has to be 홈택스는. */
function particleFindings(text: string, mentions: readonly Mention[], field: string): readonly Finding[] {
  return mentions.flatMap(({ text: name, at, services, official }) => {
    const written = PARTICLE.exec(text.normalize('NFC').slice(at + name.length))?.[0] ?? '';
    const pair = PAIRS[written];
    if (pair === undefined) return [];
    const reading = official ? (services[0]?.reading ?? null) : null;
    const right = withParticle({ text: name, reading }, pair);
    return right === name + written
      ? []
      : [finding('particle', 'warning', field, { written: name + written, right })];
  });
}

function guidanceFindings(text: string, language: Language, pressing: boolean): readonly Finding[] {
  const field = `message.${language}`;
  const found: Finding[] = [];
  if (!ACTION[language].test(text)) found.push(finding('no_action', 'warning', field));
  if (pressing && !NEXT_UPDATE[language].test(text)) found.push(finding('no_next_update', 'warning', field));
  return found;
}
