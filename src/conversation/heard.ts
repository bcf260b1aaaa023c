import type { ServiceId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Intent } from '../understanding/understanding.ts';
import type { Pending, Remembered } from './context.ts';

/** What the bot offers in its own sentences, for transcripts that come without its state. */
const OFFERS: readonly (readonly [RegExp, Intent])[] = [
  [
    /(해지|취소|삭제|그만)(할|해 드릴|해드릴|하시겠|할까)|\b(unsubscribe|stop|remove|turn off|cancel)\b.*\?/i,
    'unsubscribe',
  ],
  [/(제보|신고)(하시|할까|해 드|해드|를 남기|로 접수)|\b(report|send a report|log)\b.*\?/i, 'report_problem'],
  [
    /알려 ?드릴까|알려드릴까|알림을? ?(등록|설정|신청|켤|켜)|등록할까|등록해 ?드릴까|연락드릴까|\b(tell you|let you know|notify you|alert you|subscribe|message you|want alerts|set (up )?an alert|register)\b.*\?/i,
    'subscribe',
  ],
  [/대신|다른 방법|\b(alternatives?|other ways)\b.*\?/i, 'alternatives'],
  [/이유|원인|\b(the )?(cause|reason)\b.*\?/i, 'cause'],
];
const DID_YOU_MEAN =
  /말씀(하시는|이신|이시|하신)|맞으(신|세)|뜻하시|\bdo you mean\b|\bdid you mean\b|\bis that\b|\byou mean\b/i;
const WHERE =
  /어느 (지역|시|구|동네|곳)|지역이 어디|어디신|\bwhich (region|city|area|district|town)\b|\bwhere are you\b/i;
const WHICH_SERVICE =
  /(어떤|어느|무슨) (서비스|사이트|기관|증명서|앱)|무엇(을|이) |\bwhich (service|site|one|certificate|app|website)\b|\bwhat (service|site)\b/i;
const WHAT_DETAIL =
  /증상|어떤 (화면|오류|문제|내용)|문구|적어 주|자세히|언제부터|\bwhat (happens|happened|exactly|went wrong|do you see|error|are you seeing)\b|\bdescribe\b|\bdetails\b|\bwhich step\b|\bwhat .* (message|error|screen)\b/i;

/**
 * The memory after the bot has said something, read from its words. In a live chat the bot knows
 * what it asked and needs no reading; transcripts do.
 * @param mentions the services its words name, in order
 */
export function hear(
  said: string,
  mentions: readonly ServiceId[],
  before: Remembered | null,
  now: Instant,
): Remembered {
  const base: Remembered = before ?? {
    at: now,
    services: [],
    previousServices: [],
    intent: null,
    pending: null,
  };
  const asks = /\?|까요|나요|세요[.?]?$|주시면/.test(said);
  const services = base.services.length === 0 || listed(said, mentions) ? mentions : base.services;
  let pending: Pending = null;
  const offer = asks ? OFFERS.find(([pattern]) => pattern.test(said))?.[1] : undefined;
  if (offer !== undefined) {
    const about = mentions.length > 0 ? mentions : base.services;
    pending = { kind: 'offer', intent: offer, services: about };
  } else if (asks && mentions.length >= 2) {
    pending = { kind: 'choose', intent: base.intent ?? 'status', options: mentions };
  } else if (
    asks &&
    mentions.length === 1 &&
    (DID_YOU_MEAN.test(said) || /(인가요|신가요|시죠|일까요|죠)\s*\?/.test(said))
  ) {
    pending = { kind: 'offer', intent: base.intent ?? 'status', services: mentions };
  }
  const asked = !asks
    ? null
    : WHERE.test(said)
      ? 'region'
      : WHAT_DETAIL.test(said)
        ? 'detail'
        : WHICH_SERVICE.test(said)
          ? 'service'
          : null;
  return {
    ...base,
    at: now,
    services,
    pending,
    asked,
    listed: listed(said, mentions) ? mentions : base.listed,
  };
}

/** Several services after a count or numbers: a list to point at. */
const listed = (said: string, mentions: readonly ServiceId[]): boolean =>
  mentions.length >= 2 && (/\d[.)]|,|·|:/.test(said) || mentions.length >= 3);
