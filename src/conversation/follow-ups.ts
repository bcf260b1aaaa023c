import { madeOf, phrases, plain } from './plain-words.ts';

/* Short words that only mean something after what was said before. Both languages; for officials to read and edit. */

/** Around a yes or a no. */
const SOFTENERS = phrases(`
  아, 어, 음, 오, 흠, 그럼, 그럼요, 그냥, 진짜, 제발, 좀, 꼭, 저, 근데, 일단, 고마워, 고마워요, 고맙습니다, 감사, 감사해요, 감사합니다, ㄳ, ㄱㅅ, 님, 요
  oh, um, uh, hmm, hm, well, then, please, pls, plz, thanks, thank you, thx, ty, sir, maam, that, it, just, so, man, lol
`);
const YES = phrases(`
  네+, 넵+, 넹, 넴, 넼, 녜, 예+, 옙, 옛, 응+, 웅+, 엉+, 어+, ㅇㅇ+, ㅇ, ㅇㅋ, ㅇㅋㅇㅋ, ㄱㄱ+, ㄱ, ㄴㅔ, 콜, 그래, 그래요, 그래 주세요, 그러세요, 그러자, 그러죠, 그러지요, 그러등가, 그러던가, 그러든가
  그럽시다, 그려, 그려요, 그럴게요, 그렇게 하세요, 그렇게 해, 그렇게 해요, 그렇게 해 줘, 그렇게 해 주세요, 그렇죠, 그렇습니다, 좋아, 좋아요, 좋습니다, 좋지, 좋죠, 좋네요, 맞아, 맞아요, 맞습니다, 맞음, 맞네, 맞네요, 맞다
  오케이, 오키, 오케, 당연하지, 당연하죠, 당연히, 당근, 물론, 물론이죠, 부탁, 부탁해, 부탁해요, 부탁드려요, 부탁드립니다, 부탁드릴게요, 해 줘, 해 줘요, 해 주세요, 해 주라, 해 주셈, 해 주십시오, 하세요, 해라, 해, 하자, 합시다
  등록해 줘, 등록해 주세요, 신청해 줘, 신청해 주세요, 진행해 주세요, 그거, 그거요, 그걸로, 그걸로요, 그걸로 해 줘, 그걸로 해 주세요, 그거 맞아요, 야, 하모, 기, 받을게요, 받을래요, 원해요, 알려 줘, 알려 줘요, 알려 주세요, 알려 줘라
  yes+, yeah+, yep, yup, yea, ya, yah, y, aye, sure, sure thing, ok, okay, okey, okie, k, kk, please do, yes please, go ahead, go on, go on then, go for it, do it, do that, do so, of course, absolutely, definitely, certainly, totally
  correct, right, thats right, that is right, thats correct, exactly, exactly that, sounds good, sounds great, good idea, great, perfect, why not, confirm, confirmed, indeed, alright, all right, fine, that one, thats the one, thats it, uh huh, mhm
  si, you can, i do, i would, i would like that, id like that, id love that, id appreciate that, that would be great, that would be nice, yes i do, tell me, let me know, notify me, lets do it, works for me, by all means, bet
`);
const NO = phrases(`
  아니, 아니요, 아니오, 아뇨, 아녀, 아냐, 아녜요, 아님, 아니야, 아니에요, 아닙니다, 아니다, 아이다, 아이라, 노, 노노, 놉, ㄴㄴ+, ㄴ, 됐어, 됐어요, 됐습니다, 됐네, 됐네요, 됐다, 됐고, 됐음, 댔어요, 돼써, 돼써요
  괜찮아, 괜찮아요, 괜찮습니다, 괜찮네요, 괜춘, 싫어, 싫어요, 싫은데, 싫은데요, 싫습니다, 필요 없어, 필요 없어요, 필요 없습니다, 필요 없음, 필요 없을 것 같아요, 안 해, 안 해요, 안 할래, 안 할래요, 안 할게요, 안 해도 돼, 안 해도 돼요, 안 받을래요, 안 받을게요
  나중에, 나중에요, 나중에 할게요, 다음에, 다음에요, 다음에 할게요, 아직요, 아직은요, 사양, 사양할게요, 하지 마, 하지 마세요, 하지 마요, 말아요, 말아, 마세요, 관둬, 관두세요, 취소, 그만, 그만해요, 그냥 둬, 그냥 두세요, 놔둬, 놔두세요
  no+, nope, nah+, naw, n, nay, non, no thanks, no thank you, no thx, not now, not today, not yet, not really, not necessary, not needed, no need, dont, dont bother, later, maybe later, some other time, never mind, nevermind, nvm
  im good, im ok, im okay, im fine, its ok, its okay, its fine, its alright, thats ok, thats okay, thats fine, thats alright, that is alright, thats all right, all good, im all set, forget it, forget about it, negative, skip, skip it, neither, none, cancel, leave it, i pass, ill pass, pass, i dont, i dont think so, i dont need it, i dont want it, dont want it
`);
const YES_SIGN = /^\s*(👍|👌|🙆|⭕|✅|🙏|💯|🆗|☑|✔)/u;
const NO_SIGN = /^\s*(👎|🙅|❌|⛔|✖|🚫)/u;
const ALL_YES = madeOf([...SOFTENERS, ...YES]);
const ALL_NO = madeOf([...SOFTENERS, ...NO]);
const ONE_YES = madeOf(YES);
const ONE_NO = madeOf([...NO]);
const SOFT = madeOf(SOFTENERS);

/** A bare yes: 네, ㅇㅇ, go on then, 👍. */
export const isYes = (text: string): boolean =>
  YES_SIGN.test(text) || (ALL_YES.test(plain(text)) && !SOFT.test(plain(text)));
/** A bare no: 아뇨 괜찮아요, ㄴㄴ, not now. */
export const isNo = (text: string): boolean =>
  NO_SIGN.test(text) || (ALL_NO.test(plain(text)) && !SOFT.test(plain(text)));

/** Something short and then a yes: 아 한영키 ㅋㅋ 응. */
export const endsInYes = (text: string): boolean => {
  const words = plain(text).split(' ');
  return words.length <= 5 && !ONE_NO.test(words[0] ?? '') && ONE_YES.test(words.at(-1) ?? '');
};

/** A no, and then what is meant instead: what follows it, else null. */
export function afterNo(text: string): string | null {
  const words = plain(text).split(' ');
  for (let count = Math.min(3, words.length - 1); count > 0; count--) {
    if (ONE_NO.test(words.slice(0, count).join(' '))) return words.slice(count).join(' ');
  }
  return null;
}

/** Both, all of them. */
export const saysBoth = (text: string): boolean =>
  /둘 ?다|셋 ?다|넷 ?다|둘 ?모두|모두 ?다|전부 ?다?|싹 ?다|두 ?개 ?다|세 ?개 ?다|다 해 ?줘|[ㄴ은는]? 다요$|둘다|양쪽|\bboth\b|\ball (of (them|these|those)|two|three|four|five)\b|\bthe two of them\b|\beach (of them|one)\b|\bthem all\b|\bevery one of (them|those)\b/.test(
    plain(text),
  ) || /^(다|모두|전부|all|everything|all of it|all please)$/.test(plain(text));

/** So many of what was spoken of, which "all" alone is not. */
export const saysSeveral = (text: string): boolean =>
  /둘|셋|넷|두 ?개|세 ?개|양쪽|그것들|\b(both|two|three|four|five|them|these|those)\b/.test(plain(text));

/** The others than those named. */
export const saysRest = (text: string): boolean =>
  /나머지|그 ?외|말고 ?다(?!른)|빼고 ?다(?!른)|빼고 ?(전부|모두)|제외하고|\b(the )?rest\b|the others|the other (two|three|ones)|everything (but|except)|all (but|except)|\bothers too\b|^keep |only keep|만 ?(남기|남겨|두고|놔두)/.test(
    plain(text),
  );

/** Only these stay: keep only Hi Korea, 홈택스만 남기고. */
export const keeps = (text: string): boolean =>
  /만 ?(남기|남겨|두고|놔두)|\b(only keep|keep (only|just))\b/.test(plain(text));

/** The one of two that is not spoken of now: 다른 하나, the other one. */
export const saysOther = (text: string): boolean =>
  /(다른|나머지) ?(하나|한 ?개|쪽|거|것|건|걸)(?! ?(물어|질문|좀 ?물))|\bthe other (one|1|service|site|app)\b|^(and )?the other$/.test(
    plain(text),
  );

/** Nothing to report after all: 지금 보니 되네요, never mind, it works now. */
export const saysItWorks = (text: string): boolean =>
  /(?<!안 ?)(되네|돼요 ?이제|됐네|됩니다 ?이제|해결 ?(됐|되)|풀렸|돌아왔|괜찮아졌|지금은 ?(돼|되|됩))|\b(it|that) (works|worked|is working|s working|loads) ?(now|again)?\b|\bworks now\b|\bsolved\b|\bnever ?mind\b/.test(
    plain(text),
  );

/** This one and no other. */
export const saysOnlyThis = (text: string): boolean =>
  /(그|이)(거|것|건|걸)(만|로만)|\b(for|about|on|only|just) (that|this) one\b|\b(that|this) one only\b/.test(
    plain(text),
  );

/** What was asked first of all: 처음에 물어본 거, the first one I asked about. */
export const saysFirstAsked = (text: string): boolean =>
  /(처음|맨 ?먼저|제일 ?먼저|첫 ?번째)(에|로)? ?(내가 |제가 )?(물어|물은|말한|말했|얘기|여쭤|여쭌|질문|문의)|\b(first|1st|original) (one |thing |service |site )?(that )?(i|we) (asked|said|mentioned|named|wanted)|\b(my|the) (first|original) (question|one i)/.test(
    plain(text),
  );

/** What was spoken of a while ago: 아까 그거, the earlier one, that thing I asked. */
export const saysEarlier = (text: string): boolean =>
  /(아까|전에|방금|좀 ?전에|먼저) ?(내가 |제가 )?(그|물어|물은|말한|말했|얘기|여쭤|여쭌|질문|문의|한 ?거)|\b(the|that) (one|thing|site|service|app) (i|we) (asked|mentioned|said)|\bwhat i (asked|mentioned)|\b(the )?(one|thing) from (before|earlier)|\bthe (earlier|previous) one\b|\b(on|about|with|is|for) that (thing|one)\b/.test(
    plain(text),
  );

/** Doubts what was just told, or wants it confirmed: 확실하죠?, ㄹㅇ?, are you sure? */
export const doubts = (text: string): boolean => DOUBTS.test(plain(text)) && !/[.!]$/.test(text.trim());
const DOUBTS = madeOf(
  phrases(`
  ㄹㅇ, 레알, 진짜, 진짜요, 진짜로, 진짜로요, 정말, 정말요, 정말로요, 진짜예요, 정말인가요, 진짜인가요, 사실인가요, 확실해, 확실해요, 확실하죠, 확실한가요, 확실합니까, 확실한 거죠, 맞나요, 맞습니까, 맞죠, 맞는 거죠, 그게, 그거, 그건, 이거, 엥, 헐
  really, for real, seriously, are you sure, you sure, is that right, is that true, sure about that, certain, oh, wait, huh
`),
);

/** Asks what of it does not work, after it was told of: 뭐가 안 되는데요?, what exactly isn't working? */
export const asksWhatOfIt = (text: string): boolean =>
  /^(그래서|그럼|근데|정확히|구체적으로|아니|그러니까| )*(뭐가|뭐는|무엇이|어떤 ?게|어떤 ?것이) ?(정확히 )?(안 ?(되|돼|됨|됩)|막혔|문제)[가-힣]*$|^(so |and |ok )*what (exactly |precisely )?(isnt|is not|doesnt|does not|cant|is down|is broken|is wrong)( it)?( do| work| working)?( exactly)?$/.test(
    plain(text),
  );

/** Asks what stands on the list of notices: 뭐 남았어?, what do I have now? */
export const asksWhatIsLeft = (text: string): boolean =>
  /(뭐|뭐뭐|뭘|무엇|어떤 ?거|몇 ?개)(가|를|이)? ?(지금 ?)?(남|등록|신청|구독|걸려|받고|있)|\bwhat (is|s|are|do i have|am i)\b.*\b(left|still|signed|getting|now|on)\b|\bwhich (ones )?(are|is) (left|on)\b/.test(
    plain(text),
  );

/** One more of the same. "And hometax?" is a question instead. */
export const saysAlso = (text: string): boolean =>
  (/^(and|plus)\b/i.test(text) && !text.includes('?')) ||
  /도(요|$| )|추가|마찬가지|하나 ?더|한 ?개 ?더|\b(too|also|as well|same for|add|one more|another one)\b/.test(
    plain(text),
  );

/** Takes back what was said: 아니 홈택스 말고 …, I meant … */
export const isCorrection = (text: string): boolean =>
  /^(아|어|앗|에이|참|헉)? ?(아니|아뇨|아니요|아녀|아냐|그게 ?아니|그거 ?말고|말고|잘못|미안|죄송|정정|오타|실수)|말고|말한 ?거|말이에요|말이었|말씀드린|얘기예요|얘기한|물은 ?거|물어본 ?거|아니라|아니고|^(아|참)? ?맞다|(이었|였)(지|네|구나|는데)|바꿔 ?줘|바꿔 ?주|\b(switch|change) (it |that )?to\b|^(no|nope|not|sorry|oops|wait|actually|correction|i meant|i mean|my bad|scratch that)\b|\bi meant?\b|\bi said\b|\bnot .* but\b|\binstead of\b|\brather than\b/.test(
    plain(text),
  );

/** Points at another time or place and asks nothing else: 그저께는요?, what about tomorrow? */
export const asksAgain = (text: string): boolean =>
  text.length <= 30 &&
  (/(은|는)(요|여)?\s*\??$/.test(text.trim()) || /^(and |so |ok )*(what|how) about\b/i.test(text.trim()));

/** Wants to hear of it now, not to be told later: tell me more about the last one. */
export const wantsMore = (text: string): boolean =>
  /\btell (me|us) (more|about)\b|\bmore (about|on) (it|that|this|the)\b/.test(plain(text));

/** Ends what was only just ordered: stop that one again, actually never mind, don't. */
export const stopsThat = (text: string): boolean =>
  /^((please|actually|no|oh|hm|hmm|wait|sorry|ok|okay|lol|on second thought) )*((stop|drop|remove|end) (that|it|this)( one| alert| again)*|(nvm|never ?mind|forget it|scrap it)( (dont|do not|cancel|stop)( it| that)?)?|(dont|do not)( do (it|that))?)( please| pls| sorry| thanks)*$/.test(
    plain(text),
  );

/** Takes the last change back: 방금 거 취소, put it back. */
export const takesBack = (text: string): 'cancel' | 'restore' | null => {
  const said = plain(text);
  if (
    /(되돌려|원래대로|복원|실행 ?취소|다시 ?(넣어|켜|등록|살려|추가)|도로 ?(넣어|켜))|\b(put (it|them|that) back|bring (it|them|that) back|restore (it|them|that)|turn (it|them) back on|re ?add|add (it|them) back|resubscribe)\b/.test(
      said,
    )
  )
    return 'restore';
  if (
    /^(아 |앗 |어 |헉 )?(방금|지금|금방|좀 ?전|아까|마지막)( ?(한|그))? ?(거|것|꺼|건|신청|등록|알림|구독)?(은|는|을|를)? ?(다시 )?(취소|무르|물러|없던|철회)|^(아 |앗 |헉 )?(취소|취소요|취소해 ?줘요?|취소해 ?주세요|취소할게요|취소할래요|무를게요|없던 ?(일|걸)로.*)$|^(oops |no |wait |sorry |actually |hm )*(undo|cancel (that|it|this|the last one)|take (that|it) back|scratch that|revert|undo (that|it|the last one)|never mind cancel it)( please| pls| sorry)*$/.test(
      said,
    )
  )
    return 'cancel';
  return null;
};

/** Asks what there is to choose from: 뭐 있는데요?, what are the options? */
export const asksForChoices = (text: string): boolean =>
  /뭐가? ?있|뭐뭐|뭐가 ?다른|어떤 ?(게|것들?이|거|종류)|종류가?|차이가?|무슨 ?차이|선택지|다시 ?(보여|말해|알려)|\bwhat are (there|they|those|the (options|choices))\b|\bwhich ones?( are there| do you have)?$|\bwhat (options|choices)\b|\bwhats the difference\b|\b(options|choices)$|\blist them\b|\bsay that again\b/.test(
    plain(text),
  );

/** The app, or the site, of what is spoken of. */
export const formIn = (text: string): 'app' | 'site' | null => {
  const said = plain(text);
  const last = (pattern: RegExp): number => [...said.matchAll(pattern)].at(-1)?.index ?? -1;
  const app = last(
    /(?<![가-힣])(앱|어플|모바일|휴대폰|핸드폰|스마트폰|폰)(?!뱅)|\b(apps?|mobile( version)?|on (my )?phone)\b/g,
  );
  const site = last(
    /사이트|홈페이지|홈피|(?<![가-힣])(웹|피씨|컴퓨터)|\bpc\b|\b(web ?site|site|web|desktop|browser)\b/g,
  );
  if (app < 0 && site < 0) return null;
  // "Not the website, the app": what is set aside stands first in English; 앱 말고 사이트 likewise.
  return app > site ? 'app' : 'site';
};

/** Named by the place that was just told of: 거기, there. */
export const saysThere = (text: string): boolean =>
  /(거기|그곳|그쪽|거긴|거기서|그리로)|\bthere\b(?! (is|are|was|were|any|a)\b)|\b(are|do|is) (those|these|they)\b/.test(
    plain(text),
  );
