import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Bilingual } from '../domain/language.ts';
import type { AmbiguousAlias } from '../domain/service.ts';
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
const JOINT = /(랑|하고|와|과|,|및|이나|이든|든|나|·|&|\/|\+|그리고|또는|도|\band\b|\bor\b|\bplus\b|\bnor\b)/;
const TOGETHER = /둘 ?다|셋 ?다|둘 ?중|중에|모두|같이|\bboth\b|\beither\b|\bneither\b|\ball three\b|\bvs\b/;

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
    const cued = reading.has.has('trouble') || reading.has.has('access');
    const told =
      cued ||
      reading.has.has('works') ||
      reading.has.has('when') ||
      reading.has.has('tell_me') ||
      reading.has.has('subscribe');
    const linked = reading.links.filter(
      (link) =>
        link.term.owners.services.length > 0 &&
        !link.aside &&
        (link.term.needsCue ? cued : !link.weak || told),
    );
    const joined = (a: Link, b: Link): boolean => {
      const [first, second] = a.start < b.start ? [a, b] : [b, a];
      const { text, at } = reading.strand;
      const between = text.slice((at[first.end - 1] ?? 0) + 1, at[second.start] ?? 0);
      return (between.length <= 14 && JOINT.test(between)) || TOGETHER.test(text);
    };
    const kept = linked.filter((link) =>
      linked.every((other) => {
        if (other === link || link.term.manner === 'words') return true;
        if (joined(link, other) && !link.term.needsCue) return true;
        if (isGeneral(other)) return true;
        return !isGeneral(link) && !(link.term.needsCue && !other.term.needsCue) && !isWithin(other, link);
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
