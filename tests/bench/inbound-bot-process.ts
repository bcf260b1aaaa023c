/* A bare grammY echo bot behind a webhook: `inbound-bot-process.ts API_ROOT TOKEN PORT SECRET`. */
import { createServer } from 'node:http';
import { Bot, webhookCallback } from 'grammy';

const [apiRoot = '', token = '', port = '0', secretToken = ''] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot } });
bot.on('message:text', (context) => context.reply(context.message.text));
await bot.init();
createServer(webhookCallback(bot, 'http', { secretToken })).listen(Number(port), '127.0.0.1', () =>
  process.send?.('ready'),
);
process.on('disconnect', () => process.exit(0));
