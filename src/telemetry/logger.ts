import { pino } from 'pino';

export type Logger = ReturnType<typeof createLogger>;

/** Fields that may carry a secret or what a person wrote; never logged, at any depth that we use. */
const REDACTED = ['token', 'secret', 'authorization', 'text', 'body', 'password', 'url'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** Telegram puts the token into the path of every call, so it also turns up inside error messages. */
export const withoutTokens = (text: string): string =>
  text
    .replace(/\d{5,}:[A-Za-z0-9_-]{20,}/g, 'TOKEN')
    .replace(/xox[a-z]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+/g, 'TOKEN');

export function createLogger(level: string) {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: {
      err: (error: unknown) => {
        const plain = pino.stdSerializers.err(error as Error);
        return {
          type: plain.type,
          message: withoutTokens(String(plain.message)),
          stack: withoutTokens(String(plain.stack ?? '')),
        };
      },
    },
  });
}
