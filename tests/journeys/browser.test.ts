import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as browsers, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/environment.ts';
import { freePort } from '../support/program.ts';

/** `SCREENSHOTS=docs` keeps the pictures that the README shows. */
const PICTURES = process.env.SCREENSHOTS;

let folder: string;
let app: App;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'allim-browser-'));
  const config = readConfig({});
  app = await startApp({
    ...config,
    database: { kind: 'sqlite', path: join(folder, 'sandbox.db') },
    web: { ...config.web, port: await freePort() },
    logLevel: 'fatal',
  });
  browser = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((arg) => arg !== '--single-process'), '--no-sandbox'],
  });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ko-KR' });
  page.setDefaultTimeout(15_000);
  await page.goto(`${app.url}/sandbox`);
  await page.locator('#connection.connected').waitFor({ state: 'attached' });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const telegram = (): Locator => page.locator('#telegram');
const slack = (): Locator => page.locator('#slack');
const official = (): Locator => page.locator('#official');

async function onTelegram(text: string): Promise<void> {
  await telegram().locator('.tg-input').fill(text);
  await page.keyboard.press('Enter');
}
async function onSlack(text: string): Promise<void> {
  await slack().locator('.sl-input').fill(text);
  await page.keyboard.press('Enter');
}
const picture = async (name: string): Promise<void> => {
  if (PICTURES === undefined) return;
  // Until what moves has come to rest, and the panel has counted the deliveries.
  await page.waitForTimeout(2_500);
  await page.screenshot({ path: join(PICTURES, name) });
};

describe('one person plays all three roles in one window', () => {
  it('a citizen subscribes in Korean on Telegram, another in English on Slack', async () => {
    await telegram().getByRole('button', { name: '시작' }).click();
    await onTelegram('정부24 구독할래요');
    await telegram().getByText('정부24 소식을 알려 드릴게요').waitFor();
    await slack().locator('.person[title="Emma Clark"]').click();
    await onSlack('subscribe to Government24');
    await slack()
      .getByText(/Government24/)
      .nth(1)
      .waitFor();
  });

  it('the official declares an outage, and both chats hear it within seconds', async () => {
    await official().getByRole('button', { name: '선언하고 알리기' }).click();
    await telegram().getByText('[장애] 정부24 이용 불가').waitFor();
    await slack().getByText('[Outage] Government24').waitFor();
  });

  it('both ask, each in their language, and get the status word first', async () => {
    await onTelegram('등본 떼야 하는데 정부24 되나요?');
    await telegram()
      .getByText(/^(장애 · 정부24|일부 장애 · 주민등록등본)/)
      .waitFor();
    await onSlack('is Government24 working?');
    await slack()
      .getByText(/^Outage · Government24/)
      .waitFor();
    await picture('sandbox.png');
  });

  it('the official resolves it, and both hear that it is back', async () => {
    await official().getByRole('button', { name: '복구 알리기' }).click();
    await official().locator('form.inline').getByRole('button', { name: '복구 알리기' }).click();
    await telegram().getByText('[복구] 정부24').waitFor();
    await slack().getByText('[Restored] Government24').waitFor();
    await picture('sandbox-restored.png');
    const seen = await fetch(`${app.url}/sandbox/api/violations`);
    expect(await seen.json()).toMatchObject({ violations: [] });
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator('.pane:visible').count()).toBe(1);
    expect(await page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth)).toBe(false);
    await picture('sandbox-phone.png');
  });
});
