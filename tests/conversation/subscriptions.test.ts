import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Target } from '../../src/domain/subscriber.ts';
import { chat } from '../support/context.ts';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
});
afterEach(() => talk.world.close());

const stored = async (id = '1') => {
  const { subscribers, subscriptions, follows } = talk.world.context.store;
  const subscriber = await subscribers.byChat(chat(id));
  if (subscriber === null) return { targets: [], follows: [] };
  return {
    targets: (await subscriptions.of(subscriber.id)).map(({ target }): Target => target),
    follows: (await follows.of(subscriber.id, talk.world.clock.now())).map(({ service }) => service),
  };
};

test('/subscribe with a name that means one service takes effect at once', async () => {
  const { text, reply } = await talk.command('subscribe', '홈택스');
  expect(text).toContain('홈택스 소식을 알려 드릴게요');
  expect(reply?.toast).toBe('구독했어요');
  expect((await stored()).targets).toEqual([{ kind: 'service', id: 'hometax' }]);
});

test.each([
  ['gov24', { kind: 'service', id: 'gov24' }],
  ['정부24', { kind: 'service', id: 'gov24' }],
  ['Government24', { kind: 'service', id: 'gov24' }],
  ['정부 24', { kind: 'service', id: 'gov24' }],
  ['날씨누리', { kind: 'service', id: 'weather' }],
  ['전체', { kind: 'everything', id: '*' }],
  ['everything', { kind: 'everything', id: '*' }],
])('/subscribe %s', async (argument, target) => {
  await talk.command('subscribe', argument);
  expect((await stored()).targets).toEqual([target]);
});

test("/subscribe takes an agency's name, and a kind of service", async () => {
  const { catalogue } = talk.world.context;
  const nts = catalogue.agencies.find((agency) => agency.name.ko === '국세청');
  const tax = catalogue.category('tax');
  await talk.command('subscribe', '국세청');
  await talk.command('subscribe', tax?.name.ko ?? '');
  expect((await stored()).targets).toEqual(
    expect.arrayContaining([
      { kind: 'agency', id: nts?.id },
      { kind: 'category', id: 'tax' },
    ]),
  );
});

test('/subscribe takes several ids at once', async () => {
  await talk.command('subscribe', 'gov24, hometax');
  expect((await stored()).targets).toHaveLength(2);
});

test('/subscribe with a name that several services share asks, and subscribes to nothing yet', async () => {
  const asked = await talk.command('subscribe', 'driver license');
  expect((await stored()).targets).toEqual([]);
  expect(asked.labels).toHaveLength(2);
  await talk.pressLabel(asked, asked.labels[0] ?? '');
  expect((await stored()).targets).toEqual([{ kind: 'service', id: 'mobile-driver-license' }]);
});

test('/subscribe without a name shows choices down to one service, with a form where there are modals', async () => {
  const choices = await talk.command('subscribe');
  expect(choices.reply?.form?.fields[0]).toMatchObject({ kind: 'choice', options: 'search', many: true });
  const tax = talk.world.context.catalogue.category('tax');
  const page = choices.labels.includes(tax?.name.ko ?? '') ? choices : await talk.pressLabel(choices, '다음');
  const services = await talk.pressLabel(page, tax?.name.ko ?? '');
  expect(services.reply?.replace).toBe(true);
  const hometax = services.labels.find((label) => label.includes('홈택스')) ?? '';
  await talk.pressLabel(services, hometax);
  expect((await stored()).targets).toEqual([{ kind: 'service', id: 'hometax' }]);
});

test('/subscribe with an unknown name says so and shows choices', async () => {
  talk.means('없는서비스', { intent: 'unknown' });
  const { text, labels } = await talk.command('subscribe', '없는서비스');
  expect(text).toContain('찾지 못했어요');
  expect(text).not.toContain('없는서비스');
  expect(labels.length).toBeGreaterThan(3);
});

test('subscribing twice changes nothing and says so', async () => {
  await talk.command('subscribe', 'gov24');
  const { text } = await talk.command('subscribe', 'gov24');
  expect(text).toContain('이미 구독');
  expect((await stored()).targets).toHaveLength(1);
});

test('subscribing during an outage also follows it', async () => {
  await talk.outage('gov24');
  const { text } = await talk.command('subscribe', 'gov24');
  expect(text).toContain('다시 되면 바로 알려 드려요');
  expect(await stored()).toEqual({ targets: [{ kind: 'service', id: 'gov24' }], follows: ['gov24'] });
});

test('the button under bad news follows without subscribing, and can be taken back', async () => {
  await talk.outage('gov24');
  talk.means('q', { language: 'ko', intent: 'status', services: ['gov24'] });
  const done = await talk.pressLabel(await talk.say('q'), '다시 되면 알려 주세요');
  expect(done.text).toContain('정부24가 다시 정상이 되면 바로 알려 드릴게요');
  expect(await stored()).toEqual({ targets: [], follows: ['gov24'] });
  await talk.pressLabel(done, '복구 알림 취소');
  expect((await stored()).follows).toEqual([]);
});

test('"yes" under bad news follows too', async () => {
  await talk.outage('gov24');
  talk.means('q', { language: 'ko', intent: 'eta', services: ['gov24'] });
  await talk.say('q');
  await talk.say('네');
  expect(await stored()).toEqual({ targets: [], follows: ['gov24'] });
});

test('"no" under bad news follows nothing', async () => {
  await talk.outage('gov24');
  talk.means('q', { language: 'ko', intent: 'eta', services: ['gov24'] });
  await talk.say('q');
  await talk.say('아니요');
  expect(await stored()).toEqual({ targets: [], follows: [] });
});

test('asking to be told when something is back that works says there is no need', async () => {
  talk.means('q', { language: 'ko', intent: 'subscribe', services: ['gov24'], topic: 'one_shot' });
  const { text, labels } = await talk.say('q');
  expect(text).toContain('지금 정상');
  expect(labels).toEqual(['정부24 구독']);
  expect(await stored()).toEqual({ targets: [], follows: [] });
});

test('the list shows how each is now, and a button ends each', async () => {
  await talk.command('subscribe', 'gov24');
  await talk.command('subscribe', 'hometax');
  await talk.outage('gov24');
  const list = await talk.command('subscriptions');
  expect(list.text).toMatch(/정부24: 장애/);
  const ended = await talk.pressLabel(list, '정부24 해지');
  expect(ended.text).toContain('정부24 구독을 해지했어요');
  expect(ended.reply?.replace).toBe(true);
  expect(ended.labels.filter((label) => label.includes('홈택스'))).toHaveLength(1);
  expect((await stored()).targets).toEqual([{ kind: 'service', id: 'hometax' }]);
});

test('a long list is paged', async () => {
  const ids = talk.world.context.catalogue.services.slice(0, 14).map(({ id }) => id);
  await talk.command('subscribe', ids.join(' '));
  const list = await talk.command('subscriptions');
  expect(list.text).toContain('구독 14개');
  expect(list.labels.filter((label) => label.endsWith('해지') && label !== '전부 해지')).toHaveLength(6);
  const next = await talk.pressLabel(await talk.pressLabel(list, '다음'), '다음');
  expect(next.labels.filter((label) => label.endsWith('해지') && label !== '전부 해지')).toHaveLength(2);
});

test('"end all" ends everything at once, follows too, and undo brings it back', async () => {
  await talk.command('subscribe', 'gov24 hometax');
  await talk.command('subscribe', '국세청');
  const ended = await talk.command('unsubscribe', '전부');
  expect(await stored()).toEqual({ targets: [], follows: [] });
  await talk.pressLabel(ended, '되돌리기');
  expect((await stored()).targets).toHaveLength(3);
});

test('the button "end all" does the same, and undo only works for an hour', async () => {
  await talk.command('subscribe', 'gov24');
  const ended = await talk.pressLabel(await talk.command('subscriptions'), '전부 해지');
  talk.world.clock.forward(3601);
  const late = await talk.pressLabel(ended, '되돌리기');
  expect(late.text).toContain('되돌릴 것이 없어요');
  expect((await stored()).targets).toEqual([]);
});

test('ending the one subscription "everything" by its button leaves the others', async () => {
  await talk.command('subscribe', '전체');
  await talk.command('subscribe', 'gov24');
  await talk.pressLabel(await talk.command('subscriptions'), '모든 서비스 해지');
  expect((await stored()).targets).toEqual([{ kind: 'service', id: 'gov24' }]);
});

test('ending what was never subscribed says so, and through what news may still come', async () => {
  await talk.command('subscribe', '국세청');
  const { text } = await talk.command('unsubscribe', '홈택스');
  expect(text).toContain('구독하고 있지 않아요');
  expect(text).toContain('국세청 전체');
});

test('in words: subscribe to an agency, list, end all', async () => {
  const { catalogue } = talk.world.context;
  const mois = catalogue.agencies.find((agency) => agency.name.ko === '행정안전부')?.id ?? '';
  talk.means('행정안전부 전체 구독', {
    language: 'ko',
    intent: 'subscribe',
    agencies: [mois],
    topic: 'everything',
  });
  talk.means('목록', { language: 'ko', intent: 'list_subscriptions' });
  talk.means('전부 해지', { language: 'ko', intent: 'unsubscribe', topic: 'everything' });
  expect((await talk.say('행정안전부 전체 구독')).text).toContain('행정안전부 전체 소식');
  expect((await stored()).targets).toEqual([{ kind: 'agency', id: mois }]);
  expect((await talk.say('목록')).text).toContain('행정안전부 전체');
  await talk.say('전부 해지');
  expect((await stored()).targets).toEqual([]);
});

test('a form subscribes to all it names, and leaves out what does not exist', async () => {
  const form = (await talk.command('subscribe')).reply?.form;
  const heard = await talk.act({
    kind: 'form',
    action: form?.action ?? '',
    values: { targets: ['s.gov24', 'c.tax', 's.no-such-service', 'nonsense'] },
  });
  expect(heard.text).toContain('정부24');
  expect((await stored()).targets).toEqual(
    expect.arrayContaining([
      { kind: 'service', id: 'gov24' },
      { kind: 'category', id: 'tax' },
    ]),
  );
  expect((await stored()).targets).toHaveLength(2);
});

test('the search of the form finds services, agencies and kinds by part of a name', async () => {
  const turn = {
    at: talk.world.clock.now(),
    chat: chat('1'),
    thread: null,
    person: 'p',
    hint: 'ko',
  } as const;
  const found = (await talk.conversation.search(turn, 'targets', '택스')).map(({ value }) => value);
  expect(found).toEqual(expect.arrayContaining(['s.hometax', 's.wetax']));
  const empty = await talk.conversation.search(turn, 'targets', '');
  expect(empty[0]?.value).toBe('e.*');
  expect(empty.length).toBeLessThanOrEqual(100);
  const agencies = (await talk.conversation.search(turn, 'targets', '국세')).map(({ label }) => label);
  expect(agencies).toContain('국세청 전체');
});

test('quiet hours are set, shown with the subscriptions, and unset', async () => {
  const stored = async () => (await talk.world.context.store.subscribers.byChat(chat('1')))?.quietHours;
  await talk.command('quiet', '22:00-07:00');
  expect(await stored()).toBe('22:00-07:00');
  await talk.command('subscribe', 'gov24');
  expect((await talk.command('subscriptions')).text).toContain('22:00–07:00');
  await talk.command('quiet', 'off');
  expect(await stored()).toBe('off');
  const shown = await talk.command('quiet');
  await talk.pressLabel(shown, '기본값으로');
  expect(await stored()).toBeNull();
});

test('announcements are accepted and refused by button and by command', async () => {
  const stored = async () => (await talk.world.context.store.subscribers.byChat(chat('1')))?.announcements;
  const hello = await talk.command('start');
  expect(await stored()).toBeNull();
  await talk.pressLabel(hello, '공지 받기');
  expect(await stored()).toBe(true);
  await talk.command('announcements', 'off');
  expect(await stored()).toBe(false);
  expect((await talk.command('start')).labels).not.toContain('공지 받기');
});
