import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const FONT = new URL('.', import.meta.resolve('@fontsource-variable/noto-sans-kr/package.json'));
const PAGE = new URL('./page/', import.meta.url);

/** The page itself: html, css, modules and the Korean font, all from this machine. */
export function createPage(): Hono {
  const app = new Hono();
  app.get('/', () => file(PAGE, 'index.html', 'no-cache'));
  app.get('/page/:name{[a-z0-9-]+\\.(js|css|svg)}', (c) => file(PAGE, c.req.param('name'), 'no-cache'));
  app.get('/font/index.css', () => file(FONT, 'index.css', 'max-age=3600'));
  app.get('/font/files/:name{[a-z0-9-]+\\.woff2}', (c) =>
    file(FONT, `files/${c.req.param('name')}`, 'max-age=31536000, immutable'),
  );
  return app;
}

async function file(folder: URL, name: string, caching: string): Promise<Response> {
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  try {
    const content = await readFile(new URL(name, folder));
    return new Response(new Uint8Array(content), {
      headers: { ...HEADERS, 'content-type': type, 'cache-control': caching },
    });
  } catch {
    return new Response('Not found', { status: 404, headers: HEADERS });
  }
}
