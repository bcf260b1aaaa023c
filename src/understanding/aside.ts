import { after, before, between } from './beside.ts';
import type { Strand } from './letters.ts';
import type { Link } from './services.ts';

/* Names that are mentioned only to be set aside: 홈택스 말고 위택스, is wetax up, not hometax. */

const ASIDE_AFTER =
  /^(?!(뿐|만)\s?(이\s?)?아니)\S{0,2}\s?(말고|말구|빼고|제외|아니고|아니구|아니라|아닌|아니에요|아닙니다|필요 ?없|놔 ?두고|냅두고|됐고|됐구|관심 ?없|상관 ?없|외에)/;
/** 정부24 대신 주민센터: only where the other follows. */
const INSTEAD = /^\s?(대신|대신에|대신 그냥)\s?$/;
const FINE_AFTER =
  /^(은|는|이|가|도)?\s?(지금 |잘 |다 )?(되는데|되던데|된다는데|되고|된다던데|멀쩡한데|괜찮은데|정상인데|열리는데|안 ?된다던데|안 ?되는 ?거 ?아는데|안 ?되는건 ?아는데)/;
/** 정부24는 계속 받고 홈택스만 끊어줘. */
const KEPT_AFTER = /^(은|는)? ?(계속 |그대로 |그냥 )?(받고|받을|두고|남기고|남겨|유지|놔두고|둬)/;
const KEPT_BEFORE = /\bkeep( the| my)?\s*$/;
const ASIDE_BEFORE =
  /\b(not|instead of|rather than|other than|apart from|aside from|besides|except|except for|excluding|without|but not|forget|never mind)( the| my)?\s*$/;
const FINE_AFTER_EN =
  /^\s*(site |app |website )?(works|is working|is fine|is up|is ok|is okay|loads|loads fine|works fine|is back|seems fine),?\s*(but|though|while|yet)\b/;

/** What joins two names into one list, all of which is set aside or none. */
const LISTED = /^(이?랑|하고|와|과|이?나|,)\s?$|^\s?(및|\/|·)\s?$/;
const LISTED_EN = /^\s*(,|or|nor|and)\s+(the |my )?$/;

const isService = (link: Link): boolean => link.term.owners.services.length > 0;

/** Marks the names that are set aside, where another remains. `links` in reading order. */
export function setAside(strand: Strand, links: readonly Link[]): Link[] {
  const aside = links.map((link) => {
    if (!isService(link)) return false;
    const rest = after(strand, link);
    return (
      ASIDE_AFTER.test(rest) ||
      FINE_AFTER.test(rest.trimStart()) ||
      ASIDE_BEFORE.test(before(strand, link)) ||
      KEPT_AFTER.test(rest.trimStart()) ||
      KEPT_BEFORE.test(before(strand, link)) ||
      FINE_AFTER_EN.test(rest)
    );
  });
  for (const [at, link] of links.entries()) {
    const next = links[at + 1];
    if (next !== undefined && isService(link) && isService(next) && INSTEAD.test(between(strand, link, next)))
      aside[at] = true;
  }
  // 무인발급기랑 정부24 빼고: the word that sets aside stands once for the whole list.
  for (let at = links.length - 2; at >= 0; at--) {
    const [link, next] = [links[at], links[at + 1]];
    if (link === undefined || next === undefined || !isService(link) || !isService(next)) continue;
    if (aside[at + 1] && ASIDE_AFTER.test(after(strand, next)) && LISTED.test(between(strand, link, next)))
      aside[at] = true;
  }
  for (let at = 1; at < links.length; at++) {
    const [previous, link] = [links[at - 1], links[at]];
    if (previous === undefined || link === undefined || !isService(link)) continue;
    if (
      aside[at - 1] &&
      ASIDE_BEFORE.test(before(strand, previous)) &&
      LISTED_EN.test(between(strand, previous, link))
    ) {
      aside[at] = true;
    }
  }
  const remains = links.some((link, at) => isService(link) && !aside[at]);
  return links.map((link, at) => ({ ...link, aside: remains && aside[at] === true }));
}
