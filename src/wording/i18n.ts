import { createInstance } from 'i18next';
import enAnswers from '../../locales/en/answers.json' with { type: 'json' };
import enNotices from '../../locales/en/notices.json' with { type: 'json' };
import enOfficials from '../../locales/en/officials.json' with { type: 'json' };
import enStatus from '../../locales/en/status.json' with { type: 'json' };
import enWeb from '../../locales/en/web.json' with { type: 'json' };
import koAnswers from '../../locales/ko/answers.json' with { type: 'json' };
import koNotices from '../../locales/ko/notices.json' with { type: 'json' };
import koOfficials from '../../locales/ko/officials.json' with { type: 'json' };
import koStatus from '../../locales/ko/status.json' with { type: 'json' };
import koWeb from '../../locales/ko/web.json' with { type: 'json' };
import type { Language } from '../domain/language.ts';
import { type Named, PARTICLES, type Particle, withParticle } from './korean.ts';

const ko = { answers: koAnswers, status: koStatus, notices: koNotices, officials: koOfficials, web: koWeb };
const en = { answers: enAnswers, status: enStatus, notices: enNotices, officials: enOfficials, web: enWeb };

/** `status.word.operational` and so on: every leaf of the Korean files. */
export type Key = Leaves<typeof ko>;
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? WithoutPlural<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
type WithoutPlural<K extends string> = K extends `${infer Base}_${'one' | 'other'}` ? Base : K;

export type Params = Readonly<Record<string, string | number | Named>>;

const instance = createInstance();
void instance.init({
  resources: { ko: { translation: ko }, en: { translation: en } },
  fallbackLng: false,
  initAsync: false,
  returnEmptyString: false,
  interpolation: {
    escapeValue: false,
  },
  missingInterpolationHandler: (text: string, match: RegExpExecArray) => {
    throw new Error(`No value for ${match[0]} in "${text}"`);
  },
  saveMissing: true,
  missingKeyHandler: (_languages: readonly string[], _namespace: string, key: string) => {
    throw new Error(`No text for ${key}`);
  },
});

/** `{{name, 은/는}}` adds the particle that the name asks for. */
for (const particle of PARTICLES) {
  instance.services.formatter?.add(particle, (value: Spoken | string | number) =>
    withParticle(typeof value === 'number' ? String(value) : value, particle as Particle),
  );
}

/** A name in a sentence: written as its text, sounding as its reading. */
type Spoken = Named & { toString(): string };

const spoken = (params: Params): Record<string, string | number | Spoken> =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'object' ? { ...value, toString: () => value.text } : value,
    ]),
  );

/** A voice in one language: `say('status.word.operational')`. Plurals take `count` and the keys `_one`, `_other`. */
export type Say = (key: Key, params?: Params) => string;

const voices: { readonly [L in Language]: Say } = {
  ko: (key, params = {}) => instance.t(key, { ...spoken(params), lng: 'ko' }) as string,
  en: (key, params = {}) => instance.t(key, { ...spoken(params), lng: 'en' }) as string,
};

/** @throws Error from the voice when a text or a value is missing: a defect, caught by the tests of parity */
export const sayIn = (language: Language): Say => voices[language];
