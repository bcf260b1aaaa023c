import { describe, expect, test } from 'vitest';
import { held } from './held.ts';

/* Korean conversations as people type them, read by `held`. */
const DIALOGUES: Readonly<Record<string, string>> = {
  'a way that was offered, by its short name': `
    > 정부24 안 열려요 -> status gov24
    < 정부24는 13:55부터 이용할 수 없습니다. 가까운 주민센터 창구를 이용하실 수 있습니다.
    > 주민센터 가면 되나요? -> * community-center-counter
    < 주민센터 창구는 정상입니다.
    > 근처 무인발급기는요 -> status unmanned-kiosk`,
  'hours, papers and prices stay what they are, whatever was spoken of': `
    > 여권 사이트 되나요 -> status passport
    < 여권은 정상입니다.
    > 사진 규격은요? -> off_topic -
    < 저는 상태만 알려 드립니다.
    > 수수료는요? -> off_topic -
    > 몇 시까지 근무해요? -> off_topic -`,
  'still not': `
    > 홈택스 접속 안 돼요 -> status hometax
    < 홈택스는 10:00부터 장애입니다.
    > 아직도 안되나요 -> status hometax
    < 네, 아직 장애입니다.
    > 아직이에요? -> status hometax`,
  'a complaint about the same': `
    > 홈택스 왜 이래요 -> * hometax
    < 홈택스는 접속이 지연되고 있습니다.
    > 계속 로딩만 돼요 -> status hometax
    < 접속이 지연되고 있습니다.
    > 튕기기까지 하네 -> status hometax`,
  'it was said to be down, now it works': `
    > 나이스 접속 되나요 -> status neis
    < 나이스는 중단되었습니다.
    > 이제 되는 거예요? -> status neis
    < 아직 복구 중입니다.
    > 정확히 몇 시에 풀려요 -> eta neis`,
  'whose fault': `
    > 정부24 또 터졌네 -> status gov24
    < 정부24는 13:55부터 중단되었습니다.
    > 누구 잘못인데 -> cause gov24
    < 원인은 조사 중입니다.
    > 해킹인가요? -> cause gov24`,
  'no, I wanted only one of them': `
    > 정부24랑 하이코리아 복구되면 알려줘 -> subscribe gov24,hikorea
    < 두 서비스를 등록했습니다.
    > 하이코리아는 빼고 -> unsubscribe hikorea
    < 해지했습니다.
    > 아냐 다시 넣어줘 -> subscribe hikorea`,
  'changing everything back': `
    > 위택스 알림 신청해줘 -> subscribe wetax
    < 등록했습니다.
    > 홈택스도 -> subscribe hometax
    < 등록했습니다.
    > 아냐 그냥 둘다 빼줘 -> unsubscribe hometax,wetax`,
  'both by one word': `
    > 코레일 되나요 -> status korail
    < 코레일은 장애입니다.
    > 에스알티는? -> status srt
    < SRT도 장애입니다.
    > 둘 다 언제쯤 풀리나요 -> eta korail,srt`,
  'the cause, asked flatly': `
    > 하이코리아 안 됩니다 -> status hikorea
    < 하이코리아는 중단되었습니다.
    > 원인이 뭡니까 -> cause hikorea
    < 확인 중입니다.
    > 그럼 대안은요 -> alternatives hikorea`,
  'a task spoken of by its paper': `
    > 전입신고 지금 되나요 -> status move-in-report
    < 전입신고는 정상입니다.
    > 확정일자는? -> status fixed-date
    < 확정일자도 정상입니다.
    > 이따 안 되면 알려주세요 -> subscribe fixed-date`,
  'a region and then another': `
    > 주민센터 창구 되나요 -> status community-center-counter
    < 부산에서만 장애입니다.
    > 저 부산인데요 -> status community-center-counter
    < 부산은 장애입니다.
    > 김해는요? -> status community-center-counter`,
  'an evening question': `
    > 홈택스 점검 있어요? -> status hometax
    < 오늘 22:00부터 02:00까지 점검입니다.
    > 끝나는 시간은요? -> eta hometax
    < 02:00입니다.
    > 끝나면 알려줘 -> subscribe hometax`,
  'an order to call': `
    > 고용24 안돼요 -> status work24
    < 고용24는 중단되었습니다.
    > 전화번호 알려주세요 -> human *
    < 1350입니다.
    > 거기도 안 받아요 다른 번호는요 -> human *`,
  'what is wrong with it': `
    > 위택스 되나요 -> status wetax
    < 위택스는 일부 장애입니다.
    > 뭐가 안되는데요 -> status wetax
    < 자동차세 납부가 되지 않습니다.
    > 조회는 되나요 -> status wetax`,
  'a name that is heard alone after help': `
    > 뭐 할 수 있어? -> help -
    < 서비스 이름을 보내 주세요.
    > 나라장터 -> status g2b
    < 나라장터는 중단되었습니다.
    > 언제부터 -> status g2b`,
  'another company between two of ours': `
    > 정부24 되나요 -> status gov24
    < 정부24는 정상입니다.
    > 카톡은 왜 안되지 -> off_topic -
    < 저는 정부 서비스만 알려 드립니다.
    > 홈택스는요 -> status hometax`,
  'thanks for what does not help': `
    > 복지로 안돼요 -> status bokjiro
    < 복지로는 중단되었습니다. 복구되면 알려 드릴까요?
    > 아니요 됐고 언제 되는지나 말해요 -> eta bokjiro
    < 예정 시각이 없습니다.
    > 알겠습니다 -> thanks -`,
  'a confirmation asked for': `
    > 하이코리아는 됩니까 -> status hikorea
    < 하이코리아는 정상입니다.
    > 확실하죠? -> status hikorea
    < 발표된 장애가 없습니다.
    > 그건 정상이라는 거죠? -> status hikorea`,
  'how often': `
    > 정부24 장애인가요 -> status gov24
    < 정부24는 장애입니다.
    > 올해 몇 번째죠 -> history gov24
    < 올해 2번입니다.
    > 지난번엔 얼마나 걸렸어요 -> history gov24`,
  'a place told of, and its hours': `
    > 등본 떼야 하는데 정부24 되나요 -> status *
    < 정부24는 중단되었습니다. 주민센터 창구에서 받으실 수 있습니다.
    > 언제 다시 돼요 -> eta *
    < 예정 시각이 없습니다.
    > 몇시간째야 -> status *`,
  'a choice in words of its own': `
    > 운전면허증 되나요 -> * *
    < 운전면허 갱신·재발급인가요, 모바일 운전면허증인가요?
    > 갱신이요 -> status safe-driving
    < 정상입니다.
    > 앱으로 되는 것도 되나요 -> status *`,
  'from the list to one of it': `
    > 지금 뭐뭐 안돼요? -> status_all -
    < 장애 3건: 1. 정부24 2. 국민신문고 3. 무인민원발급기
    > 정부24는 언제쯤? -> eta gov24
    < 16:00에 안내합니다.
    > 세번째는 -> eta unmanned-kiosk`,
  'in a few letters': `
    > 나이스 됨? -> status neis
    < 나이스는 중단되었습니다.
    > 언제됨 -> eta neis
    < 미정입니다.
    > ㄹㅇ? -> * *
    > 되면 ㄱㄱ 알림 -> subscribe neis`,
  'angry and short': `
    > 정부24 또 이러네 -> status gov24
    < 정부24는 중단되었습니다.
    > 이게 말이 되냐고 몇 시간째야 -> status gov24
    < 13:55부터입니다.
    > 그래서 언제 고치는데? -> eta gov24
    < 미정입니다.
    > 하 됐고 사람 바꿔 -> human *`,
  'the mind changed in a sentence': `
    > 홈택스 되나요? -> status hometax
    < 홈택스는 정상입니다.
    > 아니다 위택스 되나요? -> status wetax
    < 위택스는 정상입니다.
    > 아 맞다 손택스였지 -> status sontax`,
  'not this alert but that': `
    > 코레일 안돼요 -> status korail
    < 코레일은 장애입니다.
    > srt는? -> status srt
    < SRT는 정상입니다.
    > srt 말고 ktx 알림 -> subscribe korail`,
  'enough is enough': `
    > 국민건강보험 홈페이지 되면 알려줘 -> subscribe nhis
    < 등록했습니다.
    > 아니 이제 그만 알려줘도 돼요 -> unsubscribe nhis`,
  'is it only me': `
    > 청약홈 로그인이 안 됩니다 -> status applyhome
    < 청약홈은 정상입니다.
    > 저만 안되는 건가요 -> status applyhome
    < 발표된 장애가 없습니다.
    > 신고해주세요 그럼 -> report_problem applyhome`,
  'a name asked about beside other words': `
    > 나라장터 되나요 -> status g2b
    < 나라장터는 정상입니다.
    > 에이 장난이고 위택스는 어때요 -> status wetax`,
  'surprised at what was told before': `
    > 나이스 안 되나요 -> status neis
    < 나이스는 정상입니다.
    > 엥 아까는 안된다며 -> status neis`,
  'something for tomorrow': `
    > 하이코리아 지금 됩니까 -> status hikorea
    < 하이코리아는 중단되었습니다.
    > 내일은 될까요? -> eta hikorea
    < 예정 시각이 없습니다.
    > 그럼 직접 가야 하나요? -> alternatives hikorea`,
};

describe('conversations in Korean', () => {
  test.each(Object.entries(DIALOGUES))('%s', (_title, dialogue) => {
    const { got, wanted } = held(dialogue);
    expect(got).toEqual(wanted);
  });
});
