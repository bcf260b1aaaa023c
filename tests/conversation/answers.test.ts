import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Understanding } from '../../src/understanding/understanding.ts';
import { INTENTS } from '../../src/understanding/understanding.ts';
import { chat } from '../support/context.ts';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
});
afterEach(() => talk.world.close());

const HANGUL = /[가-힣]/u;

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  const hears = (parts: Partial<Understanding>) => {
    talk.means('question', { language, ...parts });
    return talk.say('question', { hint: language });
  };

  test.each(INTENTS)(
    '"%s" gets a real reply, alone, about one service and about one that is down',
    async (intent) => {
      for (const services of [[], ['hometax'], ['gov24']]) {
        if (services[0] === 'gov24') await talk.outage('gov24');
        const { reply, text, labels } = await hears({ intent, services });
        expect(reply?.cards.length).toBeGreaterThan(0);
        expect(reply?.cards.every((card) => card.headline.length > 5)).toBe(true);
        if (language === 'en' && intent !== 'language') expect(text).not.toMatch(HANGUL);
        else if (language === 'ko') expect(text).toMatch(HANGUL);
        expect(labels.every((label) => label.length > 0)).toBe(true);
      }
    },
  );

  test('status of a service that is down: the word, since when, what works instead, and three buttons', async () => {
    await talk.outage('gov24', { nextUpdateAt: '2023-11-17T07:00:00.000Z' });
    const { text, labels, reply } = await hears({ intent: 'status', services: ['gov24'] });
    expect(reply?.cards[0]?.headline).toContain(language === 'ko' ? '장애' : 'Outage');
    expect(text).toContain('13:55');
    expect(text).toContain('16:00');
    expect(text).toContain(language === 'ko' ? '무인민원발급기' : 'kiosk');
    expect(labels).toEqual(
      language === 'ko'
        ? ['다시 되면 알려 주세요', '구독', '나도 안 돼요']
        : ['Tell me when it is back', 'Subscribe', 'Not working for me either'],
    );
  });

  test('status of a service that works offers no waiting', async () => {
    const { reply, labels } = await hears({ intent: 'status', services: ['hometax'] });
    expect(reply?.cards[0]?.tone).toBe('good');
    expect(labels).toHaveLength(2);
  });

  test('eta tells the promise, or that there is none', async () => {
    await talk.outage('gov24', { nextUpdateAt: '2023-11-17T07:00:00.000Z' });
    await talk.outage('hometax');
    const promised = await hears({ intent: 'eta', services: ['gov24'] });
    expect(promised.reply?.cards[0]?.headline).toMatch(language === 'ko' ? /^장애 · 정부24/ : /^Outage · /);
    expect(promised.text).toContain('16:00');
    const none = await hears({ intent: 'eta', services: ['hometax'] });
    expect(none.reply?.cards[0]?.headline).toMatch(language === 'ko' ? /아직 발표되지 않았어요/ : /no time/);
  });

  test('an overdue promise is told as overdue', async () => {
    await talk.outage('gov24', { nextUpdateAt: '2023-11-17T05:30:00.000Z' });
    talk.world.clock.forward(3600);
    const { reply, text } = await hears({ intent: 'eta', services: ['gov24'] });
    expect(reply?.cards[0]?.headline).toMatch(language === 'ko' ? /^확인 중/ : /^Being checked/);
    expect(text).toContain('14:30');
    expect(reply?.cards[0]?.tone).toBe('unknown');
  });

  test('cause quotes the official record and nothing else', async () => {
    await talk.outage('gov24');
    const { text } = await hears({ intent: 'cause', services: ['gov24'] });
    expect(text).toContain(
      language === 'ko' ? '원인을 확인하고 있습니다.' : 'We are looking into the cause.',
    );
  });

  test('an alternative that is itself down is not offered', async () => {
    await talk.outage('gov24');
    const kiosk = language === 'ko' ? '무인민원발급기' : 'Self-service civil document kiosk';
    expect((await hears({ intent: 'alternatives', services: ['gov24'] })).text).toContain(kiosk);
    await talk.outage('unmanned-kiosk');
    expect((await hears({ intent: 'alternatives', services: ['gov24'] })).text).not.toContain(kiosk);
  });

  test('history lists dated incidents, newest first, page by page', async () => {
    for (let i = 0; i < 7; i++) {
      await talk.resolve(await talk.outage('hometax'));
      talk.world.clock.forward(86_400);
    }
    const first = await hears({ intent: 'history', services: ['hometax'] });
    const lines = first.reply?.cards[0]?.sections[0]?.lines ?? [];
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(language === 'ko' ? /11월 23일\(목\)/ : /23 Nov/);
    const second = await talk.pressLabel(first, language === 'ko' ? '더 오래된 기록' : 'Older', {
      hint: language,
    });
    expect(second.reply?.replace).toBe(true);
    expect(second.reply?.cards[0]?.sections[0]?.lines).toHaveLength(2);
  });

  test('history of a service without incidents says so', async () => {
    const { reply } = await hears({ intent: 'history', services: ['hometax'] });
    expect(reply?.cards[0]?.headline).toMatch(language === 'ko' ? /기록된 장애가 없어요/ : /No outage/);
  });

  test("human gives the service's own number and no link", async () => {
    const { text } = await hears({ intent: 'human', services: ['hometax'] });
    expect(text).toContain('126');
    expect(text).toContain('110');
    expect(text).not.toMatch(/https?:|www\./);
  });

  test('a life comes first: 109 stands in the first line', async () => {
    const { reply } = await hears({ intent: 'off_topic', topic: 'crisis_self_harm' });
    expect(reply?.cards[0]?.headline).toContain('109');
    const fire = await hears({ intent: 'status', services: ['emergency-119'], topic: 'crisis_fire' });
    expect(fire.reply?.cards[0]?.headline).toContain('119');
  });

  test('a deadline without a record is not guessed at', async () => {
    const { text } = await hears({ intent: 'status', services: ['hometax'], topic: 'deadline' });
    expect(text).toContain('126');
    expect(text).toMatch(
      language === 'ko' ? /^정상 · 홈택스 — .*기록에 없어요/ : /^Operational · .*no changed deadline/,
    );
  });

  test('a report counts once in half an hour and tells what is on record', async () => {
    const first = await hears({ intent: 'report_problem', services: ['hometax'] });
    expect(first.text).toMatch(language === 'ko' ? /안 된다는 제보를 받았어요/ : /has been counted/);
    const second = await hears({ intent: 'report_problem', services: ['hometax'] });
    expect(second.text).toMatch(language === 'ko' ? /이미 받았어요/ : /counted a moment ago/);
    const [count] = await talk.world.context.store.reports.counts('2023-11-17T00:00:00.000Z');
    expect(count).toMatchObject({ service: 'hometax', reports: 1 });
  });

  test('many services are told in a list, with what is down in full', async () => {
    await talk.outage('gov24');
    const services = ['hometax', 'gov24', 'wetax', 'bokjiro'];
    const { reply } = await hears({ intent: 'status', services });
    expect(reply?.cards).toHaveLength(2);
    expect(reply?.cards[0]?.sections[0]?.lines).toHaveLength(4);
    expect(reply?.cards[1]?.headline).toContain(language === 'ko' ? '정부24' : 'Government24');
  });

  test('a task asked about together with its channel is one answer', async () => {
    await talk.outage('gov24');
    const { reply, text } = await hears({
      intent: 'status',
      services: ['resident-registration-certificate', 'gov24'],
    });
    expect(reply?.cards).toHaveLength(1);
    expect(text).toContain(language === 'ko' ? '정부24: 장애' : 'Government24: Outage');
  });

  test('an agency as a whole', async () => {
    await talk.outage('gov24');
    const { text } = await hears({ intent: 'status', agencies: [agencyOf('gov24')] });
    expect(text).toContain(language === 'ko' ? '정부24' : 'Government24');
  });

  test('a notice code is known as genuine or unknown', async () => {
    await talk.outage('gov24');
    const genuine = await talk.command('verify', '2023-1117-1', { hint: language });
    expect(genuine.reply?.cards[0]?.tone).toBe('good');
    expect(genuine.text).toContain(language === 'ko' ? '정부24' : 'Government24');
    const unknown = await talk.command('verify', '2023-1117-7', { hint: language });
    expect(unknown.reply?.cards[0]?.tone).toBe('bad');
    expect(unknown.text).toContain('118');
  });

  test('a notice that was overtaken points to the later one', async () => {
    await talk.resolve(await talk.outage('gov24'));
    const { text } = await talk.command('verify', '2023-1117-1', { hint: language });
    expect(text).toContain('2023-1117-2');
  });
});

const agencyOf = (service: string) => talk.world.context.catalogue.service(service)?.agency ?? '';

test('a fault in Busan changes nothing for who asks from Seoul and everything for who asks from Busan', async () => {
  const { catalogue } = talk.world.context;
  const busan = catalogue.regions.find((region) => region.name.ko.startsWith('부산'))?.id ?? '';
  const seoul = catalogue.regions.find((region) => region.name.ko.startsWith('서울'))?.id ?? '';
  await talk.outage('community-center-counter', { scope: [busan] });
  const from = async (region: string) => {
    talk.means('counter', {
      language: 'ko',
      intent: 'status',
      services: ['community-center-counter'],
      regions: [region],
    });
    return (await talk.say('counter')).reply?.cards[0]?.headline ?? '';
  };
  expect(await from(seoul)).not.toMatch(/^장애/);
  expect(await from(busan)).toMatch(/^장애/);
});

test("the chat's own region is used when the question names none", async () => {
  await talk.command('region', '부산');
  const { catalogue } = talk.world.context;
  const busan = catalogue.regions.find((region) => region.name.ko.startsWith('부산'))?.id ?? '';
  await talk.outage('community-center-counter', { scope: [busan] });
  talk.means('counter', { language: 'ko', intent: 'status', services: ['community-center-counter'] });
  expect((await talk.say('counter')).reply?.cards[0]?.headline).toMatch(/^장애/);
});

test('of two regions, one inside the other, the smaller one is meant; two apart mean everywhere', async () => {
  await talk.outage('community-center-counter', { scope: ['busan-haeundae'] });
  const from = async (regions: readonly string[]) => {
    const services = ['community-center-counter'];
    talk.means('counter', { language: 'ko', intent: 'status', services, regions });
    return (await talk.say('counter')).reply?.cards[0]?.headline ?? '';
  };
  expect(await from(['busan', 'busan-haeundae'])).toMatch(/^장애/);
  expect(await from(['busan-haeundae', 'seoul'])).not.toMatch(/^장애\(해운대구\) ·/);
});

test('a region is set by command and by button, and cleared', async () => {
  const stored = async () => (await talk.world.context.store.subscribers.byChat(chat('1')))?.region;
  await talk.command('region', '부산 해운대구');
  expect(await stored()).toBe('busan-haeundae');
  await talk.command('region', 'off');
  expect(await stored()).toBeNull();
  const choices = await talk.command('region');
  await talk.pressLabel(choices, '서울특별시');
  expect(await stored()).toBe('seoul');
  talk.means('counter', { language: 'ko', intent: 'status', services: ['gov24'], regions: ['busan'] });
  await talk.pressLabel(await talk.say('counter'), '내 지역을 부산광역시로 정하기');
  expect(await stored()).toBe('busan');
  expect((await talk.command('region', '아틀란티스')).text).toContain('찾지 못했어요');
});

test('the flagship question is answered in full', async () => {
  await talk.outage('gov24');
  const services = ['resident-registration-certificate', 'gov24'];
  talk.means('등본 떼야 하는데 정부24 되나요?', { language: 'ko', intent: 'status', services });
  const { text, labels } = await talk.say('등본 떼야 하는데 정부24 되나요?');
  expect(text).toContain('정부24: 장애, 13:55부터');
  expect(text).toContain('무인민원발급기');
  expect(labels[0]).toBe('다시 되면 알려 주세요');
});

test('what a chat was promised is not offered again: the way out of it is', async () => {
  await talk.outage('gov24');
  talk.means('q', { language: 'ko', intent: 'status', services: ['gov24'] });
  talk.means('eta', { language: 'ko', intent: 'eta', services: ['gov24'] });
  await talk.pressLabel(await talk.say('q'), '다시 되면 알려 주세요');
  expect((await talk.say('q')).labels).toEqual(['복구 알림 취소', '구독', '나도 안 돼요']);
  expect((await talk.say('eta')).text).toContain('정상이 되면 바로 알려 드릴게요.');
  await talk.command('subscribe', '행정안전부');
  expect((await talk.say('q')).labels).toEqual(['복구 알림 취소', '나도 안 돼요']);
});

test('what works provisionally is awaited "normal", not "back"', async () => {
  await talk.outage('gov24', { status: 'recovering' });
  talk.means('q', { language: 'ko', intent: 'status', services: ['gov24'] });
  expect((await talk.say('q')).labels[0]).toBe('정상이 되면 알려 주세요');
});

test('a deadline question tells how the service is, too', async () => {
  await talk.outage('hometax');
  talk.means('q', { language: 'ko', intent: 'status', services: ['hometax'], topic: 'deadline' });
  const { reply, labels } = await talk.say('q');
  expect(reply?.cards[0]?.headline).toBe('장애 · 홈택스 — 바뀐 기한은 아직 기록에 없어요');
  expect(labels).toContain('다시 되면 알려 주세요');
});

test('"when?" of what works tells its status with the basis', async () => {
  talk.means('q', { language: 'ko', intent: 'eta', services: ['gov24'] });
  const { reply } = await talk.say('q');
  expect(reply?.cards[0]?.headline).toMatch(/^정상 · 정부24/);
  expect(reply?.cards[0]?.footer).toContain('근거');
});

test.each([
  ['화성', 'gyeonggi-hwaseong'],
  ['부산', 'busan'],
  ['해운대구', 'busan-haeundae'],
  ['Haeundae', 'busan-haeundae'],
])('a region is known by the name people use: %s', async (name, id) => {
  await talk.command('region', name);
  expect((await talk.world.context.store.subscribers.byChat(chat('1')))?.region).toBe(id);
});

test('a command that is none of ours shows what there is', async () => {
  expect((await talk.command('foo')).text).toContain('물어보기');
});

test('danger to life and limb is told other words than despair', async () => {
  talk.means('fire', { language: 'ko', intent: 'off_topic', topic: 'crisis_fire' });
  talk.means('sad', { language: 'ko', intent: 'off_topic', topic: 'crisis_self_harm' });
  expect((await talk.say('fire')).text).toContain('안전한 곳으로');
  expect((await talk.say('sad')).text).toContain('혼자 견디지 마시고');
});

test('the App Home shows each button once', async () => {
  await talk.outage('gov24');
  const { reply } = await talk.act({ kind: 'home' });
  const actions = (reply?.cards ?? []).flatMap((card) => card.buttons.flat().map((one) => one.action));
  expect(new Set(actions).size).toBe(actions.length);
});

test('what a region suffers comes before the tasks that only follow from it', async () => {
  await talk.outage('community-center-counter', { scope: ['busan'] });
  talk.means('all', { language: 'ko', intent: 'status_all' });
  const { labels } = await talk.say('all');
  expect(labels[0]).toBe('주민센터(행정복지센터) 민원창구');
});

test('ending all with only an alert kept says what ended, and what goes on', async () => {
  await talk.outage('gov24');
  talk.means('follow', { language: 'ko', intent: 'subscribe', topic: 'one_shot', services: ['gov24'] });
  await talk.say('follow');
  await talk.command('announcements', 'on');
  const { text } = await talk.command('unsubscribe', '전부');
  expect(text).toContain('복구 알림을 모두 취소했어요 (1개)');
  expect(text).toContain('일반 공지는 그대로');
});
