import type { z } from 'zod';
import type { Document, Findings, Placed } from './documents.ts';
import type { JsonPath } from './json-position.ts';

/**
 * The records of one list of a document, each checked by itself; a wrong one becomes findings and is left out.
 * Keys that begin with `x_` are an owner's own remarks and pass.
 */
export function recordsIn<T>(
  document: Document,
  key: string,
  schema: z.ZodType<T>,
  findings: Findings,
): readonly Placed<T>[] {
  const list = isObject(document.content) ? document.content[key] : undefined;
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    findings.add({ document, path: [key] }, 'must be a list. Put its entries between [ and ]');
    return [];
  }
  return list.flatMap((entry: unknown, index): readonly Placed<T>[] => {
    const place = { document, path: [key, index] };
    // Compiling a checker would take longer than checking a few hundred records without.
    const read = schema.safeParse(withoutRemarks(entry), { jitless: true });
    if (read.success) return [{ ...place, value: read.data }];
    for (const issue of read.error.issues) report(issue, entry, place, findings);
    return [];
  });
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutRemarks = (entry: unknown): unknown =>
  isObject(entry) && Object.keys(entry).some((key) => key.startsWith('x_'))
    ? Object.fromEntries(Object.entries(entry).filter(([key]) => !key.startsWith('x_')))
    : entry;

type Issue = z.core.$ZodIssue;

function report(
  issue: Issue,
  entry: unknown,
  place: { document: Document; path: JsonPath },
  findings: Findings,
): void {
  const deeper = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      findings.add(
        place,
        'is not a key known here. Correct its spelling, remove it, or begin it with x_',
        ...deeper,
        key,
      );
    }
    return;
  }
  findings.add(place, explained(issue, valueAt(entry, deeper)), ...deeper);
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text in double quotes',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** What is wrong and what to do, in two sentences. */
function explained(issue: Issue, value: unknown): string {
  if (value === undefined) return 'is missing. Add it';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${EXPECTED[issue.expected] ?? issue.expected}, not ${kindOf(value)}. Correct it`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}, not “${String(value).slice(0, 40)}”. Choose one`;
    case 'too_small':
      return typeof value === 'string' || issue.origin === 'string'
        ? 'is empty. Write the text, or remove the entry'
        : `must ${issue.origin === 'array' ? `have at least ${issue.minimum} entries` : `be at least ${issue.minimum}`}. Correct it`;
    case 'too_big':
      return typeof value === 'string'
        ? `is longer than ${issue.maximum} characters. Shorten it`
        : `must be at most ${issue.maximum}. Correct it`;
    default:
      return issue.message;
  }
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'text' : `the ${typeof value} ${String(value)}`;
};

const valueAt = (entry: unknown, path: JsonPath): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    entry,
  );
