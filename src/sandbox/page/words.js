/** @import { Language, Status } from './shapes' */

const KO = {
  title: '알림 샌드박스',
  lead: '시민과 담당자가 되어 알림을 끝까지 따라가 보세요.',
  seoulTime: '서울 시각',
  connected: '연결됨',
  disconnected: '다시 연결하는 중',
  reset: '대화 비우기',
  pageLanguage: '화면 언어',
  panes: '화면 고르기',
  official: '담당자',
  citizen: '시민',
  clientLanguage: '앱 언어',
  hold: '보내기 전에 3초 기다립니다. 그 안에 철회하면 아무에게도 나가지 않습니다.',
  holdShort: '3초 대기',
  steps: '따라 해 보기',
  next: '다음',
  done: '완료',
  stepAsk: '텔레그램에서 물어보기',
  stepSubscribe: '정부24 소식 받기',
  stepSlack: 'Slack에서 영어로 묻고 구독',
  stepDeclare: '장애 선언하기',
  stepResolve: '복구 알리기',
  declare: '장애 선언',
  open: '진행 중',
  maintenance: '예정 작업',
  services: '서비스',
  searchService: '이름이나 약칭으로 찾기',
  addService: '추가',
  removeService: '빼기',
  status: '상태',
  state: '단계',
  sample: '예문',
  ownWords: '직접 쓰기',
  messageKo: '안내문 (한국어)',
  messageEn: '안내문 (영어)',
  nextUpdate: '다음 안내',
  none: '정하지 않음',
  inMinutes: '{n}분 뒤',
  inHours: '{n}시간 뒤',
  forMinutes: '{n}분',
  forHours: '{n}시간',
  critical: '긴급: 야간 수신 제한 시간에도 바로 보냅니다',
  send: '선언하고 알리기',
  sending: '보내는 중',
  update: '진행 상황 알리기',
  resolve: '복구 알리기',
  withdraw: '잘못 선언함: 철회',
  cancel: '그만두기',
  noOpen: '진행 중인 장애가 없습니다.',
  since: '시작',
  told: '알림',
  people: '명',
  waiting: '대기',
  ended: '종료',
  reports: '최근 1시간 시민 신고',
  starts: '시작 시각',
  lasts: '걸리는 시간',
  plan: '작업 예고하기',
  planned: '예정된 작업',
  callOff: '취소하고 알리기',
  noToken: '담당자 토큰이 없어 선언할 수 없습니다.',
  sent: '알림을 냈습니다',
  actions: '더 해 보기',
  closed: '이 화면을 닫기',
  retry: '다시 시도하세요.',
  lastNotice: '최근 알림',
  nobody: '아직 받는 사람이 없습니다. 먼저 채팅에서 구독해 보세요.',
  heldFor: '초 뒤에 보냅니다. 지금 철회하면 아무에게도 나가지 않습니다.',
  untold: '아무에게도 알리지 않고 거두었습니다.',
  trouble: '하지 못했습니다',
};

const EN = /** @type {typeof KO} */ ({
  title: 'Allim sandbox',
  lead: 'Be the citizen and the official, and follow a notice all the way.',
  seoulTime: 'Seoul time',
  connected: 'Connected',
  disconnected: 'Reconnecting',
  reset: 'Clear chats',
  pageLanguage: 'Page language',
  panes: 'Choose a view',
  official: 'Official',
  citizen: 'Citizen',
  clientLanguage: 'App language',
  hold: 'Held for 3 seconds before it goes out: withdraw in time and nobody hears of it.',
  holdShort: '3 s hold',
  steps: 'Try this',
  next: 'Next',
  done: 'done',
  stepAsk: 'Ask on Telegram',
  stepSubscribe: 'Subscribe to Government24',
  stepSlack: 'Ask and subscribe on Slack',
  stepDeclare: 'Declare an outage',
  stepResolve: 'Announce it is back',
  declare: 'Declare',
  open: 'Open',
  maintenance: 'Maintenance',
  services: 'Services',
  searchService: 'Find by name or nickname',
  addService: 'Add',
  removeService: 'Remove',
  status: 'Status',
  state: 'Stage',
  sample: 'Sample text',
  ownWords: 'Write my own',
  messageKo: 'Message (Korean)',
  messageEn: 'Message (English)',
  nextUpdate: 'Next update',
  none: 'Not set',
  inMinutes: 'in {n} min',
  inHours: 'in {n} h',
  forMinutes: '{n} min',
  forHours: '{n} h',
  critical: 'Critical: goes out at once, even in quiet hours',
  send: 'Declare and notify',
  sending: 'Sending',
  update: 'Send an update',
  resolve: 'Announce it is back',
  withdraw: 'Declared by mistake: withdraw',
  cancel: 'Cancel',
  noOpen: 'No open incidents.',
  since: 'Since',
  told: 'Notice',
  people: ' people',
  waiting: 'waiting',
  ended: 'ended',
  reports: 'Reports by citizens in the last hour',
  starts: 'Starts',
  lasts: 'Lasts',
  plan: 'Announce maintenance',
  planned: 'Planned work',
  callOff: 'Call off and notify',
  noToken: 'Without an official’s token nothing can be declared.',
  sent: 'The notice is out',
  actions: 'More to try',
  closed: 'Close this',
  retry: 'Please try again.',
  lastNotice: 'Latest notice',
  nobody: 'Nobody gets it yet. Subscribe in one of the chats first.',
  heldFor: ' s until it goes out. Withdraw now and nobody hears of it.',
  untold: 'Taken back; nobody was told.',
  trouble: 'That did not work',
});

const ALL = { ko: KO, en: EN };

/** @type {Record<Language, Record<Status, string>>} */
const STATUS = {
  ko: {
    operational: '정상',
    degraded: '느림·일부 오류',
    partial_outage: '일부 중단',
    major_outage: '전체 중단',
    maintenance: '점검 중',
    recovering: '복구 중',
    unknown: '확인 중',
  },
  en: {
    operational: 'Working',
    degraded: 'Slow or unreliable',
    partial_outage: 'Partly down',
    major_outage: 'Down',
    maintenance: 'Maintenance',
    recovering: 'Coming back',
    unknown: 'Being checked',
  },
};

/** @type {Record<Language, Record<string, string>>} */
const STATE = {
  ko: {
    investigating: '원인 확인 중',
    identified: '원인 파악',
    monitoring: '복구 후 지켜보는 중',
    resolved: '복구 완료',
  },
  en: {
    investigating: 'Investigating',
    identified: 'Cause found',
    monitoring: 'Watching the fix',
    resolved: 'Resolved',
  },
};

/** @type {Language} */
let language = (localStorage.getItem('language') ?? navigator.language).startsWith('ko') ? 'ko' : 'en';

/** @param {keyof typeof KO} key */
export const say = (key) => ALL[language][key];
/**
 * A number of minutes, as a time from now or as a length.
 * @param {'in' | 'for'} kind
 * @param {number} minutes
 */
export function sayMinutes(kind, minutes) {
  const hours = minutes >= 60;
  const text = kind === 'in' ? say(hours ? 'inHours' : 'inMinutes') : say(hours ? 'forHours' : 'forMinutes');
  return text.replace('{n}', String(hours ? minutes / 60 : minutes));
}
/** @param {Status} status */
export const statusWord = (status) => STATUS[language][status];
/** @param {string} state */
export const stateWord = (state) => STATE[language][state] ?? state;
export const pageLanguage = () => language;
/** @param {Language} to */
export const setPageLanguage = (to) => {
  language = to;
  localStorage.setItem('language', to);
  document.documentElement.lang = to;
};
