import { describe, expect, it } from 'vitest';
import { noticeCode } from '../../src/domain/notice.ts';

describe('the public code of a notice', () => {
  it('carries the day in Seoul and its place in that day', () => {
    expect(noticeCode('2023-11-17T04:55:00.000Z', 2)).toBe('2023-1117-2');
    expect(noticeCode('2026-01-05T04:55:00.000Z', 31)).toBe('2026-0105-31');
  });

  it('belongs to the next day from midnight in Seoul, which is 15:00 UTC', () => {
    expect(noticeCode('2023-11-17T14:59:59.999Z', 1)).toBe('2023-1117-1');
    expect(noticeCode('2023-11-17T15:00:00.000Z', 1)).toBe('2023-1118-1');
    expect(noticeCode('2023-12-31T15:00:00.000Z', 1)).toBe('2024-0101-1');
  });
});
