import { describe, expect, test } from 'vitest';
import { held } from './held.ts';

const DIALOGUES: Readonly<Record<string, string>> = {
  'an ellipsis, a name alone, and the reason': `
    > 홈택스 되나요? -> status hometax
    < 홈택스는 접속 지연 중입니다.
    > 언제 풀려요 -> eta hometax
    < 16:00에 다시 안내합니다.
    > 위택스는요? -> eta wetax
    < 위택스는 정상입니다.
    > 정부24는? -> status gov24`,
  'the reason is asked once and does not stick': `
    > 정부24 왜 안 되는 거예요? 이유가 뭐죠 -> cause gov24
    < 네트워크 장비 고장으로 중단되었습니다.
    > 그럼 언제 복구되나요 -> eta gov24
    < 예정 시각이 없습니다.
    > 대신 쓸 수 있는 건요? -> alternatives gov24
    < 주민센터 창구와 무인민원발급기를 이용하실 수 있습니다.
    > 무인발급기는? -> status unmanned-kiosk`,
  'a name after asking for another way asks how that is': `
    > is government24 down? -> status gov24
    < Government24 has been unavailable since 13:55.
    > any other way? -> alternatives gov24
    < You can go to a community center or use a kiosk.
    > and the kiosks? -> status unmanned-kiosk`,
  'changing one’s mind about an order': `
    > 홈택스 알림 신청해줘 -> subscribe hometax
    < 홈택스 알림을 등록했습니다.
    > 아니 위택스로 바꿔줘 -> subscribe wetax
    < 위택스로 바꿨습니다.
    > 방금 거 취소 -> unsubscribe wetax
    < 취소했습니다.
    > 다시 넣어줘 -> subscribe wetax`,
  'taking an order back, in English': `
    > unsubscribe me from hometax -> unsubscribe hometax
    < Hometax alerts stopped.
    > oops, put it back -> subscribe hometax`,
  'undoing right after subscribing': `
    > subscribe me to wetax -> subscribe wetax
    < Done, you will hear about Wetax.
    > cancel that -> unsubscribe wetax`,
  'several choices': `
    > 등본 알림 받고 싶어 -> clarify -
    < 어떤 증명서가 필요하세요? 1) 주민등록등본 2) 부동산 등기부등본
    > 뭐가 다른데요? -> clarify -
    < 1) 주민등록등본 2) 부동산 등기부등본 중 어느 것인가요?
    > 4번 -> clarify -
    < 1번이나 2번으로 골라 주세요. 1) 주민등록등본 2) 부동산 등기부등본
    > 2번이요 -> subscribe iros`,
  'a yes to a choice is no choice': `
    > 기차표 사이트 접속이 안 돼요 -> status korail
    < 코레일(KTX·일반열차)인가요, SRT인가요?
    > 네 -> clarify -
    < 코레일인가요, SRT인가요?
    > 둘 다요 -> status korail,srt`,
  'the choice by its words': `
    > 비자 사이트 접속 되나요? -> status hikorea
    < 국내 체류·비자 연장인가요, 해외에서 사증 신청인가요?
    > 해외에서요 -> status visa-portal`,
  'the choice by its words, in English': `
    > is the visa website working? -> status hikorea
    < Is this about your stay in Korea, or applying for a visa from abroad?
    > applying from abroad -> status visa-portal`,
  'yes in many shapes': `
    > 청약홈 접속돼요? -> status applyhome
    < 청약홈은 장애 중입니다. 복구되면 알려드릴까요?
    > 웅 -> subscribe applyhome
    < 등록했습니다. 다른 방법도 알려드릴까요?
    > ㄱㄱ -> alternatives applyhome`,
  'no in many shapes': `
    > 청약홈 접속돼요? -> status applyhome
    < 청약홈은 장애 중입니다. 복구되면 알려드릴까요?
    > 됐네요 -> thanks -
    > is hikorea open -> status hikorea
    < Hi Korea is slow. Shall I tell you when it is back to normal?
    > nope, thanks -> thanks -`,
  'what is offered decides what a yes means': `
    > is k-eta working -> status k-eta
    < K-ETA is down. Would you like to know other ways?
    > go on then -> alternatives k-eta
    < You can apply at the airport. Shall I report the problem for you?
    > yes please -> report_problem k-eta`,
  'an offer answered with a question': `
    > hikorea broken? -> status hikorea
    < Hi Korea is down since 10:00. Shall I tell you when it is back?
    > when will that be -> eta hikorea`,
  'keeping or not keeping': `
    > notify me about wetax -> subscribe wetax
    < You will be told about Wetax.
    > no wait, I meant hometax -> subscribe hometax
    < Hometax it is. Do you want to keep Wetax as well?
    > nah -> unsubscribe wetax`,
  'the list and its places': `
    > 지금 뭐가 안 되나요 -> status_all -
    < 장애 3건: 1. 정부24 2. 하이코리아 3. 청약홈
    > 두 번째 거 언제 돼요 -> eta hikorea
    < 예정 시각은 아직 없습니다.
    > 첫 번째는? -> eta gov24
    < 14:00 예정입니다.
    > 나머지도 알려주세요 -> subscribe hikorea,applyhome`,
  'the other two, and this one': `
    > what is down at the moment -> status_all -
    < Outages: 1. Government24 2. Hi Korea 3. Applyhome
    > number 2 please -> status hikorea
    < Hi Korea has been down since 09:00.
    > alert me for that one -> subscribe hikorea`,
  'several that are listed for the person': `
    > 내 알림 목록 보여줘 -> list_subscriptions -
    < 1. 정부24 2. 홈택스 3. 코레일
    > 3번 빼줘 -> unsubscribe korail
    < 해지했습니다.
    > 1번도 -> unsubscribe gov24
    < 해지했습니다.
    > 대신 SRT 추가해줘 -> subscribe srt`,
  'the first one I asked': `
    > 홈택스 되나요 -> status hometax
    < 홈택스는 정상입니다.
    > 하이코리아는요 -> status hikorea
    < 하이코리아는 정상입니다.
    > 청약홈은 -> status applyhome
    < 청약홈은 정상입니다.
    > 처음에 물어본 거 알림 걸어줘 -> subscribe hometax`,
  'the other of two': `
    > is hometax working -> status hometax
    < Hometax works normally.
    > and wetax? -> status wetax
    < Wetax works normally.
    > sorry, the other one -> status hometax`,
  'both, after one and another': `
    > 정부24 돼요? -> status gov24
    < 정부24는 점검 중입니다.
    > 홈택스는? -> status hometax
    < 홈택스도 점검 중입니다.
    > 둘 다 되면 알려줘 -> subscribe gov24,hometax`,
  'something that works does not hide what is broken': `
    > 복지로 접속되나요 -> status bokjiro
    < 복지로는 점검 중이며 18:00에 끝납니다.
    > 홈택스는요 -> status hometax
    < 홈택스는 정상입니다.
    > 점검 끝나면 알려줘요 -> subscribe bokjiro`,
  'the app of it': `
    > 홈택스 되나요 -> status hometax
    < 홈택스는 접속이 지연되고 있습니다.
    > 앱은요? -> status sontax
    < 손택스는 정상입니다.
    > 그럼 사이트는 언제 돼요 -> eta hometax`,
  'not the website, the app': `
    > is wetax up -> status wetax
    < Wetax works normally.
    > no, I mean the mobile app -> status smart-wetax`,
  'a question in pieces': `
    > 홈택스 -> status hometax
    > 지금 -> status hometax
    > 됨? -> status hometax`,
  'thanks, and then a bare name': `
    > 정부24 되나요 -> status gov24
    < 정부24는 정상입니다.
    > 고마워요 -> thanks -
    < 언제든 물어보세요.
    > 하이코리아는요? -> status hikorea`,
  'a subscription is no question to repeat': `
    > 정부24 알림 신청 -> subscribe gov24
    < 등록했습니다.
    > 홈택스는? -> status hometax`,
  'one more': `
    > 정부24 알림 신청 -> subscribe gov24
    < 등록했습니다.
    > 하나 더요, 홈택스 -> subscribe hometax
    < 등록했습니다.
    > 위택스도 -> subscribe wetax`,
  'a region tells where': `
    > 무인민원발급기 되나요 -> status unmanned-kiosk
    < 어느 지역이신가요?
    > 부산이요 -> status unmanned-kiosk
    < 부산은 정상입니다.
    > 대전은요? -> status unmanned-kiosk`,
  'did you mean': `
    > 홈텍 안열려 -> * *
    < 홈택스 말씀이신가요?
    > 넵 맞아요 -> status hometax`,
  'did you mean, and no': `
    > 이택스 되나요 -> status seoul-etax
    < 위택스 말씀이신가요?
    > 아니 서울 거요 -> status seoul-etax`,
  'what the bot was asked by button or a picture: its words set the subject': `
    < 하이코리아는 10:00부터 중단되었습니다.
    > 왜요? -> cause hikorea
    < 확인 중입니다.
    > 언제부터 그런 거예요 -> status hikorea`,
  'since when': `
    > is hometax slow? -> status hometax
    < Hometax has been slow today.
    > since when? -> status hometax
    < Since 09:20.
    > until when? -> eta hometax`,
  'a report, asked for what is missing': `
    > 제보하고 싶어요 -> * -
    < 어떤 서비스인가요?
    > 고용24요 -> report_problem work24
    < 어떤 증상인지 알려 주세요.
    > 이력서 저장 버튼이 안 눌려요 -> report_problem work24`,
  'other topics are left alone, and come back from': `
    > is hikorea working -> status hikorea
    < Hi Korea is under maintenance until 18:00.
    > what's the weather in busan -> off_topic -
    < I can only tell you about government services.
    > ok, tell me when it's back -> subscribe hikorea`,
  'a strange name is asked about, not answered for another': `
    > 정부24 되나요 -> status gov24
    < 정부24는 중단되었습니다.
    > 두나무는 됨? -> * -`,
  'something earlier that is still broken': `
    > SRT 예매 안 돼요 -> status srt
    < SRT 예매는 09:00부터 장애입니다.
    > 코레일은 괜찮나요 -> status korail
    < 코레일은 정상입니다.
    > 아까 물어본 건 아직도 안 되나요 -> status srt`,
  'one of what was offered, after another': `
    > 운전면허증 되나요 -> * *
    < 운전면허 갱신·재발급인가요, 모바일 운전면허증인가요?
    > 모바일이요 -> status mobile-driver-license
    < 모바일 운전면허증은 정상입니다.
    > 갱신은? -> status safe-driving`,
  'another day': `
    > 하이코리아 어제 장애 있었나요 -> history hikorea
    < 어제 10시부터 1시간 느렸습니다.
    > 그저께는요? -> history hikorea`,
  'keeping only one': `
    > what alerts do I get -> list_subscriptions -
    < 1. Hometax 2. Wetax 3. Hi Korea
    > keep only hi korea -> unsubscribe hometax,wetax`,
  'all but one': `
    > 내 알림 목록 보여줘 -> list_subscriptions -
    < 1. 정부24 2. 홈택스 3. 코레일
    > 코레일 빼고 다 해지해줘 -> unsubscribe gov24,hometax`,
  'nothing to report after all': `
    > 홈택스 오류 제보할게요 -> report_problem hometax
    < 어떤 화면에서 어떤 오류가 나나요?
    > 아 지금 보니 되네요 -> thanks -`,
  'why, after it was told to be down': `
    > 하이코리아 접속 돼요? -> status hikorea
    < 하이코리아는 10:00부터 중단되었습니다.
    > 왜 안 되는데요 -> cause hikorea`,
  'a part that the bot told of': `
    > 국민건강보험 사이트 되나요 -> status nhis
    < The건강보험 앱은 로그인이 지연되고 있습니다.
    > 언제 풀려요 -> eta nhis-app
    < 17시 예정입니다.
    > 홈페이지는요? -> eta nhis`,
  'not this but that': `
    > is the family relation site working -> status family-relation
    < The family relations system works normally.
    > sorry, I don't mean family relation, I mean hometax -> status hometax`,
  'others too': `
    > 홈택스 오류 제보합니다 -> report_problem hometax
    < 접수했습니다.
    > 다른 사람들도 제보했나요? -> status hometax`,
  'deleting everything, and yes': `
    > erase all my data -> privacy -
    < Delete everything? This cannot be undone.
    > yes, do it -> privacy -`,
  there: `
    > 등본 발급 정부24에서 되나요 -> status *
    < 정부24는 중단되었습니다.
    > 다른 방법은? -> alternatives *
    < 주민센터 창구에서 받으실 수 있습니다.
    > 거기는 정상인가요? -> status community-center-counter`,
};

describe('conversations', () => {
  test.each(Object.entries(DIALOGUES))('%s', (_title, dialogue) => {
    const { got, wanted } = held(dialogue);
    expect(got).toEqual(wanted);
  });
});
