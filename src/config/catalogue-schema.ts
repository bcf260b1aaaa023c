import { z } from 'zod';
import { SERVICE_KINDS } from '../domain/service.ts';

/** Longest text of a catalogue: far more than a note needs. */
const LONGEST = 1000;

const words = z
  .string()
  .regex(/^\S(.*\S)?$/su, {
    error: 'is empty, or has a space at its beginning or end. Write the text without',
  })
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, {
    error:
      'holds a line break, or a character that cannot be seen. Write it on one line, of visible characters',
  })
  .max(LONGEST);

/** Text that may end up in a notice, which never carries a link. */
const told = words.refine((text) => !/https?:\/\/|www\./i.test(text), {
  error: 'holds a link, and notices carry none. Name the service or its telephone number instead',
});

const bilingual = z.strictObject({ ko: words, en: words });
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  error: 'must be lower-case letters and digits joined by hyphens, such as civil-documents. Rename it',
});
const phone = z.string().regex(/^\+?\d[\d-]{1,19}$/, {
  error: 'must be a telephone number such as 110 or 1588-2188. Correct it, or set it to null',
});
const aliases = z
  .strictObject({ ko: z.array(words).default([]), en: z.array(words).default([]) })
  .default({ ko: [], en: [] });

/** One service as written in a file: its fields, and where they were read (kept, not used). */
export const serviceSchema = z.strictObject({
  id,
  name: bilingual,
  reading: words.nullish(),
  agency: z.union([id, bilingual], {
    error: 'must be the id of an agency, or its names as {"ko": …, "en": …}. Write one of the two',
  }),
  kind: z.enum(SERVICE_KINDS),
  audience: z.enum(['citizen', 'official', 'both']).default('citizen'),
  ownership: words.nullish(),
  category: id,
  aliases,
  needs_cue: z.array(words).default([]),
  url: z
    .string()
    .regex(/^https?:\/\/\S+$/, {
      error: 'must be an address that begins with https://. Correct it, or set it to null',
    })
    .nullish(),
  url_source: words.nullish(),
  helpline: phone.nullish(),
  helpline_source: words.nullish(),
  parent: id.nullish(),
  depends_on: z.array(id).default([]),
  channels: z.array(id).default([]),
  tasks: z.array(z.strictObject({ ko: told, en: told })).default([]),
  alternatives: z.array(z.strictObject({ ko: told, en: told, via: id.nullish() })).default([]),
  confidence: words.nullish(),
  affected: z.array(z.unknown()).nullish(),
  note: words.nullish(),
  nirs_grade: z.unknown().optional(),
});
export type ServiceEntry = z.output<typeof serviceSchema>;

export const agencySchema = z.strictObject({ id, name: bilingual, aliases, phone: phone.nullish() });
export type AgencyEntry = z.output<typeof agencySchema>;

export const regionSchema = z.strictObject({ id, name: bilingual, parent: id.nullish(), aliases });
export type RegionEntry = z.output<typeof regionSchema>;

export const categorySchema = z.strictObject({ id, name: bilingual });
export type CategoryEntry = z.output<typeof categorySchema>;

export const ambiguousSchema = z.strictObject({
  alias: words,
  lang: z.enum(['ko', 'en']),
  candidates: z.array(id).min(2),
  prefer: id,
  ask: bilingual,
});
export type AmbiguousEntry = z.output<typeof ambiguousSchema>;
