/** @import { Bilingual, Status } from './shapes' */

/**
 * Ready-made texts, as an official would write them. `{ko}` and `{en}` stand for the services' names.
 * @type {readonly { label: Bilingual, status: Status, message: Bilingual }[]}
 */
const OUTAGES = [
  {
    label: { ko: '접속 장애', en: 'Cannot be reached' },
    status: 'major_outage',
    message: {
      ko: '접속이 되지 않습니다. 원인을 확인하고 있습니다.',
      en: 'It cannot be reached. We are looking for the cause.',
    },
  },
  {
    label: { ko: '로그인 장애', en: 'Sign-in fails' },
    status: 'partial_outage',
    message: {
      ko: '로그인이 되지 않습니다. 로그인 없이 볼 수 있는 안내는 이용할 수 있습니다.',
      en: 'Signing in fails. Pages that need no sign-in still work.',
    },
  },
  {
    label: { ko: '속도 저하', en: 'Slow' },
    status: 'degraded',
    message: {
      ko: '이용자가 몰려 화면이 늦게 열립니다. 시간을 두고 다시 시도해 주시기 바랍니다.',
      en: 'Many people are using it and pages open slowly. Please try again a little later.',
    },
  },
];

/** @type {Record<string, Bilingual>} */
const UPDATES = {
  identified: {
    ko: '원인을 찾아 복구하고 있습니다.',
    en: 'We found the cause and are fixing it.',
  },
  monitoring: {
    ko: '다시 이용할 수 있습니다. 안정되는지 지켜보고 있습니다.',
    en: 'It can be used again. We are watching whether it stays stable.',
  },
  investigating: {
    ko: '다시 문제가 나타나 원인을 확인하고 있습니다.',
    en: 'The problem is back and we are looking for the cause.',
  },
  resolved: {
    ko: '복구를 마쳤습니다. 불편을 드려 죄송합니다.',
    en: 'It is fixed. We are sorry for the trouble.',
  },
};

/** @type {Bilingual} */
const WITHDRAWN = {
  ko: '잘못 알린 내용입니다. 서비스는 정상입니다. 혼란을 드려 죄송합니다.',
  en: 'This was announced by mistake. The service works normally. We are sorry for the confusion.',
};

/** @type {Bilingual} */
const MAINTENANCE = {
  ko: '시스템을 점검하는 동안 이용할 수 없습니다.',
  en: 'It cannot be used while the system is being serviced.',
};

export const SAMPLES = { outages: OUTAGES, updates: UPDATES, withdrawn: WITHDRAWN, maintenance: MAINTENANCE };
