import type { Catalogue } from '../domain/catalogue.ts';
import type { Instant } from '../domain/instant.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { answersOffer, chooses, tells } from './answering.ts';
import {
  asksOfItsParts,
  asksSameAgain,
  leavesOutName,
  prefersReading,
  sendsPiece,
  wantsItConfirmed,
} from './ellipsis.ts';
import { saysSeveral, takesBack } from './follow-ups.ts';
import { staysInDanger } from './in-danger.ts';
import { type Remembered, stillKnown } from './memory.ts';
import type { Message, Rule } from './message.ts';
import { pointsAtForm, pointsAtPlace, pointsBack, pointsThere, undoes } from './pointing.ts';
import { asksForList, changes, corrects, namesAnother } from './renaming.ts';

export { afterMessage as remember, FORGET_AFTER_SECONDS, type Remembered } from './memory.ts';

/**
 * How a message may lean on what was said before, in the order of trying: the first that applies decides.
 *
 * | rule | said before | message | means |
 * |---|---|---|---|
 * | staysInDanger | "call 112" | I can't call, he will hear me | the numbers, and that texting works |
 * | undoes | alerts were ordered | 방금 거 취소 | those alerts off |
 * | chooses | "which one? 1. … 2. …" | 2번 | the second; a number out of range: asked again |
 * | answersOffer | "tell you when it is back?" | 웅 | that it be told |
 * | pointsAtPlace | a list | 마지막 거는 언제? | when the last of the list is back |
 * | pointsBack | two services | 둘 다 알림 | alerts for both |
 * | asksForList | alerts | 뭐뭐 남았어? | the list of alerts |
 * | changes | alerts | add ems instead | alerts for EMS |
 * | corrects | 홈택스 언제 돼요 | 아니 위택스요 | when Wetax is back |
 * | pointsAtForm | 홈택스 되나요 | 앱은요? | whether its app works |
 * | namesAnother | 홈택스 되나요 | 위택스는? | whether Wetax works |
 * | pointsThere | "at the community center" | 거기는 괜찮대요? | whether the counters work |
 * | tells | "in which region?" | 부산이요 | the question, for Busan |
 * | prefersReading | a name of two services | 해외에서요 | the other of the two |
 * | wantsItConfirmed | "Hometax is down" | ㄹㅇ? | whether it works now |
 * | asksOfItsParts | "Wetax works in part" | 뭐가 안 되는데요? | what of Wetax does not |
 * | sendsPiece | 홈택스 | 지금 | whether it works now |
 * | asksSameAgain | 어제도 그랬어요? | 그저께는요? | whether it was so then |
 * | leavesOutName | 홈택스 되나요 | 왜요? | why Hometax does not |
 */
const RULES: readonly Rule[] = [
  staysInDanger,
  undoes,
  chooses,
  answersOffer,
  pointsAtPlace,
  pointsBack,
  asksForList,
  changes,
  corrects,
  pointsAtForm,
  namesAnother,
  pointsThere,
  tells,
  prefersReading,
  wantsItConfirmed,
  asksOfItsParts,
  sendsPiece,
  asksSameAgain,
  leavesOutName,
];

/** The same message in the light of what was said before. Forgets after a quarter of an hour. Pure. */
export function inContext(
  understanding: Understanding,
  text: string,
  remembered: Remembered | null,
  now: Instant,
  catalogue: Catalogue,
): Understanding {
  const known = stillKnown(remembered, now);
  if (known === null || standsAlone(understanding, text, known)) return understanding;
  const message: Message = { alone: understanding, text, remembered: known, catalogue };
  for (const rule of RULES) {
    const meant = rule(message);
    if (meant !== null) return meant;
  }
  return understanding;
}

/** A life in danger, or a subject of its own: an agency, a kind of service, everything. */
function standsAlone(understanding: Understanding, text: string, known: Remembered): boolean {
  const { topic, services, candidates, agencies, categories } = understanding;
  if (topic?.startsWith('crisis') === true) return true;
  if (known.pending?.kind === 'choose') return false;
  if (topic === 'everything' && services.length === 0 && !saysSeveral(text)) return takesBack(text) === null;
  const group = services.length + candidates.length === 0 && agencies.length + categories.length > 0;
  return group && known.pending === null;
}
