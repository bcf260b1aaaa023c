import type { AgencyId, CategoryId, RegionId, ServiceId } from '../domain/ids.ts';
import type { CueTerm } from './cues.ts';
import type { Strand } from './letters.ts';
import type { NameTerm } from './lexicon.ts';
import type { Hit } from './matcher.ts';

/** A cue found in the text. */
export interface CueHit {
  readonly term: CueTerm;
  readonly start: number;
  readonly end: number;
}

/** A name found in the text and taken to be meant. */
export interface Link {
  readonly term: NameTerm;
  readonly start: number;
  readonly end: number;
  readonly edits: number;
  /** It counts only beside a word of trouble or access: a common word, torn apart, or with an unexplained tail. */
  readonly weak: boolean;
  /** Named only to be set aside: 홈택스 말고. */
  readonly aside: boolean;
}

const PARTICLE =
  /^(은|는|이|가|을|를|에|에서|에서는|에서도|에는|에도|엔|도|만|로|으로|로는|와|과|랑|이랑|하고|의|부터|까지|한테|께|나|이나|든|요|용|여|이요|인데|이고|이랑|라고|이라고|좀|마저|조차|처럼|보다|밖에|이야|야|예요|이에요|입니다|인가요|인가|임|이라|라|꺼|거|것|들|쪽|같은|건|이란|란|이든|이며|며|대로|뿐|씩|께서|따라|이라도|라도|이며|만은|만도|에선|에서만|서|선|으론|론|때문|요새|지금|오늘|현재|왜|언제|또|다시|아직|이제|계속|다|안|못|잘|신규|재|온라인|모바일|인터넷|사이트|홈페이지|홈피|앱|어플|서버|시스템|페이지|창구|포털|센터|서비스|누리집|전화|번호|로그인|접속|발급|신청|조회|예약|접수|제출|납부|예매|결제|확인|검색|열람|출력|등록|신고|재발급|갱신|알림|구독|장애|점검|오류|에러|먹통|다운|복구|상태|정상|기능|떼|뽑|찾|내기|쓰기|보기|하는|해|되|됨|될|돼|대|어|어때|머|뭐|말고|말구|빼고|대신|및|또는|그리고)/;

/** Words that stand before a name written without spaces: 지금정부24되나요. */
const LEAD =
  /(지금|현재|오늘|왜|혹시|아니|근데|그럼|그러면|아직|이제|제발|아직도|저기|그|이|내|제|나|또|요즘|방금|아까|다른|모바일|인터넷|온라인|우리|및|과|와|랑|하고|이랑|은|는|이|가|에서|에|도|의|로|시|군|구|도청|역|동|읍|면)$/;

/** 이 사람 is no 이사람, 온-나라 is 온나라. */
const hasSpace = ({ text, at }: Strand, hit: Hit): boolean =>
  text.slice(at[hit.start] ?? 0, at[hit.end - 1] ?? 0).includes(' ');

/** The rest of the word after a place, the start of it before one. */
function tailOf(strand: Strand, end: number): string {
  if (end >= strand.length) return '';
  return /^\S*/.exec(strand.text.slice(strand.at[end] ?? 0))?.[0] ?? '';
}
function headOf(strand: Strand, start: number): string {
  return /\S*$/.exec(strand.text.slice(0, strand.at[start] ?? 0))?.[0] ?? '';
}

/** 정부 24시간 is no 정부24: the number belongs to what it counts. */
const COUNTED = /^(시간|개월|년|원|명|세|살|퍼센트|%|\.\d)/;
const isDigit = (character: string): boolean => character >= '0' && character <= '9';

const isHangul = (character: string): boolean => /[가-힣]/.test(character);

/** How far a find can be believed: null not at all. */
function judge(
  strand: Strand,
  hit: Hit<NameTerm>,
  stops: ReadonlySet<number>,
  starts: ReadonlySet<number>,
): { weak: boolean } | null {
  const { term } = hit;
  const first = strand.text.charAt(strand.at[hit.start] ?? 0);
  const last = strand.text.charAt(strand.at[hit.end - 1] ?? 0);
  let weak = term.needsCue;
  if (term.manner === 'initials' && term.size <= 2) weak = true;
  if (term.manner === 'sound') {
    if (hit.gaps > 1) return null;
    return { weak: weak || hit.edits > 1 };
  }
  if (isDigit(last) && COUNTED.test(strand.text.slice((strand.at[hit.end - 1] ?? 0) + 1))) return null;
  const short = term.size <= 2;
  if (hit.glued && isHangul(first)) {
    const explained = stops.has(hit.start) || LEAD.test(headOf(strand, hit.start));
    if (!explained) {
      if (short || hit.edits > 0 || term.needsCue) return null;
      weak = true;
    }
  }
  if (hit.unfinished && isHangul(last)) {
    const tail = tailOf(strand, hit.end);
    const explained = starts.has(hit.end) || PARTICLE.test(tail) || !isHangul(tail.charAt(0));
    if (!explained) {
      if (short || hit.edits > 0 || term.needsCue) return null;
      weak = true;
    }
  }
  if (hit.gaps > 0) {
    if (short || hit.gaps > 2 || (term.needsCue && isHangul(first) && hasSpace(strand, hit))) return null;
    if (isHangul(first) && term.size <= 4) weak = true;
  }
  const spelled = strand.text.slice(strand.at[hit.start] ?? 0);
  if (hit.edits > 0 && term.stem !== '' && !spelled.startsWith(term.stem)) return null;
  // 자동차에 is no 자동차세: the wrong letter must not be a particle.
  if (
    hit.edits > 0 &&
    isHangul(last) &&
    /[은는이가을를에도만로의와과요]/.test(last) &&
    !term.text.endsWith(last)
  )
    return null;
  // 원피스 is near to 원패스, drain to dbrain: the shorter the name, the less a slip is believed.
  if (hit.edits > 1 || (hit.edits === 1 && term.size <= (isHangul(first) ? 3 : 7))) weak = true;
  return { weak };
}

const weight = (hit: Hit<NameTerm>): number =>
  hit.end -
  hit.start -
  hit.edits * 2 -
  hit.gaps * 2 +
  (hit.term.owners.services.length > 0 ? 0.5 : 0) +
  (hit.glued ? -1 : 0);

/** It only keeps a name from being found where it is meant otherwise. */
const isDecoy = ({ owners: { services, agencies, categories, regions } }: NameTerm): boolean =>
  services.length + agencies.length + categories.length + regions.length === 0;

const isTwin = (a: Hit, b: Hit): boolean => a.start === b.start && a.end === b.end && a.edits === b.edits;

/** One term for names that cannot be told apart as written: ㅇㅌㅅ is 위택스 or 이택스. */
function together(terms: readonly NameTerm[]): NameTerm {
  const [first] = terms as readonly [NameTerm];
  const services = [...new Set(terms.flatMap((term) => term.owners.services))];
  return { ...first, owners: { ...first.owners, services } };
}

/** The names meant, in reading order: longest first wins, none overlap. */
export function linksIn(strand: Strand, found: readonly Hit<NameTerm>[], cues: readonly CueHit[]): Link[] {
  const stops = new Set<number>();
  const starts = new Set<number>();
  for (const cue of cues) {
    stops.add(cue.end);
    starts.add(cue.start);
  }
  for (const hit of found) {
    stops.add(hit.end);
    starts.add(hit.start);
  }
  const ranked = [...found].sort((a, b) => weight(b) - weight(a) || a.start - b.start);
  const taken = new Uint8Array(strand.length);
  const links: Link[] = [];
  for (const hit of ranked) {
    const { term } = hit;
    if (taken.subarray(hit.start, hit.end).some((one) => one !== 0)) continue;
    const judged = judge(strand, hit, stops, starts);
    if (judged === null) continue;
    taken.fill(1, hit.start, hit.end);
    if (isDecoy(term)) continue;
    const shared =
      term.manner === 'name'
        ? []
        : ranked.filter((other) => isTwin(other, hit) && other.term.manner === term.manner);
    links.push({
      term: shared.length > 1 ? together(shared.map((other) => other.term)) : term,
      start: hit.start,
      end: hit.end,
      edits: hit.edits,
      weak: judged.weak,
      aside: false,
    });
  }
  links.sort((a, b) => a.start - b.start);
  return links;
}

export interface Named {
  readonly services: readonly ServiceId[];
  readonly agencies: readonly AgencyId[];
  readonly categories: readonly CategoryId[];
  readonly regions: readonly RegionId[];
}

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];

/** All owners of these links, in reading order. */
export const ownersOf = (links: readonly Link[]): Named => ({
  services: unique(links.flatMap((l) => l.term.owners.services)),
  agencies: unique(links.flatMap((l) => l.term.owners.agencies)),
  categories: unique(links.flatMap((l) => l.term.owners.categories)),
  regions: unique(links.flatMap((l) => l.term.owners.regions)),
});
