import { z } from 'zod';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Thresholds } from '../domain/detector.ts';
import { DEFAULT_THRESHOLDS } from '../domain/detector.ts';
import type { ServiceId } from '../domain/ids.ts';
import { Findings, type Placed, readDocuments } from './documents.ts';
import { ConfigError } from './environment.ts';
import { isObject, recordsIn } from './records.ts';

/** One address to look at, again and again. */
export interface ProbeSetting {
  readonly service: ServiceId;
  readonly url: string;
  readonly everySeconds: number;
  readonly timeoutSeconds: number;
  /** An answer that takes longer is slow. */
  readonly slowAfterMs: number;
  readonly thresholds: Thresholds;
  /** What a healthy page contains; null: any good answer will do. */
  readonly expectText: string | null;
}

const count = z.number().int().min(1).max(100);
const probeSchema = z.strictObject({
  service: z.string().min(1),
  url: z.string().regex(/^https?:\/\/[^\s/@]+(\/\S*)?$/, {
    error: 'must be an http or https address without a password. Correct it',
  }),
  every_seconds: z.number().min(10).max(86_400).default(60),
  timeout_seconds: z.number().min(1).max(120).default(10),
  slow_after_ms: z.number().int().min(1).max(120_000).default(5000),
  failures: count.default(DEFAULT_THRESHOLDS.failures),
  successes: count.default(DEFAULT_THRESHOLDS.successes),
  silent_after_seconds: z.number().min(10).max(604_800).default(DEFAULT_THRESHOLDS.silentAfterSeconds),
  expect_text: z.string().min(1).max(500).nullish(),
});
type ProbeEntry = z.output<typeof probeSchema>;

/**
 * The probes of a file `{"probes": [{"service", "url", …}]}`; none when there is no file.
 * @throws ConfigError with every fault: `file:line path: what is wrong. Remedy`
 */
export function readProbes(path: string | null, catalogue: Catalogue): readonly ProbeSetting[] {
  if (path === null) return [];
  const findings = new Findings();
  const documents = readDocuments(path, findings, { variable: 'PROBES_FILE', thorough: true });
  for (const document of documents) {
    if (!isObject(document.content) || !('probes' in document.content)) {
      findings.add({ document, path: [] }, 'must be an object with a list “probes”. Put the probes there');
    }
  }
  const placed = documents.flatMap((document) => recordsIn(document, 'probes', probeSchema, findings));
  const seen = new Set<string>();
  for (const one of placed) check(one, catalogue, seen, findings);
  const lines = findings.lines();
  if (lines.length > 0) throw new ConfigError(lines);
  return placed.map(({ value }) => toSetting(value));
}

function check(one: Placed<ProbeEntry>, catalogue: Catalogue, seen: Set<string>, findings: Findings): void {
  const { value } = one;
  if (catalogue.service(value.service) === undefined) {
    findings.add(one, `“${value.service}” is no service of the catalogue. Correct the id`, 'service');
  }
  if (value.timeout_seconds > value.every_seconds) {
    findings.add(one, 'must not be longer than every_seconds. Shorten it', 'timeout_seconds');
  }
  if (value.slow_after_ms >= value.timeout_seconds * 1000) {
    findings.add(
      one,
      'must be shorter than timeout_seconds, or nothing is ever slow. Shorten it',
      'slow_after_ms',
    );
  }
  if (value.silent_after_seconds < value.every_seconds * 2) {
    findings.add(
      one,
      'must be at least twice every_seconds, or a late look counts as silence. Lengthen it',
      'silent_after_seconds',
    );
  }
  const key = `${value.service} ${value.url}`;
  if (seen.has(key)) findings.add(one, 'is already looked at for this service. Remove one of the two', 'url');
  seen.add(key);
}

const toSetting = (entry: ProbeEntry): ProbeSetting => ({
  service: entry.service,
  url: entry.url,
  everySeconds: entry.every_seconds,
  timeoutSeconds: entry.timeout_seconds,
  slowAfterMs: entry.slow_after_ms,
  thresholds: {
    failures: entry.failures,
    successes: entry.successes,
    silentAfterSeconds: entry.silent_after_seconds,
  },
  expectText: entry.expect_text ?? null,
});
