import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AnnouncementContent } from '../../src/domain/announcement.ts';
import type { Actor } from '../../src/domain/official.ts';
import { previewAnnouncement } from '../../src/operations/announcement-preview.ts';
import {
  approveAnnouncement,
  draftAnnouncement,
  submitAnnouncement,
} from '../../src/operations/announcements.ts';
import { ensureChat } from '../../src/operations/chats.ts';
import { addOfficial } from '../../src/operations/officials.ts';
import { writeNotice } from '../../src/wording/notice-card.ts';
import { chat, type TestWorld, testWorld } from '../support/context.ts';

const content: AnnouncementContent = {
  title: { ko: '주말 창구 운영 안내', en: 'Counters open this weekend' },
  message: {
    ko: '토요일 09:00부터 창구를 엽니다. 신분증을 가져와 주세요.',
    en: 'Counters open on Saturday from 09:00. Please bring your ID card.',
  },
  audience: { to: 'everyone', languages: null, platforms: null, regions: null },
  severity: 'info',
  scheduledFor: null,
};

let world: TestWorld;
let author: Actor;
let approver: Actor;
beforeEach(async () => {
  world = await testWorld({ writeNotice });
  const person = async (role: 'author' | 'approver') => {
    const added = await addOfficial(
      world.context,
      { kind: 'console' },
      { name: 'P', agency: 'mois', roles: [role] },
    );
    if (!added.ok) throw new Error(added.problem.code);
    return { kind: 'official', official: added.value.official, door: 'api' } as const;
  };
  author = await person('author');
  approver = await person('approver');
});
afterEach(() => world.close());

const draft = async (more: Partial<AnnouncementContent> = {}) => {
  const outcome = await draftAnnouncement(world.context, author, { ...content, ...more });
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.value.id;
};
const publish = async (id: string) => {
  await submitAnnouncement(world.context, author, id);
  const outcome = await approveAnnouncement(world.context, approver, id, { revision: 1 });
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.value.notice;
};
const preview = async (id: string, context = world.context) => {
  const outcome = await previewAnnouncement(context, id);
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.value;
};
const listen = async (count: number, platform: 'telegram' | 'slack', language: 'ko' | 'en') => {
  for (let n = 0; n < count; n++) {
    const { id } = await ensureChat(world.context, chat(`${platform}${language}${n}`, platform), language);
    await world.context.store.subscribers.change(id, { announcements: true });
  }
};

it('shows the very cards that citizens get, but for the number', async () => {
  const id = await draft();
  const shown = await preview(id);
  const notice = await publish(id);
  for (const language of ['ko', 'en'] as const) {
    const sent = await world.context.store.notices.card(notice?.id ?? '', language);
    expect({ ...shown.cards[language], footer: null }).toEqual({ ...sent, footer: null });
    expect(shown.texts[language]).toContain(content.title[language]);
  }
});

it('counts whom it reaches and how long the longest lane takes', async () => {
  await listen(5, 'telegram', 'ko');
  await listen(3, 'slack', 'en');
  const sending = { ratePerSecond: { telegram: 1, slack: 0.5 }, paid: false };
  const { reach, seconds, stars } = await preview(await draft(), { ...world.context, sending });
  expect(reach.map(({ platform, language, chats }) => [platform, language, chats]).sort()).toEqual([
    ['slack', 'en', 3],
    ['telegram', 'ko', 5],
  ]);
  expect(seconds).toBe(6);
  expect(stars).toBe(0);
});

it('says what paid sending costs: nothing below the free rate', async () => {
  await listen(60, 'telegram', 'ko');
  const id = await draft();
  const at = async (telegram: number, paid: boolean) => {
    const sending = { ratePerSecond: { telegram, slack: 4 }, paid };
    return (await preview(id, { ...world.context, sending })).stars;
  };
  expect(await at(300, true)).toBe(6);
  expect(await at(300, false)).toBe(0);
  expect(await at(30, true)).toBe(0);
});

it('names what was told to the same people in nearly the same words within a day', async () => {
  const notice = await publish(await draft());
  const again = await draft({ message: { ko: content.message.ko.replace('09:00', '10:00'), en: 'x' } });
  expect((await preview(again)).alike).toMatchObject([{ code: notice?.code }]);
  const other = await draft({
    title: { ko: '여권 수수료가 바뀝니다', en: 'x' },
    message: { ko: '내년부터 새 수수료를 받습니다.', en: 'x' },
  });
  expect((await preview(other)).alike).toEqual([]);
  world.clock.forward(86_401);
  expect((await preview(again)).alike).toEqual([]);
});

it('finds nothing alike among those whom it does not reach', async () => {
  const to = (id: string) => ({ ...content.audience, to: 'services', ids: [id] }) as const;
  await publish(await draft({ audience: to('gov24') }));
  expect((await preview(await draft({ audience: to('hometax') }))).alike).toEqual([]);
  expect((await preview(await draft({ audience: to('gov24') }))).alike).toHaveLength(1);
});
