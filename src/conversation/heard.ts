import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Intent } from '../understanding/understanding.ts';
import {
  type Asked,
  aboutServices,
  afterAnswer,
  afterMessage,
  type Pending,
  type Remembered,
  type Told,
} from './memory.ts';

/*
 * What the bot said, read from its words: for transcripts that come without its state. In a live chat the bot knows
 * what it told and asked, and needs no reading.
 */

/** What the bot offers, by what its question offers; the first that fits. */
const OFFERS: readonly (readonly [RegExp, Intent])[] = [
  [
    /(정보|기록|데이터|내용|전부|모두|모든 것).*(삭제|지울|지우)|\b(delete|erase)\b.*\b(everything|data|all)\b/i,
    'privacy',
  ],
  [
    /대신|다른 (방법|곳|수단|길)|\b(alternatives?|other (ways?|options?)|another way|instead)\b/i,
    'alternatives',
  ],
  [/이유|원인|왜|\b(cause|reason|why|what happened)\b/i, 'cause'],
  [/지난 (기록|장애)|이력|\b(history|past outages)\b/i, 'history'],
  [
    /(해지|취소|삭제|그만|중단|끌|꺼)(할|해 ?드릴|하시겠|해 ?드려|까요|드릴)|그만 (보낼|받으)|\b(unsubscribe|stop|remove|turn off|cancel)\b/i,
    'unsubscribe',
  ],
  [
    /(제보|신고)(하시|할까|해 ?드|를 남기|로 접수|를 접수)|\b(report|send a report|log (it|this|that))\b/i,
    'report_problem',
  ],
  [
    /(알려|연락|말씀) ?드릴까|알려 ?드려|알림.*(등록|설정|신청|켤|켜|보내|받)|(구독|등록)(할|하시|해 ?드)|받으시겠|\b(tell you|let you know|notify you|alert you|text you|subscribe|message you|remind you|want (an )?alerts?|set (up )?an alert|register|updates?|put you)\b/i,
    'subscribe',
  ],
  [/언제|예정 시각|\b(when it|expected time)\b/i, 'eta'],
];
/** Whether something ordered before shall stay: a no ends it. */
const KEEP = /(유지|그대로 (둘|두|받)|남겨|계속 받)|\b(keep|leave)\b/i;
const DID_YOU_MEAN =
  /말씀(하시|이신|이시|하신|인가|이세)|맞으(신|세|실)|맞나요|맞습니까|뜻하시|찾으시|\b(do|did) you mean\b|\bis (that|this|it)\b|\byou mean\b/i;
const QUESTION_OF_NAME = /(인가요|신가요|시죠|일까요|죠|인지요|이세요|이에요|예요)\s*\?/;
const WHERE =
  /어느 (지역|시|구|동네|곳)|지역(이|을)|어디(신|세|에)|\b(which|what) (region|city|area|district|town|part)\b|\bwhere are you\b/i;
const WHICH_SERVICE =
  /(어떤|어느|무슨) (서비스|사이트|기관|증명서|앱|업무|민원)|무엇(을|이) |뭐가 |\b(which|what) (service|site|one|certificate|app|website)\b/i;
const WHAT_DETAIL =
  /증상|어떤 (화면|오류|문제|내용|상황)|문구|적어 ?주|자세히|언제부터|무슨 (일|문제|오류)|어떻게 안|\bwhat (happens|happened|exactly|went wrong|do you see|did you see|error|are you seeing|is the (problem|matter))\b|\bdescribe\b|\bdetails\b|\b(which|what) (step|screen)\b|\bwhat .* (message|error|screen)\b/i;

/** Words of a state in the bot's own sentences. */
const IMPAIRED =
  /중단|장애|지연|점검|안 됩|되지 않|불가|멈|느리|느립|오류|복구 중|복구되지|막혀|제한|\b(down|unavailable|suspended|outage|slow|delay(s|ed)?|maintenance|fail(s|ed|ing)?|not working|disrupted|degraded|partial(ly)?|broken|cannot|out of service)\b/i;
const FINE =
  /정상|문제 ?없|이상 ?없|복구되었|복구됐|재개(되었|됐)|이용하실 수 있|가능합니다|\b(normal(ly)?|works?|working|fine|operational|restored|resolved|available|back|open|running|up and)\b/i;

const sentencesOf = (said: string): readonly string[] =>
  said
    .split(/(?<=[.?!。])\s+|\n+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
const asks = (sentence: string): boolean => /\?|까요|나요|세요[.?]?$|주시면/.test(sentence);

/**
 * The memory after the bot has said something.
 * @param mentions the services its words name, in order
 * @param catalogue tells a part or a way of what was spoken of from another subject
 */
export function hear(
  said: string,
  mentions: readonly ServiceId[],
  before: Remembered | null,
  now: Instant,
  catalogue: Catalogue | null = null,
): Remembered {
  const known =
    before ?? afterMessage({ intent: 'unknown', leaning: null, services: [], candidates: [] }, null, now);
  const sentences = sentencesOf(said);
  const question = sentences.findLast(asks) ?? null;
  const statements = sentences.filter((one) => !asks(one)).join(' ');
  const list = isList(said, mentions) ? mentions : undefined;
  const told = toldBy(statements, mentions, known, list !== undefined, catalogue);
  const pending = question === null ? null : pendingOf(question, mentions, known);
  const asked = question === null ? null : askedBy(question);
  return afterAnswer(
    { ...told, ...(list === undefined ? {} : { listed: list }), pending, asked },
    known,
    now,
  );
}

/** What the bot's statements tell: of what, and how it is. */
function toldBy(
  statements: string,
  mentions: readonly ServiceId[],
  known: Remembered,
  isListed: boolean,
  catalogue: Catalogue | null,
): Told {
  const impaired = IMPAIRED.test(statements);
  const fine = FINE.test(statements);
  const state = impaired || fine;
  const strange = mentions.filter((id) => !known.services.includes(id));
  const unrelated = mentions.every((id) => !known.services.some((one) => areRelated(id, one, catalogue)));
  // Of a name with several parts, the part that is told of is what was meant.
  const isPart = mentions.length === 1 && known.services.includes(parentOf(mentions[0], catalogue));
  const answersOther = state && (unrelated || isPart) && known.intent !== 'alternatives';
  // Which one was meant was asked, and this tells of one.
  const chosen = known.pending?.kind === 'choose' && strange.length === 0;
  const open = known.services.length === 0 || answersOther || chosen;
  const sets = mentions.length > 0 && (isListed || open);
  const services = sets ? mentions : known.services;
  const one = services.length === 1;
  return {
    ...(sets ? { services: mentions } : {}),
    mentioned: sets ? [] : strange,
    ...(impaired && one ? { impaired: services } : {}),
    told: state ? (impaired ? 'impaired' : 'fine') : null,
  };
}

const parentOf = (id: ServiceId | undefined, catalogue: Catalogue | null): ServiceId =>
  catalogue?.service(id ?? '')?.parent ?? '';

/** Whether one is the other, a part of it, or a way to it. */
function areRelated(a: ServiceId, b: ServiceId, catalogue: Catalogue | null): boolean {
  if (a === b) return true;
  const [one, other] = [catalogue?.service(a), catalogue?.service(b)];
  if (one === undefined || other === undefined) return false;
  const ways = [...other.channels, ...other.alternatives.map(({ via }) => via)];
  return one.parent === b || other.parent === a || one.channels.includes(b) || ways.includes(a);
}

function pendingOf(question: string, mentions: readonly ServiceId[], known: Remembered): Pending {
  const intent = aboutServices(known.intent) ? known.intent : 'status';
  if (KEEP.test(question)) {
    const kept = mentions.filter((id) => !known.services.includes(id));
    const services = kept.length > 0 ? kept : mentions.length > 0 ? mentions : known.previousServices;
    return { kind: 'offer', intent: 'subscribe', services, refusal: 'unsubscribe' };
  }
  const offer = OFFERS.find(([pattern]) => pattern.test(question))?.[1];
  if (offer !== undefined && !WHICH_SERVICE.test(question)) {
    const about = mentions.length > 0 && known.services.length === 0 ? mentions : known.services;
    return { kind: 'offer', intent: offer, services: offer === 'privacy' ? [] : about };
  }
  const readings = known.readings ?? [];
  const eitherOr = / or |인가요.*인가요|인지.*인지|중 (어느|무엇|어떤)/.test(question);
  if (
    mentions.length < 2 &&
    readings.length >= 2 &&
    eitherOr &&
    mentions.every((id) => readings.includes(id))
  )
    return { kind: 'choose', intent, options: readings };
  // Of "A or B?" one name was recognised: the other is what was spoken of.
  const [spokenOf, another] = known.services;
  if (eitherOr && mentions.length === 1 && spokenOf !== undefined && another === undefined) {
    const options = [...new Set([...mentions, spokenOf])];
    if (options.length === 2) return { kind: 'choose', intent, options };
  }
  if (mentions.length >= 2) return { kind: 'choose', intent, options: mentions };
  if (mentions.length === 1 && (DID_YOU_MEAN.test(question) || QUESTION_OF_NAME.test(question)))
    return { kind: 'offer', intent, services: mentions, guess: true };
  return null;
}

const askedBy = (question: string): Asked => {
  if (WHERE.test(question)) return 'region';
  if (WHAT_DETAIL.test(question)) return 'detail';
  return WHICH_SERVICE.test(question) ? 'service' : null;
};

/** Several services after a count or numbers: a list to point at. */
const isList = (said: string, mentions: readonly ServiceId[]): boolean =>
  mentions.length >= 2 && (/(^|\s)\d[.)]\s|,|·|:/.test(said) || mentions.length >= 3);
