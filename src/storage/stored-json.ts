import { z } from 'zod';
import { AVAILABILITIES } from '../domain/availability.ts';
import type { Deadline, Scope, Source } from '../domain/incident.ts';
import { type Bilingual, LANGUAGES } from '../domain/language.ts';
import { PLATFORMS } from '../domain/subscriber.ts';

/*
 * The shapes that several stored records share. All are loose: a field that a newer version of the program wrote
 * is carried along rather than dropped.
 */

export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

export const availability = z.enum(AVAILABILITIES);

export const bilingual = z.looseObject({ ko: z.string(), en: z.string() }) satisfies z.ZodType<Bilingual>;

export const scope = z.union([z.literal('nationwide'), z.array(z.string())]) satisfies z.ZodType<Scope>;

export const source = z.looseObject({ name: bilingual, at: instant }) satisfies z.ZodType<Source>;

export const deadline = z.looseObject({
  duty: bilingual,
  basis: bilingual.nullable(),
  oldDate: z.string().nullable(),
  newDate: z.string().nullable(),
  automatic: z.boolean(),
  who: bilingual.nullable(),
}) satisfies z.ZodType<Deadline>;

/** The fields that narrow an audience; null leaves all. */
export const narrowing = {
  languages: z.array(z.enum(LANGUAGES)).nullable(),
  platforms: z.array(z.enum(PLATFORMS)).nullable(),
  regions: z.array(z.string()).nullable(),
};

/**
 * Reads JSON that we stored.
 * @throws Error that names the record, when it does not have its shape
 */
export function readStored<T>(shape: z.ZodType<T>, json: string, what: string): T {
  const result = shape.safeParse(JSON.parse(json));
  if (result.success) return result.data;
  throw new Error(`Stored ${what} is damaged: ${z.prettifyError(result.error)}`);
}
