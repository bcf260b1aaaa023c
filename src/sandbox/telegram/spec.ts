import { readFileSync } from 'node:fs';
import type { Flaw } from '../flaw.ts';
import { isObject, type Json } from '../platform.ts';

interface Field {
  readonly name: string;
  readonly types: readonly string[];
  readonly required: boolean;
  readonly description?: string;
}
interface Shape {
  readonly name: string;
  readonly fields?: readonly Field[];
  readonly subtypes?: readonly string[];
}
interface Spec {
  readonly methods: Readonly<Record<string, Shape>>;
  readonly types: Readonly<Record<string, Shape>>;
}

const spec: Spec = JSON.parse(readFileSync(new URL('../specs/telegram/api.json', import.meta.url), 'utf8'));
const spelled = new Map(Object.keys(spec.methods).map((name) => [name.toLowerCase(), name]));

/** Methods are found whatever their case, as the Bot API does. Null: we do not play it. */
export const methodNamed = (name: string): string | null => spelled.get(name.toLowerCase()) ?? null;

/** Turns the strings of a form into what the method declares. */
export function fromForm(method: string, values: Json): Json {
  const fields = spec.methods[method]?.fields ?? [];
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const types = fields.find((field) => field.name === name)?.types ?? ['String'];
      return [name, typeof value === 'string' ? coerce(value, types) : value];
    }),
  );
}

function coerce(value: string, types: readonly string[]): unknown {
  if (types.includes('Integer') && /^-?\d{1,16}$/.test(value)) return Number(value);
  if (types.includes('Float') && value !== '' && !Number.isNaN(Number(value))) return Number(value);
  if (types.includes('Boolean') && ['true', 'false', '1', '0'].includes(value.toLowerCase())) {
    return value.toLowerCase() === 'true' || value === '1';
  }
  if (types.includes('String')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Checks arguments against the published description of the method. */
export function flawsOf(method: string, values: Json): Flaw[] {
  return flawsOfFields(spec.methods[method]?.fields ?? [], values, '');
}

function flawsOfFields(fields: readonly Field[], values: Json, at: string): Flaw[] {
  const flaws: Flaw[] = [];
  for (const name of Object.keys(values)) {
    if (!fields.some((field) => field.name === name)) {
      flaws.push({ rule: 'unknown-argument', path: at + name, detail: `there is no "${name}" here` });
    }
  }
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined || value === null) {
      if (field.required)
        flaws.push({ rule: 'missing', path: at + field.name, detail: `${field.name} is empty` });
      continue;
    }
    flaws.push(...flawsOfValue(field.types, value, at + field.name), ...flawsOfLength(field, value, at));
  }
  return flaws;
}

/** The flaws under the type that fits best: none when any type fits. */
function flawsOfValue(types: readonly string[], value: unknown, at: string): Flaw[] {
  let best: Flaw[] | null = null;
  for (const type of types) {
    const flaws = flawsOfType(type, value, at);
    if (flaws.length === 0) return [];
    if (best === null || flaws.length < best.length) best = flaws;
  }
  return best ?? [];
}

function flawsOfType(type: string, value: unknown, at: string): Flaw[] {
  const wrong: Flaw[] = [{ rule: 'type', path: at, detail: `must be ${type}` }];
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return wrong;
    return value.flatMap((item, i) => flawsOfType(type.slice('Array of '.length), item, `${at}[${i}]`));
  }
  switch (type) {
    case 'Integer':
      return Number.isSafeInteger(value) ? [] : wrong;
    case 'Float':
      return typeof value === 'number' ? [] : wrong;
    case 'String':
      return typeof value === 'string' ? [] : wrong;
    case 'Boolean':
      return typeof value === 'boolean' ? [] : wrong;
    case 'True':
      return value === true ? [] : wrong;
    case 'InputFile':
      return value instanceof File ? [] : wrong;
  }
  const shape = spec.types[type];
  if (shape === undefined || !isObject(value)) return wrong;
  if (shape.subtypes !== undefined) return flawsOfValue(shape.subtypes, value, at);
  return flawsOfFields(shape.fields ?? [], value, `${at}.`);
}

function flawsOfLength(field: Field, value: unknown, at: string): Flaw[] {
  const limit = /(\d+)-(\d+) (characters|bytes)/.exec(field.description ?? '');
  if (limit === null || typeof value !== 'string') return [];
  const length = limit[3] === 'bytes' ? Buffer.byteLength(value) : value.length;
  if (length >= Number(limit[1]) && length <= Number(limit[2])) return [];
  return [
    { rule: 'length', path: at + field.name, detail: `${limit[1]}-${limit[2]} ${limit[3]}, got ${length}` },
  ];
}
