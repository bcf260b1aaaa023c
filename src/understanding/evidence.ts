import { after, before } from './beside.ts';
import type { Strand } from './letters.ts';
import type { Reading } from './reading.ts';
import type { Link } from './services.ts';

/* Whether a name that may be an everyday word, or is only nearly there, is meant: its company tells. */

/** Words of a state; words of any other question or wish about a service; words that make it another question. */
const STATE = ['trouble', 'access', 'restored', 'report'] as const;
const ASKING = [
  'works',
  'restore',
  'when',
  'why',
  'instead',
  'past',
  'record',
  'maintenance',
  'tell_me',
  'when_back',
  'subscribe',
  'unsubscribe',
] as const;
const VETOES = [
  'price',
  'documents',
  'eligibility',
  'how_to',
  'hours',
  'period',
  'own_case',
  'content',
  'smalltalk',
  'privacy',
] as const;
/** A common word beside a company or a device is theirs: a card called Visa. */
const ELSEWHERE = ['company', 'device'] as const;
/** Nor is it ours in somebody's shop: 햄버거집 키오스크, the kiosk at a burger place. */
const SHOP_BEFORE =
  /(버거|카페|커피|식당|음식점|매장|편의점|(?<!스)마트|영화관|극장|가게|백화점|호텔|주차장|\b(burger|cafe|café|coffee|restaurant|mcdonald'?s|cinema|theater|store|shop|mall|supermarket|hotel|gym|parking))\S{0,3}\s(\S{1,4}\s)?$/;
const SHOP_AFTER =
  /^\s(at|in|of)\s(the\s|a\s|my\s|this\s)?(\w+\s)?(burger|cafe|café|coffee|restaurant|mcdonald'?s|cinema|theater|store|shop|mall|supermarket|hotel|gym|parking)/;
const inShop = (strand: Strand, link: Link): boolean =>
  SHOP_BEFORE.test(before(strand, link)) || SHOP_AFTER.test(after(strand, link));

/** Tells of each name of a message whether it is meant by itself. */
export function evidenceOf({ has, strand }: Reading): (link: Link) => boolean {
  const about = STATE.some((cue) => has.has(cue));
  const told = about || ASKING.some((cue) => has.has(cue));
  const foreign = ELSEWHERE.some((cue) => has.has(cue));
  const meant = !foreign && (about || (told && !VETOES.some((cue) => has.has(cue))));
  return (link) => (link.term.needsCue ? meant && !inShop(strand, link) : !link.weak || told);
}
