import { asksWhatAbout, isBareName, isHardlyMore } from './beside-names.ts';
import { unfamiliarWords } from './familiar.ts';
import { asksWhatIsLeft, isCorrection, keeps, saysAlso, saysBoth, saysRest } from './follow-ups.ts';
import { aboutServices } from './memory.ts';
import {
  familiarHere,
  isQuestion,
  isVague,
  type Message,
  namedIn,
  namesOf,
  type Rule,
  resolved,
} from './message.ts';
import { wishIn } from './predicates.ts';

/* A name after other names: the same question again, another service instead, one more. */

const isBare = (message: Message): boolean =>
  isBareName(message.text, namesOf(namedIn(message), message.catalogue));

/** "add ems instead", "코레일은 빼줘" while the talk is of notices: what is to be changed is in the words. */
export const changes: Rule = (message) => {
  const { alone, text, remembered } = message;
  const wish = wishIn(text) ?? (keeps(text) ? 'unsubscribe' : null);
  const named = namedIn(message);
  const ofNotices = ['subscribe', 'unsubscribe', 'list_subscriptions'].includes(remembered.intent ?? '');
  if (wish === null || named.length === 0 || !ofNotices) return null;
  const open = isVague(message) || alone.intent === 'alternatives' || alone.intent === wish;
  if (!open) return null;
  // "Keep only Hi Korea", "홈택스 빼고 다": all the others of the list.
  const list = remembered.listed ?? [];
  const others = list.filter((id) => !named.includes(id));
  if (saysRest(text) && others.length > 0 && others.length < list.length)
    return resolved(message, keeps(text) ? 'unsubscribe' : wish, others);
  return resolved(message, wish, named);
};

/** "뭐뭐 남았어?" while the talk is of notices: what is still on the list. */
export const asksForList: Rule = (message) => {
  const { alone, text, remembered } = message;
  const { intent } = remembered;
  const ofNotices = intent === 'subscribe' || intent === 'unsubscribe' || intent === 'list_subscriptions';
  if (!ofNotices || !isVague(message) || namedIn(message).length > 0) return null;
  return alone.intent !== 'thanks' && asksWhatIsLeft(text)
    ? resolved(message, 'list_subscriptions', [], null)
    : null;
};

/** "아니 홈택스 말고 위택스": the same question about another service. */
export const corrects: Rule = (message) => {
  const { alone, text, remembered } = message;
  const all = namedIn(message);
  // "I don't mean X, I mean Y": away from what was spoken of.
  const others = all.filter((id) => !remembered.services.includes(id));
  const named = others.length > 0 && !saysBoth(text) ? others : all;
  if (named.length === 0 || !isCorrection(text) || !aboutServices(remembered.intent)) return null;
  const wish = wishIn(text);
  if (wish !== null && alone.intent === wish) return resolved(message, wish, named);
  const vague = isVague(message) || isBare(message);
  return vague || alone.intent === remembered.intent ? resolved(message, remembered.intent, named) : null;
};

/** "위택스는?": the same question; "위택스도": the same wish. */
export const namesAnother: Rule = (message) => {
  const { alone, text, remembered } = message;
  const named = namedIn(message);
  if (named.length === 0 || !isVague(message) || !isBare(message)) return null;
  const asked = asksWhatAbout(text, namesOf(named, message.catalogue));
  // 나이스! may be praise, and a name among strange words is a question of its own.
  if (alone.services.length === 0 && alone.intent !== 'clarify' && saysMore(message) && !asked) return null;
  const before = remembered.intent;
  if (!aboutServices(before)) return null;
  if (remembered.asked === 'service' || (saysAlso(text) && !isQuestion(before)))
    return resolved(message, before, named);
  return resolved(message, repeatable(message) ? before : 'status', named);
};

const saysMore = (message: Message): boolean => {
  const { intent } = message.alone;
  // Two lone consonants may be the initials of a name, and are mostly something else.
  if (intent === 'thanks' || intent === 'greeting' || /^[ㄱ-ㅎ]{1,2}[.!~^]*$/.test(message.text)) return true;
  const strange = unfamiliarWords(message.text, familiarHere(message)).length;
  if (intent !== 'off_topic') return strange > 1;
  const names = namesOf(namedIn(message), message.catalogue);
  return strange > 0 || !isHardlyMore(message.text, names);
};

/**
 * Whether a bare name asks the same again. After "what else can I use" it names what one might use; after "when is it
 * back" was answered with "it works" there is nothing to be back.
 */
function repeatable({ remembered }: Message): boolean {
  const { intent, told } = remembered;
  if (!isQuestion(intent) || intent === 'alternatives') return false;
  return told !== 'fine' || intent === 'history';
}
