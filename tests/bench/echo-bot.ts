import { Bot } from 'grammy';

/** The least a Telegram bot can do: grammY's own long polling, and every text sent back. */
export async function startEcho(apiRoot: string, token: string): Promise<{ stop(): Promise<void> }> {
  const bot = new Bot(token, { client: { apiRoot } });
  bot.on('message:text', (context) => context.reply(context.message.text));
  await bot.init();
  const running = bot.start();
  return {
    async stop() {
      await bot.stop();
      await running;
    },
  };
}
