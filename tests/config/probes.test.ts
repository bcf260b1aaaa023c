import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/environment.ts';
import { readProbes } from '../../src/config/probes.ts';
import { catalogue } from '../domain/given.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allim-probes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (content: unknown) => {
  const path = join(folder, 'probes.json');
  writeFileSync(path, JSON.stringify(content, null, 2));
  return readProbes(path, catalogue);
};
const linesOf = (probes: unknown): readonly string[] => {
  try {
    read(probes);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines.map((line) => line.replace(`${folder}/`, ''));
    throw error;
  }
  return [];
};
const probe = { service: 'gov24', url: 'https://www.gov.kr/' };

describe('the probes', () => {
  it('are none without a file', () => {
    expect(readProbes(null, catalogue)).toEqual([]);
  });

  it('need a service and an address; the rest has a default', () => {
    expect(read({ probes: [probe] })).toEqual([
      {
        ...probe,
        everySeconds: 60,
        timeoutSeconds: 10,
        slowAfterMs: 5000,
        thresholds: { failures: 3, successes: 2, silentAfterSeconds: 600 },
        expectText: null,
      },
    ]);
  });

  it('take all of it from the file', () => {
    const full = {
      ...probe,
      every_seconds: 30,
      timeout_seconds: 5,
      slow_after_ms: 900,
      failures: 5,
      successes: 4,
      silent_after_seconds: 300,
      expect_text: '정부24',
    };
    expect(read({ probes: [full] })).toEqual([
      {
        ...probe,
        everySeconds: 30,
        timeoutSeconds: 5,
        slowAfterMs: 900,
        thresholds: { failures: 5, successes: 4, silentAfterSeconds: 300 },
        expectText: '정부24',
      },
    ]);
  });

  it('that are wrong are all told, with file, line and remedy', () => {
    const lines = linesOf({
      probes: [
        { ...probe, service: 'gov25' },
        { ...probe, url: 'https://me:secret@www.gov.kr' },
        { ...probe, url: 'https://a.kr', every_seconds: 20, timeout_seconds: 30 },
        { ...probe, url: 'https://b.kr', slow_after_ms: 10_000 },
        { ...probe, url: 'https://c.kr', every_seconds: 500 },
        { ...probe, url: 'https://d.kr', failures: 0, evry: 3 },
        { ...probe, url: 'https://e.kr' },
        { ...probe, url: 'https://e.kr' },
      ],
    });
    expect(lines).toEqual([
      expect.stringMatching(
        /^probes\.json:4 probes\[0\]\.service: “gov25” is no service of the catalogue\. /,
      ),
      expect.stringMatching(
        /^probes\.json:9 probes\[1\]\.url: must be an http or https address without a password\. /,
      ),
      expect.stringMatching(/probes\[2\]\.timeout_seconds: must not be longer than every_seconds\. /),
      expect.stringMatching(/probes\[3\]\.slow_after_ms: must be shorter than timeout_seconds/),
      expect.stringMatching(
        /probes\[4\]: must be at least twice|probes\[4\]\.silent_after_seconds: must be at least twice/,
      ),
      expect.stringMatching(/probes\[5\]\.failures: must be at least 1\. /),
      expect.stringMatching(/probes\[5\]\.evry: is not a key known here\. /),
      expect.stringMatching(/probes\[7\]\.url: is already looked at for this service\. /),
    ]);
    expect(lines.join('\n')).not.toContain('secret');
  });

  it('stand under “probes”', () => {
    expect(linesOf([probe])).toEqual([expect.stringMatching(/must be an object with a list “probes”/)]);
    expect(() => readProbes(join(folder, 'nowhere.json'), catalogue)).toThrow(
      /Set PROBES_FILE to one that exists/,
    );
  });
});
