import chromium from '@sparticuz/chromium';
import { Bot } from 'grammy';
import { type Browser, chromium as browsers, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIALS, eventually, type RunningSandbox, startSandbox } from '../support/sandbox.ts';

let sandbox: RunningSandbox;
let browser: Browser;
let bot: Bot;

beforeAll(async () => {
  sandbox = await startSandbox();
  bot = new Bot(CREDENTIALS.telegramToken, { client: { apiRoot: sandbox.telegramRoot } });
  bot.command('start', (c) =>
    c.reply('안녕하세요', { reply_markup: { inline_keyboard: [[{ text: '구독', callback_data: 's' }]] } }),
  );
  bot.on('callback_query', async (c) => {
    await c.answerCallbackQuery('구독했어요');
    await c.editMessageText('정부24 소식을 알려 드릴게요');
  });
  void bot.start();
  browser = await browsers.launch({
    executablePath: await chromium.executablePath(),
    // In a single process the whole browser ends with its first page.
    args: [...chromium.args.filter((arg) => arg !== '--single-process'), '--no-sandbox'],
  });
});
afterAll(async () => {
  await browser?.close();
  await bot?.stop();
  await sandbox.stop();
});

/** The page in a browser, with whatever it complained about. */
async function open(
  width: number,
  height: number,
  locale: string,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width, height }, locale });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  await page.goto(`http://127.0.0.1:${sandbox.port}/sandbox`);
  page.setDefaultTimeout(10_000);
  await page.locator('#connection.connected').waitFor({ state: 'attached' });
  return { page, complaints };
}

/** Whether anything pushes the page wider than the window. */
const overflows = (page: Page) =>
  page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth);

describe('the page in Chromium', () => {
  it('plays a citizen: start, press, toast, edit in place', async () => {
    const { page, complaints } = await open(1440, 900, 'ko-KR');
    await page.getByRole('button', { name: '시작' }).click();
    await page.getByRole('button', { name: '구독', exact: true }).click();
    await page.getByText('정부24 소식을 알려 드릴게요').waitFor();
    await page.getByRole('status').getByText('구독했어요').waitFor();
    await page.getByText('수정됨').waitFor();
    expect(sandbox.violations.all).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.close();
  });

  it('marks where something came in that nobody looks at', async () => {
    const { page } = await open(1440, 900, 'ko-KR');
    sandbox.telegram.people.say(1002, 1002, '/start');
    await page.locator('#telegram .person.unread[title="박준호"]').waitFor();
    await page.locator('#telegram .person[title="박준호"]').click();
    await page.locator('#telegram').getByText('안녕하세요').waitFor();
    expect(await page.locator('#telegram .person.unread').count()).toBe(0);
    await page.close();
  });

  it('sends a Slack message and a file by keyboard and button', async () => {
    const { page } = await open(1440, 900, 'en-US');
    const [, , emma] = sandbox.cast.citizens;
    await page.locator('.sl-input').fill('Is Government24 working?');
    await page.keyboard.press('Enter');
    await page.locator('.sl-message').getByText('Is Government24 working?').waitFor();
    await page.locator('.sl-foot').getByRole('button', { name: 'File' }).click();
    await eventually(() => sandbox.slack.world.channels.get(emma?.slackDirect ?? '')?.messages.length === 2);
    await page.close();
  });

  it('shows one pane at a time on a phone, in the language of the browser', async () => {
    const { page, complaints } = await open(390, 844, 'en-US');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    for (const [tab, shown] of [
      ['Slack', '#slack'],
      ['Official', '#official'],
      ['Telegram', '#telegram'],
    ] as const) {
      await page.locator('#tabs').getByRole('button', { name: tab }).click();
      expect(await page.locator('.pane:visible').count()).toBe(1);
      expect(await page.locator(shown).isVisible()).toBe(true);
      expect(await overflows(page)).toBe(false);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('gives every control a name, and every field too', async () => {
    const { page } = await open(1440, 900, 'ko-KR');
    const nameless = await page.locator('button, input, textarea, select, summary').evaluateAll((controls) =>
      controls
        .filter((control) => {
          const labels = 'labels' in control ? (control.labels as { readonly length: number } | null) : null;
          const named = control.getAttribute('aria-label') ?? control.textContent ?? '';
          return named.trim() === '' && (labels?.length ?? 0) === 0;
        })
        .map((control) => control.outerHTML),
    );
    expect(nameless).toEqual([]);
    await page.close();
  });
});
