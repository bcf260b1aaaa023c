import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTimeline, Story } from '../../src/commands/replay.ts';
import { readCatalogue } from '../../src/config/catalogue.ts';
import type { Availability } from '../../src/domain/availability.ts';
import type { ServiceId } from '../../src/domain/ids.ts';
import type { Language } from '../../src/domain/language.ts';
import { RunningClock } from '../support/running-clock.ts';
import { finished } from './officials.ts';
import { openStage, type Stage } from './stage.ts';
import type { Talker } from './talkers.ts';

const timeline = readTimeline(JSON.parse(readFileSync('tests/fixtures/replay-2023-11.json', 'utf8')));
const catalogue = readCatalogue(null);

const WORDS: Readonly<Record<Availability, Readonly<Record<Language, string>>>> = {
  operational: { ko: '정상', en: 'Operational' },
  degraded: { ko: '지연', en: 'Slow or delayed' },
  partial_outage: { ko: '일부 장애', en: 'Partial outage' },
  major_outage: { ko: '장애', en: 'Outage' },
  maintenance: { ko: '점검', en: 'Maintenance' },
  recovering: { ko: '임시 재개', en: 'Provisionally resumed' },
  unknown: { ko: '확인 중', en: 'Being checked' },
};

const seoul = (time: string): string => new Date(`2023-11-${time}:00+09:00`).toISOString();

/** `13:55` in Seoul. */
const clockFace = (at: string): string =>
  new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Asia/Seoul', hour: '2-digit', minute: '2-digit' });

/** When the service came into the status that the story gives it at this time. */
function sinceWhen(service: ServiceId, at: string): string | null {
  let status: Availability = 'operational';
  let since = '';
  for (const event of timeline.events.filter((e) => e.at <= at)) {
    const changed: Availability = event.changes.find((c) => c.service === service)?.status ?? status;
    if (changed !== status) since = event.at;
    status = changed;
  }
  return status === 'operational' ? null : clockFace(since);
}

describe('the outage of November 2023, told again by the officials as it went', () => {
  const clock = new RunningClock(seoul('17T07:50'));
  let stage: Stage;
  let story: Story;
  let told = 0;
  /** Under way. */
  const notices: string[] = [];
  let citizens: readonly { talker: Talker; language: Language; where: string }[];

  beforeAll(async () => {
    stage = await openStage(['telegram polling', 'slack http'], { clock });
    story = new Story(async (path, body) => {
      const declared = await stage.api('POST', path.replace('/api/v1', ''), body);
      notices.push(declared.notice.id);
      return declared;
    });
    citizens = (['telegram', 'slack'] as const).flatMap((platform) =>
      (['ko', 'en'] as const).map((language) => ({
        talker: stage.talker(language, platform),
        language,
        where: `${platform}, ${language}`,
      })),
    );
  });
  afterAll(async () => {
    expect(stage.sandbox.violations.all).toEqual([]);
    expect(stage.sandbox.violations.floods.telegram.whilePaused).toBe(0);
    expect(stage.sandbox.violations.floods.slack.whilePaused).toBe(0);
    await stage.close();
  });

  /** Tells everything up to this time, each time waiting until all have heard, and puts the clock there. */
  async function playUntil(at: string): Promise<void> {
    for (const event of timeline.events.slice(told).filter((e) => e.at <= at)) {
      clock.set(event.at);
      await story.tell(event, event.at);
      for (const id of notices.splice(0)) await finished(stage.api, id);
      told += 1;
    }
    clock.set(at);
  }

  const everyone = (ask: (citizen: (typeof citizens)[number]) => Promise<void>) =>
    Promise.all(citizens.map(ask));

  const question = (service: ServiceId, language: Language): string => {
    const name = catalogue.service(service)?.name;
    return language === 'ko' ? `${name?.ko} 지금 되나요?` : `is ${name?.en} working?`;
  };

  /** Asks about a service in both languages on both platforms. */
  const expectStatus = (service: ServiceId, status: Availability, since: string | null) =>
    everyone(async ({ talker, language, where }) => {
      const answer = await talker.say(question(service, language));
      const first = answer.split('\n')[0] ?? '';
      expect(first, where).toContain(`${WORDS[status][language]} · `);
      expect(first.startsWith(WORDS[status][language]), `${where}: ${first}`).toBe(true);
      if (since !== null) expect(first, where).toContain(since);
    });

  it('before it began all is well, and people subscribe', async () => {
    await everyone(async ({ talker, language }) => {
      await talker.command('subscribe', 'gov24');
      await talker.command('subscribe', 'saeol');
      expect(await talker.command('subscriptions')).toContain(language === 'ko' ? '정부24' : 'Government24');
    });
  });

  /** What the timeline itself expects, at its n-th checkpoint. */
  function checkpoint(n: number): void {
    const { at, expect: expected } = timeline.checkpoints[n] ?? { at: '', expect: {} };
    const day = new Date(at).toLocaleDateString('en-GB', {
      timeZone: 'Asia/Seoul',
      day: 'numeric',
      month: 'short',
    });
    const names = Object.entries(expected).map(([service, status]) => `${service} ${status}`);
    it(`${day} ${clockFace(at)}: ${names.join(', ')}`, async () => {
      await playUntil(at);
      for (const [service, status] of Object.entries(expected))
        await expectStatus(service, status, sinceWhen(service, at));
    });
  }

  checkpoint(0);
  checkpoint(1);

  it('12:30, a recovery that is not to last is told as provisional, never as restored', async () => {
    await playUntil(seoul('17T12:30'));
    await expectStatus('saeol', 'recovering', '11:30');
    await expectStatus('community-center-counter', 'recovering', '12:00');
    await everyone(async ({ talker, language }) => {
      const heard = talker.notices();
      expect(heard.at(-1)).toContain(
        language === 'ko'
          ? '[임시 재개] 주민센터(행정복지센터) 민원창구, 시·군·구 민원서비스 임시로 다시 이용 가능 · 11월 17일(금) 12:00부터'
          : '[Provisionally resumed] Community service center counters',
      );
      expect(heard.join()).not.toMatch(/\[복구\]|\[Restored\]/);
    });
  });

  it('13:05, it is taken back: whoever was told hears of the relapse, and answers say since 13:00', async () => {
    await playUntil(seoul('17T13:05'));
    await expectStatus('saeol', 'major_outage', '13:00');
    await expectStatus('community-center-counter', 'major_outage', '13:00');
    await everyone(async ({ talker, language }) => {
      const relapse = talker.notices().at(-1) ?? '';
      const first = relapse.split('\n')[0] ?? '';
      expect(first).toMatch(
        language === 'ko' ? /^\[장애\] .*다시 이용 불가/ : /^\[Outage\] .*not available again/,
      );
      expect(first).toContain('13:00');
      expect(relapse).toContain(
        language === 'ko'
          ? '임시로 재개됐다가 다시 문제가 생겼어요.'
          : 'It had been provisionally resumed, but trouble has started again.',
      );
    });
  });

  it('13:06, for a certificate only what works is offered: online, not the counter', async () => {
    await everyone(async ({ talker, language }) => {
      const answer = await talker.say(elsewhere[language]);
      const online = answer.split('\n').find((line) => line.includes(online24[language]));
      expect(online).toContain(WORDS.degraded[language]);
      expect(answer).not.toMatch(/주민센터|무인민원발급기|counter|kiosk/);
    });
  });

  checkpoint(2);

  it('14:30, nothing that is down itself is offered for the certificate', async () => {
    await everyone(async ({ talker, language, where }) => {
      const ways = await talker.say(elsewhere[language]);
      expect(ways, where).toMatch(
        language === 'ko' ? /쓸 수 있다고 확인된 방법이 없어요/ : /nothing else is confirmed to be working/,
      );
      expect(ways, where).not.toMatch(/주민센터|무인민원발급기|정부24|counter|kiosk|Government24/);
      // The answer about its status lists its ways, and each of them as down.
      const status = await talker.say(question('resident-registration-certificate', language));
      const lines = status.split('\n').filter((line) => /^[•-] /.test(line) && wayOf.test(line));
      expect(lines.length, where).toBeGreaterThanOrEqual(3);
      for (const line of lines) expect(line, where).toContain(`: ${WORDS.major_outage[language]}`);
      expect(status, where).toContain(
        language === 'ko' ? '다른 방법은 지금 모두 막혀' : 'Every other way is unavailable',
      );
    });
  });

  checkpoint(3);

  it('from then on what resumed is offered, marked as provisional; the counter still is not', async () => {
    await everyone(async ({ talker, language, where }) => {
      const ways = await talker.say(elsewhere[language]);
      expect(ways, where).toContain(
        language === 'ko' ? '정부24 온라인 신청' : 'Apply online at Government24',
      );
      expect(ways, where).toContain(language === 'ko' ? '임시' : 'rovisional');
      expect(ways, where).not.toMatch(/주민센터|counter/);
    });
  });

  checkpoint(4);

  it('everyone heard the restoration, once, and nothing after it', async () => {
    await everyone(async ({ talker, language, where }) => {
      const heard = talker.notices();
      const label = language === 'ko' ? '[복구]' : '[Restored]';
      expect(
        heard.filter((text) => text.includes(label)),
        where,
      ).toHaveLength(1);
      expect(heard.at(-1), where).toContain(label);
      // In the order in which they were written.
      const numbers = heard.map((text) => /2023-11(\d\d)-(\d+)/.exec(text)?.slice(1).map(Number) ?? []);
      const order = numbers.map(([day = 0, n = 0]) => day * 100 + n);
      expect(order, where).toEqual([...new Set(order)].toSorted((a, b) => a - b));
    });
  });
});

const elsewhere: Readonly<Record<Language, string>> = {
  ko: '등본 다른 방법 없어요?',
  en: 'where else can I get a resident registration certificate?',
};

const online24: Readonly<Record<Language, string>> = {
  ko: '정부24 온라인 신청',
  en: 'Apply online at Government24',
};

const wayOf = /정부24|주민센터|무인민원발급기|Government24|counter|kiosk/;
