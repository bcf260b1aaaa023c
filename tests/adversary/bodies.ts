import fc from 'fast-check';

type Schema = Readonly<Record<string, unknown>>;

/** Texts that have broken programs before. */
export const NASTY = [
  '',
  ' ',
  '\u200b\u200d\ufeff',
  'a\u0000b\u0007\u001b[31m',
  'line\nline\r\nline\u2028line',
  '\u202e거꾸로\u2066\u200f',
  '👩‍👩‍👧‍👦🇰🇷𠮷',
  '\ud800',
  "'; drop table incidents; --",
  '" or 1=1 --',
  '<script>alert(1)</script> <!channel> <@U1> *_~`[](',
  '{{services}} $t(web.title.invalid) %s %d',
  '__proto__',
  'constructor',
  '정부24',
  'https://evil.example/x',
  'www.gov.kr로 오세요',
  'ㄱ'.repeat(1600),
  '가'.repeat(9_000),
  'e\u0301'.repeat(40),
] as const;

const TIMES = [
  '2023-11-17T13:00:00+09:00',
  '2023-11-17T13:00:00.123456789-12:00',
  '2023-11-18T00:00Z',
  '2024-02-30T00:00:00Z',
  '2023-11-17T24:00:00Z',
  '2023-11-17T13:00:60Z',
  '2099-12-31T23:59:59+14:00',
  '2000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2023-11-17 13:00',
  '-000001-01-01T00:00:00Z',
] as const;

const anyJson = fc.jsonValue({ maxDepth: 3 });

/** Bodies as a JSON Schema describes them, every so often with a part that is anything at all. */
export function bodiesOf(
  schema: Schema,
  words: readonly string[],
  definitions: Readonly<Record<string, Schema>> = {},
): fc.Arbitrary<unknown> {
  const told = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('안내드립니다.', 'We are looking into it.') },
    { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  );
  const named = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: told });
  const time = fc.oneof(fc.constantFrom(...TIMES), told);

  const exact = (one: Schema, name: string): fc.Arbitrary<unknown> => {
    if (typeof one.$ref === 'string') return part(definitions[one.$ref.split('/').at(-1) ?? ''] ?? {}, name);
    for (const choice of [one.anyOf, one.oneOf, one.allOf]) {
      if (Array.isArray(choice)) return fc.oneof(...choice.map((each: Schema) => part(each, name)));
    }
    if ('const' in one) return fc.constant(one.const);
    if (Array.isArray(one.enum)) return fc.constantFrom(...one.enum);
    switch (one.type) {
      case 'string':
        if (one.format === 'date-time' || one.format === 'date') return time;
        return /^(id|services|scope)$/.test(name) ? named : told;
      case 'integer':
      case 'number':
        return fc.oneof(fc.integer({ min: -2, max: 5 }), fc.double());
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(part((one.items ?? {}) as Schema, name), { maxLength: 3 });
      case 'object':
        return fc.record(
          Object.fromEntries(
            Object.entries((one.properties ?? {}) as Record<string, Schema>).map(([key, value]) => [
              key,
              part(value, key),
            ]),
          ),
          { requiredKeys: [...((one.required ?? []) as string[])] },
        );
      default:
        return anyJson;
    }
  };
  const part = (one: Schema, name: string): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 30, arbitrary: exact(one, name) }, { weight: 1, arbitrary: anyJson });
  return fc.oneof({ weight: 12, arbitrary: part(schema, '') }, { weight: 1, arbitrary: anyJson });
}
