import { josa } from 'es-hangul';

/** The particle pairs that our sentences use, each with a final consonant first. */
export const PARTICLES = [
  '은/는',
  '이/가',
  '을/를',
  '과/와',
  '으로/로',
  '이에요/예요',
  '이라/라',
  '이나/나',
] as const;
export type Particle = (typeof PARTICLES)[number];

/** A name whose written form does not tell how it is read: Q-Net, read 큐넷. */
export interface Named {
  readonly text: string;
  readonly reading: string | null;
}

/** How the names of Latin letters end, for names that come without a reading: whether with a consonant, and which. */
const LETTER_NAMES: Readonly<Record<string, string>> = {
  a: '이',
  b: '비',
  c: '시',
  d: '디',
  e: '이',
  f: '프',
  g: '지',
  h: '치',
  i: '이',
  j: '이',
  k: '이',
  l: '엘',
  m: '엠',
  n: '엔',
  o: '오',
  p: '피',
  q: '큐',
  r: '알',
  s: '스',
  t: '티',
  u: '유',
  v: '이',
  w: '유',
  x: '스',
  y: '이',
  z: '제',
};
const DIGIT_NAMES = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];

/** The last syllable as it is said, past brackets, quotes and signs. */
function lastSyllable(text: string): string {
  const spoken = withoutLastBrackets(text).replace(/[^\p{L}\p{N}]+$/u, '');
  const last = spoken.at(-1) ?? '';
  if (/\d/.test(last)) return DIGIT_NAMES[Number(last)] ?? last;
  return LETTER_NAMES[last.toLowerCase()] ?? last;
}

/** `시스템(A(B))` as `시스템`; what is all in brackets stays. */
function withoutLastBrackets(text: string): string {
  const end = text.trimEnd();
  if (!end.endsWith(')')) return end;
  let depth = 0;
  for (let i = end.length - 1; i > 0; i--) {
    if (end[i] === ')') depth++;
    if (end[i] === '(') depth--;
    if (depth === 0) return end.slice(0, i).trimEnd();
  }
  return end;
}

/** The text with the form of the particle that its sound asks for: 홈택스는, 위택스를, 정부24로, Q-Net은. */
export function withParticle(name: string | Named, particle: Particle): string {
  const { text, reading } = typeof name === 'string' ? { text: name, reading: null } : name;
  const sound = lastSyllable(reading ?? text);
  return text + josa.pick(/[가-힣]/.test(sound) ? sound : '이', particle as Parameters<typeof josa.pick>[1]);
}
