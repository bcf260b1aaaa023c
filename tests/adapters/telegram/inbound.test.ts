import { describe, expect, it } from 'vitest';
import { arrivalOf, readInbound } from '../../../src/adapters/telegram/inbound.ts';
import { NOW } from '../doubles.ts';

const ME = { id: 123456, username: 'AllimBot' };
const citizen = { id: 42, is_bot: false, first_name: '<b>김</b>\u0000', language_code: 'ko-KR' };
const dm = { id: 42, type: 'private', first_name: '김' };
const group = { id: -5, type: 'group', title: '동네' };
const forum = { id: -1007, type: 'supergroup', title: '구청', is_forum: true };
const channel = { id: -1009, type: 'channel', title: '공지' };

const message = (parts: object, chat: object = dm) => ({
  update_id: 1,
  message: { message_id: 10, date: 1700000000, chat, from: citizen, ...parts },
});
const post = (parts: object) => ({
  update_id: 1,
  channel_post: { message_id: 10, date: 1700000000, chat: channel, sender_chat: channel, ...parts },
});
const read = (body: unknown, me: { id: number; username: string | null } = ME) => readInbound(body, me, NOW);
const act = (body: unknown) => read(body)?.turn.act ?? null;
const mention = (text: string, name = '@AllimBot') => ({
  text,
  entities: [{ type: 'mention', offset: text.indexOf(name), length: name.length }],
});

describe('a Telegram update', () => {
  it('in a private chat is a turn of the person, in the language of the client', () => {
    expect(read(message({ text: ' 정부24 돼요? ' }))).toEqual({
      turn: {
        at: NOW,
        chat: { platform: 'telegram', workspace: '123456', id: '42', kind: 'private' },
        thread: null,
        person: '42',
        hint: 'ko',
        act: { kind: 'text', text: '정부24 돼요?' },
      },
      back: {
        chat: { platform: 'telegram', workspace: '123456', id: '42', kind: 'private' },
        thread: null,
        asked: null,
        press: null,
      },
    });
  });

  it.each([
    ['ko', 'ko'],
    ['en', 'en'],
    ['vi', 'en'],
    ['kok', 'en'],
    [undefined, null],
  ])('from a client in %s hints at %s', (language_code, hint) => {
    expect(read(message({ text: '?', from: { id: 42, language_code } }))?.turn.hint).toBe(hint);
  });

  it.each([
    ['/status 정부24', 'status', '정부24'],
    ['/Status@allimbot  정부24 돼요', 'status', '정부24 돼요'],
    ['/start sub_gov24', 'start', 'sub_gov24'],
    ['/help', 'help', ''],
    ['/quiet 22:00-07:00', 'quiet', '22:00-07:00'],
  ])('%s is a command', (text, name, argument) => {
    expect(act(message({ text }))).toEqual({ kind: 'command', name, argument });
  });

  it.each([
    ['sticker', 'sticker'],
    ['photo', 'photo'],
    ['voice', 'voice'],
    ['video_note', 'video'],
    ['document', 'file'],
    ['venue', 'location'],
    ['poll', 'other'],
  ])('with a %s is named, since we cannot read it', (field, what) => {
    expect(act(message({ [field]: {} }))).toEqual({ kind: 'unreadable', what });
  });

  it('with a picture and words is the words', () => {
    expect(act(message({ photo: [], caption: '이거 왜 이래요' }))).toEqual({
      kind: 'text',
      text: '이거 왜 이래요',
    });
  });

  it('about nothing that was said is dropped', () => {
    expect(act(message({ pinned_message: {} }))).toBeNull();
    expect(act(message({ text: '안녕', from: { ...citizen, is_bot: true } }))).toBeNull();
  });

  describe('in a group', () => {
    it('is heard only when it is meant for us', () => {
      expect(act(message({ text: '정부24 안 되네' }, group))).toBeNull();
      expect(act(message({ sticker: {}, reply_to_message: { from: ME } }, group))).toBeNull();
      expect(act(message({ text: '/status@OtherBot' }, group))).toBeNull();
      expect(act(message(mention('@OtherBot 정부24', '@OtherBot'), group))).toBeNull();
    });

    it('by command, mention or reply is a turn, answered below the question', () => {
      expect(act(message({ text: '/status@AllimBot 정부24' }, group))).toMatchObject({ name: 'status' });
      expect(act(message(mention('저기 @allimbot 정부24 돼?', '@allimbot'), group))).toEqual({
        kind: 'text',
        text: '저기 정부24 돼?',
      });
      expect(act(message(mention('@AllimBot /status 정부24'), group))).toEqual({
        kind: 'command',
        name: 'status',
        argument: '정부24',
      });
      const replied = read(
        message({ text: '언제 돼?', reply_to_message: { message_id: 1, from: ME } }, group),
      );
      expect(replied?.turn).toMatchObject({ chat: { kind: 'group' }, act: { text: '언제 돼?' } });
      expect(replied?.back.asked).toBe(10);
    });

    it('by our bare name asks for help', () => {
      expect(act(message(mention('@AllimBot'), group))).toMatchObject({ kind: 'command', name: 'help' });
    });

    it('by a name without username counts too', () => {
      const entities = [{ type: 'text_mention', offset: 0, length: 2, user: { id: ME.id } }];
      expect(act(message({ text: '알림 정부24', entities }, group))).toEqual({
        kind: 'text',
        text: '정부24',
      });
    });

    it('in a forum topic goes back to the topic; the message that opened it is no reply to us', () => {
      const topic = { message_thread_id: 3, is_topic_message: true };
      expect(read(message({ text: '/status', ...topic }, forum))).toMatchObject({
        turn: { thread: '3' },
        back: { thread: 3 },
      });
      const opened = { message_id: 3, from: ME, forum_topic_created: {} };
      expect(act(message({ text: '잡담', reply_to_message: opened, ...topic }, forum))).toBeNull();
    });

    it('by an anonymous administrator is the group speaking', () => {
      const anonymous = { from: { id: 1087968824, is_bot: true }, sender_chat: { id: group.id } };
      expect(read(message({ text: '/subscribe 정부24', ...anonymous }, group))?.turn).toMatchObject({
        person: '-5',
        hint: null,
      });
    });

    it('copied from the linked channel is dropped', () => {
      const copy = { sender_chat: { id: channel.id }, is_automatic_forward: true, text: '/status' };
      expect(act(message(copy, group))).toBeNull();
    });
  });

  describe('in a channel', () => {
    it('is a command of nobody in particular, and chatter is not for us', () => {
      expect(read(post({ text: '/subscribe gov24' }))?.turn).toMatchObject({
        person: null,
        chat: { id: '-1009', kind: 'channel' },
        act: { kind: 'command', name: 'subscribe', argument: 'gov24' },
      });
      expect(act(post({ text: '오늘 공지' }))).toBeNull();
      expect(act(post({ text: '그렇군요', reply_to_message: { from: ME } }))).toBeNull();
    });
  });

  it('of a pressed button carries its action, and what to answer and to draw over', () => {
    const press = {
      id: 'q1',
      from: citizen,
      data: '1:st:s.gov24',
      message: { message_id: 7, date: 0, chat: dm },
    };
    expect(read({ update_id: 1, callback_query: press })).toMatchObject({
      turn: { person: '42', hint: 'ko', act: { kind: 'button', action: '1:st:s.gov24' } },
      back: { press: { query: 'q1', message: 7 } },
    });
  });

  it.each([
    [dm, 'member', 'kicked', { kind: 'left', because: 'blocked' }],
    [dm, 'kicked', 'member', { kind: 'joined' }],
    [group, 'left', 'member', { kind: 'joined' }],
    [group, 'member', 'kicked', { kind: 'left', because: 'kicked' }],
    [forum, 'administrator', 'left', { kind: 'left', because: 'left' }],
    [channel, 'left', 'administrator', { kind: 'joined' }],
    [group, 'member', 'administrator', null],
  ])('about our membership: %o from %s to %s', (chat, was, is, expected) => {
    const change = {
      chat,
      from: citizen,
      date: 0,
      old_chat_member: { user: ME, status: was },
      new_chat_member: { user: ME, status: is },
    };
    expect(act({ update_id: 1, my_chat_member: change })).toEqual(expected);
  });

  it('tells of a group that became a supergroup, whichever of the two messages comes', () => {
    const moved = { kind: 'moved', to: '-1007' };
    expect(read(message({ migrate_to_chat_id: -1007 }, group))?.turn).toMatchObject({
      chat: { id: '-5' },
      act: moved,
    });
    expect(read(message({ migrate_from_chat_id: -5 }, forum))?.turn).toMatchObject({
      chat: { id: '-5' },
      act: moved,
    });
  });

  it('can be read before we know our own name', () => {
    const me = { id: 123456, username: null };
    expect(read(message({ text: '/status@AllimBot' }, group), me)?.turn.act).toMatchObject({
      name: 'status',
    });
    expect(read(message(mention('@AllimBot 정부24'), group), me)).toBeNull();
  });

  it.each([
    null,
    42,
    'text',
    [],
    {},
    { update_id: 1 },
    { update_id: 1, message: {} },
    { update_id: 1, message: { message_id: 1, chat: { id: 'x', type: 'private' }, text: 5 } },
    { update_id: 1, poll: { id: '1' } },
    { update_id: 1, callback_query: { id: 'q', from: citizen, data: 'x' } },
  ])('that is malformed or of no use is dropped: %o', (body) => {
    expect(read(body)).toBeNull();
  });
});

describe('a Telegram update as it arrives', () => {
  it('is known by its number and kept in order by its chat', () => {
    const body = message({ text: '?' }, group);
    expect(arrivalOf(body)).toEqual({ id: '1', updateId: 1, chat: '-5', body });
    const press = {
      update_id: 2,
      callback_query: { id: 'q', from: citizen, message: { message_id: 1, chat: dm } },
    };
    expect(arrivalOf(press)).toMatchObject({ id: '2', chat: '42' });
  });

  it('of a kind we do not know is still taken in, so that it does not come again', () => {
    expect(arrivalOf({ update_id: 3, something_new: {} })).toMatchObject({ id: '3', chat: '-' });
  });

  it('without a number is none', () => {
    expect(arrivalOf({ message: {} })).toBeNull();
    expect(arrivalOf('x')).toBeNull();
  });
});
