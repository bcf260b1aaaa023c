/*
 * Words that tell nothing of which service is meant. A follow-up made of these alone is about what was spoken of;
 * any other word may be the name of something we do not know, and then we ask rather than guess.
 */

const words = (table: string): readonly string[] => table.split(/\s+/).filter((word) => word !== '');

/** Words of one syllable, alone or with a particle. */
const SHORT = words(`
  그 이 저 거 것 걸 게 건 아 어 음 네 넵 예 응 웅 넹 참 제 내 나 난 하나 둘다 셋다 또 더 도 만 은 는 요 좀 꼭 다 둘 첫 두 세 번 쪽 중 뭐 뭔 몇 시 분 일
  엥 헐 헉 앗 엇 흠 하
  밤 쯤 후 전 왜 앱 웹 폰 컴 급 말 딴 땐 때 곳 데
`);
const PARTICLES = words(`
  은 는 이 가 을 를 도 만 에 의 로 으로 랑 나 요 까지 부터 에서 에는 에도 로는 로도 한테 께 야 라 인데 인가요 이요 이라 이랑 째 들 들은 들도
  게 거 건 걸 예요 에요 이에요 죠 지 니 임 고 래 든 든지 였어 였나 입니다 입니까 라고 라고요 다고 다고요 인지 처럼 보다 밖에 마다
`);
/** Verbs and adjectives by their first syllables, before an ending. */
const VERBS = words(`
  되 돼 됐 된 됨 될 됩 댐 대 않 없 있 열 닫 먹 뜨 뜸 뜬 떠 뜹 죽 살 하 해 할 한 했 합 보 봐 본 볼 주 줘 줄 달 쓰 써 쓸 끄 꺼 켜 켤 빼 넣 싶
  가 갈 간 오 와 온 받 나 낼 내 걸 믿 알 풀 튕 변 빨 원 급 모르 고치 고쳐 바뀌 바뀐 터지 터졌 터진 터짐 막히 막혔 막혀 멈추 멈췄 멈춰
  느리 느려 나아 나오 나와 나옴 들어가 걸리 걸려 기다 풀리 풀렸 풀려 열리 열려 열렸 괜찮
`);
/** What such a beginning goes on with. */
const ENDINGS = words(`
  는 나 니 냐 요 음 다 어 아 여 지 고 면 게 려 던 든 서 세 죠 자 네 은 을 도 야 라 봐 주 줘 준 중 기 까 거 것 건 걸 데 렸 렵 린 릴 림 었 았 였
  습 시 신 실 으 노 능 대 래 군 구 냥 했 한 할 해 됐 돼 되 된 될 됨 져 졌 진 질 짐
`);
/** Beginnings of longer words. */
const LONGER = words(`
  여기 거기 저기 아까 방금 전에 먼저 처음 나중 그럼 그러 그런 그래 그거 그게 그건 그걸 이거 이게 이건 저거 근데 그리고 혹시 일단 아니 아뇨
  저희 우리 말고 말한 말하 말이 말씀 대신 다른 다시 계속 자꾸 아직 여전 이제 모두 전부 전체 나머지 마지막 번째 무슨 무엇 어디 어느 어떤
  지금 현재 오늘 내일 모레 어제 그제 그저께 엊그제 오전 오후 아침 저녁 새벽 주말 평일 이번 다음 지난 언제 시간 며칠
  월요 화요 수요 목요 금요 토요 일요 얼마 대략 대충 정도 까지 부터 작년 올해
  접속 로그인 먹통 정상 상태 상황 장애 오류 에러 고장 복구 점검 날짜 시각 가능 불가
  문제 이상 작동 똑같 마찬가지 이유 원인 때문 어때 어떻 어떡 어쩌 방법 빨리
  사이트 홈페이지 홈피 페이지 화면 어플 서비스 시스템 서버 메뉴 조회 발급 신청 납부 결제 접수 제출 출력 인쇄 예약
  인증 가입 검색 전화 통화 창구 이용 사용 온라인 오프라인 인터넷 방문 직접 얼른 바로 피씨 컴퓨터 모바일 휴대
  핸드폰 아이폰 안드로이드 브라우저 크롬
  알려 알림 알고 연락 문자 소식 공지 안내 구독 해지 취소 추가 등록 설정 신고 제보 부탁
  필요 궁금 물어 물은 질문 기다 사람 다들 남들 혼자 진짜 정말 제발 죄송 미안 고마 감사 확인 예정 시작 재개 오픈
  소요 끝나 끝난 끝날 보내 근처 가까 주변 동네 누구 잘못 책임 확실 번호 도대체 대체
`);
const any = (table: readonly string[]): string => `(?:${table.join('|')})`;
const IS_KOREAN = new RegExp(
  `^(?:${any(SHORT)}${any(PARTICLES)}{0,3}$|(?:안|못)(?:$|${any(VERBS)})|${any(VERBS)}(?:$|${any(ENDINGS)})|${any(LONGER)})`,
  'u',
);

/** English words, without their endings. */
const ENGLISH: ReadonlySet<string> = new Set(
  words(`a an the it its this that these those they them there here one ones thing thing other another else more any some all both
  each every is are was were be been being am do does did done has have had will would shall should can could may might must
  not no dont doesnt isnt wont cant didnt wasnt arent havent ok okay and or but so then if than too also as well of on in at
  to for from by with about off up out over again back still yet now already just only even soon later today tonight tomorrow
  yesterday morning afternoon evening night week weekend monday tuesday wednesday thursday friday saturday sunday hour minute
  day long time until till once since before after am pm eta when why how what where which who whose i im i'm me my mine you your we our us
  he she hey hi oh ah hm hmm um uh well please pls plz thank thanks sorry wait actually really right sure yes yeah no nope
  site website web page app application mobile phone online offline service system server login log sign portal work working
  down up open opened opening load loading available normal ok fine good bad broken dead slow fast stuck frozen crash error fail failing
  failed issue problem trouble outage maintenance status fix fixed fixing restore restored recover recovered running run use
  usable access reach get go going come coming expect expected estimate happen happened wrong cause reason tell know let
  notify notification alert message ping update news hear subscribe unsubscribe stop cancel remove drop add keep put list report
  reported everyone everybody anyone anybody people complaining same way instead alternative option counter person visit call
  need want try tried check see look mean meant say said ask asked first second third last earlier`),
);

const stemmed = (word: string): readonly string[] => [
  word,
  word.replace(/s$/, ''),
  word.replace(/ing$/, ''),
  word.replace(/ed$/, ''),
];

/** The words of a text that may be a name or a matter of its own. `known` are phrases that are at home here. */
export function unfamiliarWords(text: string, known: readonly string[] = []): readonly string[] {
  let said = text.toLowerCase().normalize('NFC').replace(/[’']/g, '');
  const phrases = [...known]
    .map((one) => one.toLowerCase().normalize('NFC'))
    .sort((a, b) => b.length - a.length);
  for (const phrase of phrases) if (phrase.length >= 2) said = said.replaceAll(phrase, ' ');
  const atHome = new Set(phrases.flatMap((phrase) => phrase.split(/[^\p{L}\p{N}]+/u)));
  return said.split(/[^\p{L}\p{N}]+/u).filter((word) => /\p{L}/u.test(word) && !isFamiliar(word, atHome));
}

function isFamiliar(word: string, atHome: ReadonlySet<string>): boolean {
  if (/^[ㄱ-ㅣ]+$/u.test(word) || /^\d+(시|분|일|월|년|번|개|시간|am|pm|st|nd|rd|th)?/u.test(word))
    return true;
  if (/^[a-z0-9]+$/.test(word)) return stemmed(word).some((one) => ENGLISH.has(one) || atHome.has(one));
  if (IS_KOREAN.test(word)) return true;
  return [...atHome].some((one) => one.length >= 2 && word.startsWith(one));
}

/** Whether any word may be the name of something we do not know. */
export const isUnfamiliar = (text: string, known: readonly string[] = []): boolean =>
  unfamiliarWords(text, known).length > 0;
