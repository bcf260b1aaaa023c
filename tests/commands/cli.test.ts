import { afterAll, describe, expect, it } from 'vitest';
import { openDesk } from '../support/run.ts';

const desk = openDesk();
afterAll(desk.clear);

const allim = (args: readonly string[], input = '') => desk.run('src/cli.ts', args, { input });

describe('the command line', { timeout: 60_000 }, () => {
  it('answers a question as a citizen would hear it', async () => {
    const { code, out, err } = await allim(['ask', '--lang', 'en', 'is', 'government24', 'working?']);
    expect(err).toBe('');
    expect(out).toMatch(/^Operational · Government24/);
    expect(code).toBe(0);
  });

  it('refuses an empty question', async () => {
    const { code, out, err } = await allim(['ask', '  ']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^The question is empty\./);
  });

  it('understands what is piped in, and names the line that it cannot', async () => {
    const { code, out, err } = await allim(['understand'], '{"text":"정부24 되나요"}\n{"txt":"x"}\n');
    expect(JSON.parse(out).services).toEqual(['gov24']);
    expect(err).toMatch(/^Line 2: /);
    expect(code).toBe(1);
  });

  it('checks a catalogue: file, line, path and remedy', async () => {
    const service = { id: 'a', name: { ko: '가' }, agency: 'mois', kind: 'service', category: 'tax' };
    const file = desk.write('own.json', JSON.stringify({ services: [service] }, null, 1));
    const { code, err } = await allim(['catalogue', 'check', file]);
    expect(err).toBe('own.json:5 services[0].name.en: is missing. Add it\n');
    expect(code).toBe(1);
  });

  it('makes and ends officials, and names the option that is wrong', async () => {
    const add = (name: string) =>
      allim(['official', 'add', '--name', name, '--agency', '행정안전부', '--role', 'operator']);
    const added = await add('김\n민원');
    expect(added.err).toMatch(/database of the sandbox/);
    expect(added.out).toMatch(/^official {3}ofc_\w+ {2}김 민원, .*, operator\n/);
    expect(added.out).toMatch(/\nAPI token {2}allim_/);
    const id = /ofc_\w+/.exec(added.out)?.[0] ?? '';
    expect((await allim(['official', 'revoke', id])).out).toMatch(/^Revoked: /);
    expect((await add('')).err).toMatch(/\n--name: /);
  });
});
