import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Bilingual } from '../domain/language.ts';
import type { AmbiguousAlias } from '../domain/service.ts';
import { after, before, between } from './beside.ts';
import { clausesOf } from './clauses.ts';
import { evidenceOf } from './evidence.ts';
import type { Strand } from './letters.ts';
import type { Reading } from './reading.ts';
import type { Link } from './services.ts';

/** Which services a message is about, as far as its names tell. */
export interface Subject {
  readonly services: readonly ServiceId[];
  /** Other readings of a name that several share, to ask about or to offer beside the answer. */
  readonly candidates: readonly ServiceId[];
  readonly question: Bilingual | null;
}

const MOST = 6;
/** The catalogue's id for all local governments together. */
const LOCAL_GOVERNMENTS = 'local-governments';
/** Words that may join two names some way apart, and words that take all names of a message together. */
const JOINT = /(랑|하고|와|과|,|및|이나|이든|든|나|·|&|\/|\+|그리고|또는|도|\band\b|\bor\b|\bplus\b|\bnor\b)/;
const TOGETHER =
  /둘 ?다|(?<=\s)다 (안|먹통|죽|터|막|되|멀쩡|정상|느|고장|나가)|셋 ?다|둘 ?중|중에|모두|같이|\bboth\b|\beither\b|\bneither\b|\ball three\b|\bvs\b/;

/** What two names of one list have between them. */
const LISTED =
  /^(이?랑|하고|와|과|이?나|이?든|이?고|도|,)\s?$|^\s?(,|및|\/|·|&|\+|and|or|nor|plus|as well as|along with|그리고|또는|아니면|이랑)\s(the |my |then )?$|^\/$/;

/** A name added to another: 120도 그래요? what about 120? 도록 is no such 도. */
const ALSO_AFTER = /^(도|마저|까지|조차)(?!록)|^\s(\w+\s)?(too|also|as well)\b/;
const ALSO_BEFORE = /\b(what about|how about|also|and|or is|or are)( the| my)?\s$/;
const isAlso = (strand: Strand, link: Link): boolean =>
  ALSO_AFTER.test(after(strand, link)) || ALSO_BEFORE.test(before(strand, link));

/** The place is only the way: 정부24에서, 정부24로. */
const MEANS = /^(에서|으?로|에다가?|을 통해)/;
const isMeans = (strand: Strand, link: Link): boolean => MEANS.test(after(strand, link));

const key = (alias: string): string => alias.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Settles what the names of a message stand for, one catalogue for all messages. */
export function createNaming(catalogue: Catalogue): (reading: Reading, mayGuess: boolean) => Subject {
  const ambiguous = new Map<string, AmbiguousAlias>(catalogue.ambiguous.map((one) => [key(one.alias), one]));
  /** Names of a kind of place, which stand beside the thing that is meant: 시청 홈페이지의 두드리소. */
  const isGeneral = (link: Link): boolean =>
    link.term.owners.services.length > 1 ||
    ambiguous.has(key(link.term.text)) ||
    link.term.owners.services.every((id) => {
      const service = catalogue.service(id);
      return service !== undefined && service.agency === LOCAL_GOVERNMENTS && service.kind !== 'function';
    });
  /** The task is done through the place: 정부24에서 등본. */
  const isWithin = (task: Link, place: Link): boolean =>
    task.term.owners.services.some((id) => {
      const service = catalogue.service(id);
      return (
        service !== undefined &&
        place.term.owners.services.some(
          (other) => service.channels.includes(other) || service.parent === other,
        )
      );
    });

  return (reading, mayGuess) => {
    const clauses = clausesOf(reading);
    const { strand } = reading;
    const isSure = evidenceOf(reading);
    const isOneList = (a: Link, b: Link): boolean => LISTED.test(between(strand, a, b));
    const named = reading.links.filter((link) => link.term.owners.services.length > 0 && !link.aside);
    /** 등기소하고 가족관계: what stands in one list with a sure name is meant as much. */
    const isListed = (link: Link): boolean =>
      named.some(
        (other) => other !== link && !other.term.needsCue && isSure(other) && isOneList(link, other),
      );
    const linked = named.filter((link) => isSure(link) || isListed(link));
    const together = TOGETHER.test(strand.text);
    const joined = (a: Link, b: Link): boolean => {
      const gap = between(strand, a, b);
      return together || (gap.length <= 14 && JOINT.test(gap));
    };
    const place = (link: Link): number => clauses.at(link.start);
    /** Each is said in a clause of its own, and only that of the first asks: 여권 신청해야 하는데 정부24 돼요? */
    const onlyAsked = (asked: Link, other: Link): boolean =>
      place(asked) !== place(other) && clauses.asks(place(asked)) && !clauses.asks(place(other));
    const kept = linked.filter((link) =>
      linked.every((other) => {
        if (other === link || link.term.manner === 'words') return true;
        if (isOneList(link, other)) return true;
        if (joined(link, other) && (!link.term.needsCue || together)) return true;
        if (isWithin(other, link)) return onlyAsked(link, other) && !isMeans(strand, link);
        if (isWithin(link, other)) return !onlyAsked(other, link) || isMeans(strand, other);
        if (isGeneral(other)) return true;
        if (isGeneral(link)) return isAlso(strand, link) || isAlso(strand, other);
        if (link.term.needsCue && !other.term.needsCue)
          return isAlso(strand, link) || (place(link) !== place(other) && clauses.asks(place(link)));
        return true;
      }),
    );
    const services: ServiceId[] = [];
    const candidates: ServiceId[] = [];
    let question: Bilingual | null = null;
    for (const { term } of kept) {
      const ids = term.owners.services;
      const known = ambiguous.get(key(term.text));
      if (ids.length === 1) services.push(...ids);
      else if (known !== undefined && term.manner === 'name' && mayGuess) {
        services.push(known.prefer);
        candidates.push(...known.candidates);
        question ??= known.ask;
      } else {
        candidates.push(...ids);
        question ??= known?.ask ?? null;
      }
    }
    return {
      services: [...new Set(services)].slice(0, MOST),
      candidates: [...new Set(candidates)]
        .filter((id) => !services.includes(id) || question !== null)
        .slice(0, 4),
      question,
    };
  };
}
