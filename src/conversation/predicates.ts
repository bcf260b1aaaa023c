import type { Intent } from '../understanding/understanding.ts';
import { plain } from './plain-words.ts';

/* What is asked or wished for, by the words of a message that names nothing. Both languages; for officials to read and edit. */

/** Since when, which asks of the state now and not of its end. */
export const saysSince = (text: string): boolean => SINCE.test(plain(text));
const SINCE =
  /언제부터|몇 ?시부터|언제 ?(시작|터졌|고장)|(몇 ?(시간|분|일)|며칠) ?(째|동안)|얼마나 ?(됐|되었|오래)|\b(since when|how long has|when did (it|this|that) (start|begin|go down|break))\b/;

/** Whether it is so for others too: 다른 사람들도 그래요?, did others report it? */
export const asksOfOthers = (text: string): boolean =>
  /(다른 ?(사람|분)|다들|남들)[^?]*(나요|까요?|어요|죠|지|냐|니|가요|\?)\s*\??$|\b(others?|anyone else|anybody else|other people|everyone|everybody)\b.*\?/i.test(
    text.trim(),
  );

/** A wish about messages in so many words, where the rest only points: 3번 빼줘, alert me for that one, add ems. */
export function wishIn(text: string): 'subscribe' | 'unsubscribe' | null {
  const said = plain(text);
  if (
    /빼|해지|끊|꺼|취소|그만|삭제|\b(drop|remove|delete|unsubscribe|unfollow|cancel|stop|mute|turn off)\b/.test(
      said,
    )
  )
    return 'unsubscribe';
  if (
    /알림|알려|구독|연락|걸어|추가|넣어|등록|\b(add|alert|alerts|subscribe|sub|notify|follow|tell me(?! (more|about|why|how|what|the|again))|ping|sign me|turn on)\b/.test(
      said,
    )
  )
    return 'subscribe';
  return null;
}

/*
 * What a question without a name asks, by its words; the first that fits. Used where the message alone was too short
 * to be understood.
 */
const PREDICATES: readonly (readonly [Intent, RegExp])[] = [
  [
    'subscribe',
    /알려 ?(줘|주|달라|드)|연락 ?(줘|주|바라)|알림 ?(줘|주|켜|받|걸|신청|설정|보내)|문자 ?(줘|주)|\b(notify|ping|alert|text|message|warn) (me|us)\b|\btell (me|us)\b(?! (more|about|why|how|what|the|again))|\blet (me|us) know\b|\byou tell me\b|\bsubs?cri?be\b/,
  ],
  ['status', SINCE],
  [
    'human',
    /번호(가|는|를|도)? ?(몇|뭐|좀|알려|더|없|주|요|있)|전화번호|연락처|상담원|\b((phone|telephone|other|another) number|number to call|who (can|do|should) i call)\b/,
  ],
  [
    'alternatives',
    /다른 ?(방법|데|곳|수단|길|방도)|딴 ?(데|방법|곳)|대신|대체|(직접 ?|찾아 ?)?가(도|면|야) ?(되|돼|하)|직접 ?가|그럼 ?어떡|어떡하|어떻게 ?(해야|해요|하죠|하나)|\b(anything else|something else|other (ways?|options?)|another (way|option)|alternatives?|instead|somewhere else|elsewhere|what (can|should|do) i do)\b/,
  ],
  [
    'cause',
    /왜|이유|원인|때문|어쩌다|무슨 ?일|(누구|어디) ?(잘못|책임|탓)|\b(why|reason|cause|how come|what happened|what went wrong|whats wrong|hacked|whose fault)\b/,
  ],
  [
    'eta',
    /언제|몇 ?시|며칠|날짜를?|시각을?|(끝나|풀리|열리|되)는 ?(시간|시각|때)|얼마나 ?(더|걸|기다|있어|남)|\b(when|until|till|how long|how much longer|what time|eta|how soon|in my time|local time|my time ?zone)\b|우리 ?시간|한국 ?시간/,
  ],
  [
    'history',
    /지난 ?(번|달|주|해)|작년|전에도|예전에도|자주 ?(이|그)|또 ?이|\b(last (time|year|month|week)|in the past|happen (a lot|often)|this often|happened before)\b/,
  ],
  [
    'status',
    /되(나|는|니|냐|려|던|ㄴ)|돼|됐|됨|됩|된 ?(거|건)|열리|열려|열렸|정상|괜찮|복구|살아|고쳐|풀렸|터졌|터짐|터진|안 ?[가-힣]|먹통|그대로|상태|상황|소식|다른 ?사람|다들|남들|나만|저만|\b(work|works|working|up|down|back|fixed|open|fine|online|available|slow|news|updates?|status|others|everyone|everybody|other people|(just|only) me|any better|(is|was|are) .*ok|still (out|off|dead|broken))\b/,
  ],
];

export const predicateIn = (text: string): Intent | null => {
  const said = plain(text);
  return PREDICATES.find(([, pattern]) => pattern.test(said))?.[0] ?? null;
};
