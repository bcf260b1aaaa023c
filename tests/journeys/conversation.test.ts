import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/program.ts';
import type { Declared } from './officials.ts';
import { openStage, type Stage, TRANSPORTS } from './stage.ts';
import type { Talker } from './talkers.ts';

const message = {
  ko: '접속이 되지 않습니다. 원인을 확인하고 있습니다.',
  en: 'It cannot be reached. We are looking into the cause.',
};

/** The same conversation on every way in: what an adapter may differ in is only the drawing. */
describe.each(TRANSPORTS)('a citizen on %s', (transport) => {
  let stage: Stage;
  let korean: Talker;
  let english: Talker;
  let incident: Declared;
  beforeAll(async () => {
    stage = await openStage([transport]);
    korean = stage.talker('ko');
    english = stage.talker('en');
  });
  afterAll(async () => {
    expect(stage.sandbox.violations.all).toEqual([]);
    await stage.close();
  });

  it('is told that all is well, and on what grounds', async () => {
    const answer = await korean.say('정부24 지금 되나요?');
    expect(answer).toMatch(/^정상 · 정부24/);
    expect(answer).toContain('발표된 장애');
    expect(await english.say('is hometax working right now?')).toMatch(/^Operational · Hometax/);
  });

  it('subscribes in words, and is told so', async () => {
    expect(await korean.say('정부24 구독할래요')).toMatch(/정부24 소식을 알려/);
    expect(await english.command('subscribe', 'gov24')).toContain('Government24');
    expect(await korean.say('뭐 구독했지?')).toContain('정부24');
  });

  it('hears of an outage within seconds, in the own language, with its code', async () => {
    incident = await stage.api('POST', '/incidents', {
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message,
      nextUpdateAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const told = await korean.hears('[장애]');
    expect(told.text).toContain('정부24');
    expect(told.text).toContain(incident.notice.code);
    expect((await english.hears('[Outage]')).text).toContain('Government24');
  });

  it('asks in the other language and is answered in it: status word first, since when, what to do, who says so', async () => {
    const answer = await korean.say('등본 떼야 하는데 정부24 되나요?');
    expect(answer).toMatch(/장애/);
    expect(answer).toContain('주민센터');
    expect(answer).toContain('행정안전부');
    const other = await korean.say('is government24 down?');
    expect(other).toMatch(/^Outage · Government24/);
    expect(other).toContain('Source: Ministry of the Interior');
  });

  it('is never sent to an alternative that is itself down', async () => {
    await stage.api('POST', `/incidents/${incident.id}/updates`, {
      state: 'identified',
      services: [{ id: 'unmanned-kiosk', status: 'major_outage' }],
      message,
      nextUpdateAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const answer = await korean.say('정부24 말고 다른 방법 없어요?');
    expect(answer).toContain('주민센터');
    expect(answer).not.toMatch(/무인민원발급기[^:]*$/m);
  });

  it('follows up without naming the service, and asks to be told', async () => {
    expect(await korean.say('그럼 언제 돼요?')).toContain('정부24');
    expect(await korean.say('왜 안 되는 거예요?')).toContain('정부24');
    expect(await korean.say('다시 되면 알려줘')).toMatch(/알려 드릴게요|알려 드려요|알려드릴게요/);
  });

  it('hears once that it is back, and then nothing more', async () => {
    await stage.api('POST', `/incidents/${incident.id}/updates`, { state: 'resolved', message });
    const told = await korean.hears('[복구]');
    expect(told.text).toContain('정부24');
    await english.hears('[Restored]');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const restorations = korean.shown().filter((entry) => entry.text.includes('[복구]'));
    expect(restorations).toHaveLength(1);
    expect(await korean.say('정부24 되나요')).toMatch(/^정상/);
  });

  it('presses a button of a version long gone and gets a kind answer', async () => {
    expect(await korean.pressUnknown('0:nope:what')).not.toBe('');
    expect(await korean.pressUnknown('1:zz')).not.toBe('');
  });

  it('sends what cannot be read, ten thousand characters, or markup, and gets a sane reply', async () => {
    expect(await korean.sendSticker()).toMatch(/글|문자|텍스트/);
    expect(await korean.say(`정부24 되나요? ${'가나다라 '.repeat(750)}`)).not.toBe('');
    expect(await english.say('<b>is *hometax* _down_?</b> <!channel> & `x` \u0000\u202e')).not.toBe('');
  });

  it('reports a problem, counted once', async () => {
    const first = await korean.say('홈택스 접속 안 돼요 제보할게요');
    expect(first).toContain('홈택스');
    await korean.say('홈택스 접속 안 돼요 제보할게요');
    const { items } = await stage.api<{ items: { service: string; reports: number }[] }>('GET', '/reports');
    expect(items.find((row) => row.service === 'hometax')?.reports).toBe(1);
  });

  it('sees what is stored, takes it along, and has it erased with a receipt', async () => {
    expect(await korean.command('privacy')).toContain('정부24');
    expect(await korean.command('mydata')).not.toBe('');
    await until('the file', () =>
      korean.shown().some((e) => e.kind === 'document' || e.text.includes('```')),
    );
    await korean.command('forget');
    expect(await korean.press('네, 모두 지워 주세요')).toMatch(/지웠/);
    expect(await korean.command('subscriptions')).toContain('아직 구독한 것이 없어요');
  });

  it('is answered after a restart as before', async () => {
    await stage.restart();
    expect(await english.command('subscriptions')).toContain('Government24');
    expect(await korean.say('안녕하세요')).not.toBe('');
  });
});
