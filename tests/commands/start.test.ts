import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { openDesk } from '../support/run.ts';

const desk = openDesk();
afterAll(desk.clear);

const start = (env: Readonly<Record<string, string>>, from = desk) => from.run('src/main.ts', [], { env });

describe('a start that cannot be ends with one line and no stack', { timeout: 60_000 }, () => {
  it('where the database does not answer, without its password', async () => {
    const { code, err } = await start({ DATABASE_URL: 'postgres://bob:s3cret@127.0.0.1:1/allim' });
    expect(err).toMatch(
      /^The database postgres:\/\/127\.0\.0\.1:1\/allim cannot be opened: .*Check DATABASE_URL\.\n$/,
    );
    expect(code).toBe(1);
  });

  it('where no folder can be made for the database', async () => {
    const { code, err } = await start({ DATABASE_URL: 'sqlite:/dev/null/deep/allim.db' });
    expect(err).toMatch(
      /^The database \/dev\/null\/deep\/allim\.db cannot be opened: .*Check DATABASE_URL\.\n$/,
    );
    expect(code).toBe(1);
  });

  it('where the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, err } = await start({ PORT: String(port), DATABASE_URL: 'sqlite:./taken.db' });
    server.close();
    expect(err).toBe(`Port ${port} on 127.0.0.1 is taken. Set PORT to a free one.\n`);
    expect(code).toBe(1);
  });

  it('where the catalogue is broken', async () => {
    desk.write('catalogue.json', '{"services": [\n  {"id": oops}\n]}');
    const { code, err } = await start({ CATALOGUE_FILE: 'catalogue.json' });
    expect(err).toBe(
      'The catalogue is not right:\n  catalogue.json:2: the text has no JSON value here. Correct the JSON there\n',
    );
    expect(code).toBe(1);
  });

  it('where a .env is wrong, even behind a byte order mark', async () => {
    const own = openDesk();
    own.write('.env', '\uFEFFPORT=many\r\nTELEGRAM_RATE=0 # none\r\nLOG_LEVEL="loud"\r\n');
    const { code, err } = await start({ LOG_LEVEL: 'info' }, own);
    own.clear();
    expect(err.match(/^ {2}\w+/gm)).toEqual(['  PORT', '  TELEGRAM_RATE']);
    expect(code).toBe(1);
  });
});
