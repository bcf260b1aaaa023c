import { expect, test } from 'vitest';
import { createFloodGate } from '../../src/conversation/flood.ts';
import { plusSeconds } from '../../src/domain/instant.ts';

const T0 = '2023-11-17T05:00:00.000Z';

test('twenty turns in ten seconds are calm, the next is told so once, the rest are not answered', () => {
  const tide = createFloodGate();
  for (let i = 0; i < 20; i++) expect(tide('a', plusSeconds(T0, i / 10))).toBe('calm');
  expect(tide('a', plusSeconds(T0, 2))).toBe('first');
  expect(tide('a', plusSeconds(T0, 2.1))).toBe('over');
  expect(tide('a', plusSeconds(T0, 2.2))).toBe('over');
});

test('another chat is not held up', () => {
  const tide = createFloodGate();
  for (let i = 0; i < 30; i++) tide('a', T0);
  expect(tide('b', T0)).toBe('calm');
});

test('answers again once it calms down, and warns anew at the next flood', () => {
  const tide = createFloodGate();
  for (let i = 0; i < 30; i++) tide('a', T0);
  expect(tide('a', plusSeconds(T0, 11))).toBe('calm');
  for (let i = 0; i < 19; i++) expect(tide('a', plusSeconds(T0, 11))).toBe('calm');
  expect(tide('a', plusSeconds(T0, 11))).toBe('first');
});

test('a flood that never pauses stays unanswered', () => {
  const tide = createFloodGate();
  for (let i = 0; i < 21; i++) tide('a', plusSeconds(T0, i / 10));
  for (let i = 21; i < 300; i++) expect(tide('a', plusSeconds(T0, i / 10))).toBe('over');
});
