import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { readAction, readTarget, writeAction, writeTarget } from '../../src/conversation/buttons.ts';

const catalogue = readCatalogue(null);

test('a request for every service, agency and kind of service fits in 64 bytes and comes back the same', () => {
  const targets = [
    ...catalogue.services.map(({ id }) => ({ kind: 'service', id }) as const),
    ...catalogue.agencies.map(({ id }) => ({ kind: 'agency', id }) as const),
    ...catalogue.categories.map(({ id }) => ({ kind: 'category', id }) as const),
  ];
  for (const target of targets) {
    const action = writeAction('choose', target, 'list_subscriptions.12');
    expect(Buffer.byteLength(action)).toBeLessThanOrEqual(64);
    const asked = readAction(action);
    expect(asked).toMatchObject({ what: 'choose', option: 'list_subscriptions.12', pressed: true });
    expect([...(asked?.services ?? []), ...(asked?.agencies ?? []), ...(asked?.categories ?? [])]).toEqual([
      target.id,
    ]);
  }
});

test('an id of forty letters fits with every verb', () => {
  const target = { kind: 'service', id: 'a'.repeat(40) } as const;
  expect(readAction(writeAction('report_problem', target))?.services).toEqual([target.id]);
});

test('what does not fit is refused where it is written, not where it is pressed', () => {
  expect(() => writeAction('status', { kind: 'service', id: 'a'.repeat(80) })).toThrow('does not fit');
});

test('an option may hold colons', () => {
  expect(readAction(writeAction('quiet', null, '22:00-07:00'))).toMatchObject({
    what: 'quiet',
    option: '22:00-07:00',
  });
});

test('a subject comes back as it was written', () => {
  for (const target of [
    { kind: 'service', id: 'gov24' },
    { kind: 'agency', id: 'mois' },
    { kind: 'category', id: 'tax' },
    { kind: 'everything', id: '*' },
  ] as const)
    expect(readTarget(writeTarget(target))).toEqual(target);
});

test.each([
  '',
  'status:gov24',
  '0:st:s.gov24',
  '2:st:s.gov24',
  '1:zz:s.gov24',
  '1:st:x.gov24',
  '1:st:gov24',
  '1:st:s.<b>gov24',
  '1:constructor',
  `1:st:s.${'a'.repeat(100)}`,
])('"%s" is no button of ours', (action) => {
  expect(readAction(action)).toBeNull();
});

test('no string makes the reader throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      readAction(text);
      readAction(`1:${text}`);
      readTarget(text);
    }),
  );
});
