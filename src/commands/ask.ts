import { plainText } from '../card/plain-text.ts';
import { createConversation } from '../conversation/converse.ts';
import type { Core } from '../core.ts';
import type { Language } from '../domain/language.ts';
import type { MemoOf } from '../ports/memo.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';

/** Each question stands alone: nothing is remembered from the last. */
const forgetful: MemoOf = () => ({ get: async () => undefined, set: async () => {}, delete: async () => {} });

/** The answer a citizen would get, as text. */
export async function ask(core: Core, text: string, language: Language | null): Promise<string> {
  const conversation = createConversation({
    context: core.context,
    memo: forgetful,
    isAdministrator: async () => true,
    understand: core.understand,
    quietHours: 'off',
    logger: createLogger('silent'),
    metrics: createMetrics(),
  });
  const reply = await conversation.converse({
    at: core.context.clock.now(),
    chat: { platform: 'telegram', workspace: 'console', id: 'console', kind: 'private' },
    thread: null,
    person: 'console',
    hint: language,
    act: { kind: 'text', text },
  });
  return (reply?.cards ?? []).map(plainText).join('\n\n');
}
