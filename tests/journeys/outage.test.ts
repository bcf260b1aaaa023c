import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/program.ts';
import { RunningClock } from '../support/running-clock.ts';
import { type Declared, finished } from './officials.ts';
import { openStage, type Stage } from './stage.ts';
import { inSlack, inTelegram, type Talker } from './talkers.ts';

const message = {
  ko: '접속이 되지 않습니다. 원인을 확인하고 있습니다.',
  en: 'It cannot be reached. We are looking into the cause.',
};

/** Long enough for whatever should not come. */
const silence = () => new Promise((resolve) => setTimeout(resolve, 1_000));

/** One outage after another, as private chats, groups and channels of both platforms live through them. */
describe('an outage, its notices and its end', () => {
  const clock = new RunningClock(new Date().toISOString());
  let stage: Stage;
  let citizen: Talker;
  let colleague: Talker;
  let administrator: Talker;
  let member: Talker;
  let creator: Talker;
  let guest: Talker;
  let channelOwner: number;
  let channel: number;

  beforeAll(async () => {
    stage = await openStage(['telegram webhook', 'slack socket'], { clock });
    const { telegram, slack } = stage.sandbox;
    citizen = stage.talker('ko', 'telegram');
    colleague = stage.talker('en', 'slack');
    const [boss, other] = telegram.people.addMany(2, 'ko', { started: true });
    channelOwner = telegram.people.add('편집자', 'ko', { started: true });
    if (boss === undefined || other === undefined) throw new Error('nobody there');
    const group = telegram.people.addChat('group', '우리 동네', {
      members: { [boss]: 'administrator', [other]: 'member' },
    });
    administrator = inTelegram(stage.sandbox, group, boss);
    member = inTelegram(stage.sandbox, group, other);
    channel = telegram.people.addChat('channel', '동네 소식', { members: { [channelOwner]: 'creator' } });
    const founder = slack.people.add('박서준', 'ko');
    const visitor = slack.people.add('최유나', 'ko');
    const room = slack.people.addChannel('civil-affairs', { creator: founder, members: [visitor] });
    creator = inSlack(stage.sandbox, room, founder);
    guest = inSlack(stage.sandbox, room, visitor);
  });
  afterAll(async () => {
    const { violations } = stage.sandbox;
    expect(violations.all).toEqual([]);
    expect([violations.floods.telegram.whilePaused, violations.floods.slack.whilePaused]).toEqual([0, 0]);
    await stage.close();
  });

  const declare = (service: string, more: object = {}): Promise<Declared> =>
    stage.api('POST', '/incidents', {
      services: [{ id: service, status: 'major_outage' }],
      state: 'investigating',
      message,
      ...more,
    });
  const change = (incident: Declared, state: string, more: object = {}): Promise<Declared> =>
    stage.api('POST', `/incidents/${incident.id}/updates`, { state, message, ...more });
  const told = ({ notice }: Declared) => finished(stage.api, notice.id);
  /** How often a chat was shown the notice of this step. */
  const times = (talker: Talker, { notice }: Declared): number =>
    talker.notices().filter((text) => text.includes(notice.code)).length;
  const shownInChannel = (): readonly string[] =>
    stage.sandbox.ledger.of('telegram', channel, 'message').map((entry) => entry.text);

  it('only administrators subscribe a group or a channel; others are refused kindly', async () => {
    expect(await member.command('subscribe', 'gov24')).toContain('관리자만');
    expect(await administrator.command('subscribe', 'gov24')).toContain('이 방에 정부24 소식을');
    expect(await guest.command('subscribe', 'gov24')).toContain('관리자만');
    expect(guest.shown().at(-1)).toMatchObject({ kind: 'ephemeral', person: guest.person });
    expect(await creator.command('subscribe', 'gov24')).toContain('정부24 소식을');
    await citizen.command('subscribe', 'gov24');
    await colleague.command('subscribe', 'gov24');
  });

  it("a channel's own post subscribes the channel", async () => {
    stage.sandbox.telegram.people.say(channel, channelOwner, '/subscribe gov24');
    await until('the answer in the channel', () => shownInChannel().some((text) => text.includes('정부24')));
  });

  it('in a group it speaks when addressed, and not otherwise', async () => {
    const { telegram } = stage.sandbox;
    // As an administrator of the group the bot hears every word.
    telegram.people.setBotStatus(Number(member.chat), Number(administrator.person), 'administrator');
    const before = member.shown().length;
    telegram.people.say(Number(member.chat), Number(member.person), '정부24 되나요?');
    stage.sandbox.slack.people.say(guest.chat, guest.person, '정부24 되나요?');
    await silence();
    expect(member.shown()).toHaveLength(before);
    expect(await member.say('@allim_sandbox_bot 정부24 되나요?')).toMatch(/^정상 · 정부24/);
    expect(await guest.say('@allim 정부24 되나요?')).toMatch(/정상 · 정부24/);
    expect(await member.pressUnknown('9:old:button')).not.toBe('');
    expect(await guest.pressUnknown('9:old:button')).not.toBe('');
  });

  it('everybody hears once of the outage, of what comes after in order, and of its end', async () => {
    const outage = await declare('gov24');
    expect(await told(outage)).toMatchObject({ audience: 5, deliveries: { sent: 5 } });
    const update = await change(outage, 'identified', {
      services: [{ id: 'unmanned-kiosk', status: 'degraded' }],
    });
    const provisional = await change(outage, 'monitoring', {
      services: [
        { id: 'gov24', status: 'recovering' },
        { id: 'unmanned-kiosk', status: 'recovering' },
      ],
    });
    const end = await change(outage, 'resolved');
    const progress = await told(end);
    expect(progress.deliveries.sent).toBe(progress.audience);
    for (const chat of [citizen, colleague, administrator, creator]) {
      expect(times(chat, outage)).toBe(1);
      expect(times(chat, end)).toBe(1);
      // What a later one made untrue before it was sent is not sent any more; never is an older one last.
      const order = [outage, update, provisional, end].map(({ notice }) =>
        chat.notices().findIndex((text) => text.includes(notice.code)),
      );
      const sent = order.filter((at) => at >= 0);
      expect(sent).toEqual(sent.toSorted((a, b) => a - b));
    }
    expect(shownInChannel().filter((text) => text.includes(end.notice.code))).toHaveLength(1);
  });

  it('who blocks the bot is asked nothing more, comes back with /start, and hears again', async () => {
    const { telegram } = stage.sandbox;
    telegram.people.block(Number(citizen.person));
    await silence();
    const unheard = await declare('gov24');
    expect(await told(unheard)).toMatchObject({ audience: 4, deliveries: { sent: 4, ended: 0 } });
    expect(await citizen.command('start')).not.toBe('');
    expect(await citizen.command('subscriptions')).toContain('정부24');
    const heard = await change(unheard, 'identified');
    await told(heard);
    expect(times(citizen, unheard)).toBe(0);
    expect(times(citizen, heard)).toBe(1);
    await told(await change(unheard, 'resolved'));
  });

  it('a block that no update told of is learnt from the refusal, and costs one call', async () => {
    const { world } = stage.sandbox.telegram;
    const chat = world.chats.get(Number(citizen.chat));
    if (chat === undefined) throw new Error('no chat');
    chat.bot = 'kicked';
    const first = await declare('gov24');
    expect((await told(first)).deliveries).toMatchObject({ sent: 4, ended: 1, failed: 0 });
    expect(await told(await change(first, 'identified'))).toMatchObject({ audience: 4 });
    await citizen.command('start');
    const end = await change(first, 'resolved');
    await told(end);
    // Never told of this outage, so not told of its end.
    expect(times(citizen, end)).toBe(0);
  });

  it('a group that becomes a supergroup hears on, whether or not it said so', async () => {
    const { telegram } = stage.sandbox;
    const outage = await declare('gov24');
    await told(outage);
    const loud = telegram.people.migrate(Number(administrator.chat));
    const moved = inTelegram(stage.sandbox, loud, Number(administrator.person));
    const update = await change(outage, 'identified');
    await told(update);
    expect([times(administrator, update), times(moved, update)]).toEqual([0, 1]);
    const quiet = telegram.people.migrate(loud, { quietly: true });
    administrator = inTelegram(stage.sandbox, quiet, Number(administrator.person));
    const end = await change(outage, 'resolved');
    expect((await told(end)).deliveries).toMatchObject({ failed: 0, ended: 0 });
    expect([times(moved, end), times(administrator, end)]).toEqual([0, 1]);
    expect(await administrator.command('subscriptions')).toContain('정부24');
  });

  it('an archived Slack channel ends quietly', async () => {
    const outage = await declare('gov24');
    await told(outage);
    await stage.sandbox.slack.people.archive(creator.chat, creator.person);
    await silence();
    const end = await change(outage, 'resolved');
    const { deliveries } = await told(end);
    expect(deliveries).toMatchObject({ failed: 0, ended: 0, uncertain: 0 });
    expect(times(creator, end)).toBe(0);
    expect(times(colleague, end)).toBe(1);
  });

  it('a maintenance window is told, opens and closes by the clock, and its end is told', async () => {
    const at = (minutes: number) => new Date(Date.parse(clock.now()) + minutes * 60_000).toISOString();
    const planned = await stage.api('POST', '/maintenances', {
      services: ['gov24'],
      startsAt: at(60),
      endsAt: at(120),
      message: { ko: '정기 점검입니다.', en: 'Regular maintenance.' },
    });
    await told(planned);
    expect((await citizen.hears('[점검 예정]')).text).toContain('정부24');
    expect(await citizen.say('정부24 되나요?')).toMatch(/^정상 · 정부24/);
    clock.forward(61 * 60);
    await until('the opening', async () => {
      const { items } = await stage.api<{ items: { state: string }[] }>('GET', '/maintenances');
      return items[0]?.state === 'in_progress';
    });
    expect(await citizen.say('정부24 되나요?')).toMatch(/^점검 · 정부24/);
    expect(await colleague.say('is government24 working?')).toMatch(/^Maintenance · Government24/);
    clock.forward(60 * 60);
    expect((await citizen.hears('[점검 종료]')).text).toContain('정부24');
    expect((await colleague.hears('[Maintenance completed]')).text).toContain('Government24');
    expect(await citizen.say('정부24 되나요?')).toMatch(/^정상 · 정부24/);
  });

  it('a declaration in error is taken back from exactly those who were told', async () => {
    const away = stage.talker('ko', 'telegram');
    await away.command('subscribe', 'gov24');
    stage.sandbox.telegram.people.block(Number(away.person));
    await silence();
    const wrong = await declare('gov24');
    await told(wrong);
    await away.command('start');
    const late = stage.talker('ko', 'telegram');
    await late.command('subscribe', 'hometax');
    const correction = await stage.api('POST', `/incidents/${wrong.id}/withdraw`, {
      message: { ko: '점검 중 잘못 발표했습니다.', en: 'Announced in error during a check.' },
    });
    const progress = await told(correction);
    expect(progress.deliveries.sent).toBe(progress.audience);
    expect([citizen, colleague, away, late].map((talker) => times(talker, correction))).toEqual([1, 1, 0, 0]);
    expect(citizen.notices().at(-1)).toContain('[정정]');
    expect(citizen.notices().at(-1)).not.toContain('복구');
    expect(await late.say('정부24 되나요?')).toMatch(/^정상 · 정부24/);
  });

  it('a fault in Busan alarms nobody in Seoul, and is told as Busan’s', async () => {
    const [busan, seoul, anywhere] = [0, 1, 2].map(() => stage.talker('ko', 'telegram'));
    if (!busan || !seoul || !anywhere) throw new Error('nobody there');
    for (const talker of [busan, seoul, anywhere]) await talker.command('subscribe', 'unmanned-kiosk');
    await busan.command('region', '부산 해운대구');
    await seoul.command('region', '서울');
    const fault = await declare('unmanned-kiosk', { scope: ['busan'] });
    await told(fault);
    expect([busan, anywhere, seoul].map((talker) => times(talker, fault))).toEqual([1, 1, 0]);
    expect(anywhere.notices()[0]).toContain('부산');
    expect(await seoul.say('무인민원발급기 되나요?')).toMatch(/부산/);
    await told(await change(fault, 'resolved'));
  });

  it('told to slow down it waits as long as it was told, sends nothing meanwhile, and forgets nobody', async () => {
    const { telegram, violations } = stage.sandbox;
    const many = Array.from({ length: 12 }, () => stage.talker('ko', 'telegram'));
    for (const talker of many) await talker.command('subscribe', 'wetax');
    // What was just answered does not count as bulk; by now it does.
    clock.forward(60);
    const refused = violations.floods.telegram.refused;
    const ceiling = telegram.limits.perSecond;
    telegram.limits.perSecond = 4;
    const outage = await declare('wetax');
    const progress = await told(outage);
    telegram.limits.perSecond = ceiling;
    expect(progress.deliveries).toMatchObject({ sent: 12, failed: 0, uncertain: 0 });
    expect(many.map((talker) => times(talker, outage))).toEqual(many.map(() => 1));
    expect(violations.floods.telegram.refused).toBeGreaterThan(refused);
    expect(violations.floods.telegram.whilePaused).toBe(0);
  });
});
