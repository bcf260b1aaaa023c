/* Short words that only mean something after what was said before. Both languages; for officials to read and edit. */

const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[.!~?,;:"'‘’“”\p{Extended_Pictographic}]+|\ufe0f/gu, ' ')
    .replace(/([ㄱ-ㅣ])\1{2,}/g, '$1$1')
    .replace(/\s+/g, ' ')
    .trim();

const YES =
  /^(아 |어 |그럼 |음 |oh |um )*(네+|넵+|넹|넴|예+|옙|응+|웅+|어+|엉|ㅇㅇ+|ㅇㅋ|ㅇ|ㄱㄱ+|ㄱ|콜|그래|그래요|그러세요|그러자|그러지요?|그러죠|그러등가|그럼요|그럽시다|그려|좋아|좋아요|좋습니다|좋지|맞아|맞아요|맞습니다|맞음|맞네|오케이|오키|당연하지|당연히|물론|물론이죠|부탁|부탁해|부탁해요|부탁드려요|부탁드립니다|그렇게 해|해줘|해 줘|해줘요|해주세요|해 주세요|하세요|해라|해|하자|야|하모|기|yes|yeah|yep|yup|yea|ya|y|sure|ok|okay|k|please|please do|yes please|go ahead|go on|go for it|do it|do that|of course|absolutely|definitely|correct|right|thats right|that s right|exactly|sounds good|why not|confirm|confirmed|indeed|alright|fine|aye|that one|thats the one|that s the one|uh huh|yes that|si)( (네|넵|예|응|맞아요|맞습니다|맞아|그래요|부탁해요|부탁드려요|부탁드립니다|해줘|해줘요|해주세요|해 주세요|그렇게 해 ?주세요|등록해 ?주세요|그거|그거요|please|then|thanks|thank you|do|that|it|sure|ahead|go ahead|do it|that one|thats right|yes|yeah|you can|i do|i would))*$/;
const YES_SIGN = /^\s*(👍|👌|🙆|⭕|✅|🙏|💯)/u;
const NO =
  /^(아 |어 |음 |oh |um )*(아니|아니요|아니오|아뇨|아녀|아냐|아님|아니야|아니에요|아닙니다|아이다|아이라|노|노노|ㄴㄴ+|ㄴ|됐어|됐어요|됐습니다|됐네요|됐다|됐고|됐음|댔어요|괜찮아|괜찮아요|괜찮습니다|싫어|싫어요|싫은데|필요 ?없어|필요 ?없어요|필요 ?없습니다|안 ?해|안 ?해요|안 ?할래|안 ?할래요|나중에|나중에요|다음에|다음에요|사양|하지 ?마|하지 ?마세요|말아요|말아|관둬|취소|그만|no|nope|nah|n|no thanks|no thank you|not now|not really|no need|dont|don t|later|maybe later|never mind|nevermind|im good|i m good|im ok|i m ok|forget it|negative|skip|not necessary|thats ok|that s ok|neither|cancel)( (괜찮아|괜찮아요|괜찮습니다|됐어|됐어요|됐습니다|필요 ?없어요|필요 ?없어|안 ?할래요|안 ?해도 ?돼요|그냥 둬|그냥 두세요|나중에 ?할게요|나중에|thanks|thank you|its ok|it s ok|im good|i m good|im fine|i m fine|thats fine|that s fine|need|not now|not really|maybe later|no))*$/;
const NO_SIGN = /^\s*(👎|🙅|❌|⛔)/u;

/** A bare yes: 네, ㅇㅇ, go ahead, 👍. */
export const isYes = (text: string): boolean => YES_SIGN.test(text) || YES.test(plain(text));
/** A bare no: 아뇨 괜찮아요, ㄴㄴ, not now. */
export const isNo = (text: string): boolean => NO_SIGN.test(text) || NO.test(plain(text));

/** Both, all of them. */
export const saysBoth = (text: string): boolean =>
  /둘 ?다|셋 ?다|넷 ?다|둘 ?모두|모두 ?다|전부 ?다?|다 해 ?줘|다요$|둘다|양쪽|\bboth\b|\ball (of them|three|four|of these|of those)\b|\bthe two of them\b|\beach of them\b|\bthem all\b/.test(
    plain(text),
  ) || /^(다|모두|전부|all|everything|all of it)$/.test(plain(text));

/** The others than those named. */
export const saysRest = (text: string): boolean =>
  /나머지|그 ?외|말고 ?다(?!른)|빼고 ?다(?!른)|빼고 ?전부|제외하고|the rest|the others|everything (but|except)|all (but|except)|keep /.test(
    plain(text),
  );

/** One more of the same. */
export const saysAlso = (text: string): boolean =>
  /도(요|$| )|추가|마찬가지|\b(too|also|as well|same for|add)\b|^and\b/.test(plain(text));

/** Takes back what was said: 아니 홈택스 말고 …, I meant … */
export const isCorrection = (text: string): boolean =>
  /^(아|어|앗|에이|참)? ?(아니|아뇨|아니요|아녀|아냐|그게 ?아니|그거 ?말고|말고|잘못|미안|죄송|정정|오타|실수)|말고|말한 ?거|말이에요|말이었|얘기예요|물은 ?거|물어본 ?거|아니라|아니고|^(no|nope|not|sorry|oops|wait|actually|correction|i meant|i mean|my bad)\b|\bi meant\b|\bi mean\b|\bnot .* but\b|\binstead of\b|\brather than\b/.test(
    plain(text),
  );

const SAYS_MORE =
  /되|돼|됐|됨|됩|안 |안되|않|못|열리|열려|열렸|접속|먹통|정상|상태|장애|오류|에러|느려|느리|복구|살아|터졌|터짐|죽|막혔|막혀|멈|고장|점검|튕|뜨|떠|들어가|가능|문제|이상|확인|조회|발급|신청|어때|언제|왜|이유|알려|알림|구독|취소|해지|제보|신고|통화|받아|받나|걸려|걸리|방법|대신|다른 ?(데|곳|수단)|\b(other ways?|another way|alternatives?|where|else|work|works|working|down|up|open|load|loads|loading|online|status|error|fail|failing|broken|slow|ok|okay|fine|back|available|running|dead|when|why|how|alert|notify|tell|subscribe|unsubscribe|stop|drop|remove|report|fix|fixed|outage|issue|problem)\b/;

/** A name and nothing else that asks: 위택스는?, and hometax? `names` are taken out first: 전입신고 holds 신고. */
export const isBareName = (text: string, names: readonly string[] = []): boolean => {
  let said = plain(text);
  for (const name of names) said = said.replaceAll(name.toLowerCase(), ' ');
  return said.length <= 40 && !SAYS_MORE.test(said);
};

/** A wish about messages in so many words, where the rest only points: 3번 빼줘, alert me for that one. */
export function wishIn(text: string): 'subscribe' | 'unsubscribe' | null {
  const said = plain(text);
  if (
    /빼|해지|끊|꺼|취소|그만|삭제|\b(drop|remove|delete|unsubscribe|cancel|stop|mute|turn off)\b/.test(said)
  )
    return 'unsubscribe';
  if (
    /알림|알려|구독|연락|걸어|\b(alert|alerts|subscribe|sub|notify|follow|tell me|ping|sign me)\b/.test(said)
  )
    return 'subscribe';
  return null;
}
