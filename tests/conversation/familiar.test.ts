import { describe, expect, it } from 'vitest';
import { unfamiliarWords } from '../../src/conversation/familiar.ts';

describe('words that tell nothing of which service is meant', () => {
  it.each([
    '그럼 언제 돼요?',
    '지금은 되나요',
    '아직도 안 열려요',
    '왜 그런 거예요',
    '몇 시까지라고요?',
    '다른 방법은 없을까요',
    '되면 알려주세요',
    '앱으로도 안 되네요',
    '3번은 언제 복구되나요',
    'is it still down?',
    'when will that one be back',
    "tell me once it's working again",
    'what about the app',
  ])('%s', (text) => {
    expect(unfamiliarWords(text)).toEqual([]);
  });
});

describe('words that may be the name of something', () => {
  it.each([
    ['두나무는 됨?', ['두나무는']],
    ['쿠팡은 왜 안 돼요', ['쿠팡은']],
    ['is netflix down', ['netflix']],
    ['업비트 앱도 안 되나요', ['업비트']],
  ])('%s', (text, strange) => {
    expect(unfamiliarWords(text)).toEqual(strange);
  });

  it('are at home where they belong to what was spoken of', () => {
    expect(unfamiliarWords('재산세는 되나요')).toEqual(['재산세는']);
    expect(unfamiliarWords('재산세는 되나요', ['재산세 납부'])).toEqual([]);
  });
});
