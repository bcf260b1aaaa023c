import type { Language } from '../../domain/language.ts';
import type { ChatRef } from '../../domain/subscriber.ts';
import type { MemoOf } from '../../ports/memo.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { codeOf, reasonOf } from './errors.ts';
import type { Call } from './workspaces.ts';

const ADMINISTRATOR_KEPT_SECONDS = 60;
const LANGUAGE_KEPT_SECONDS = 24 * 3600;
const REFUSAL_KEPT_SECONDS = 600;

/** What Slack knows of a person, looked up when it matters and kept for a while. */
export interface People {
  /** The language of the person's client; null when Slack does not tell. */
  languageOf(workspace: string, person: string): Promise<Language | null>;
  /** Workspace administrators and owners, and who created the channel. */
  isAdministrator(chat: ChatRef, person: string): Promise<boolean>;
}

export function createPeople(parts: {
  readonly call: Call;
  readonly memo: MemoOf;
  readonly logger: Logger;
}): People {
  const { call, logger } = parts;
  const administrators = parts.memo<boolean>('slack-administrators');
  const languages = parts.memo<Language | 'untold'>('slack-languages');

  async function askWhetherAdministrator(chat: ChatRef, person: string): Promise<boolean> {
    const { user } = await call(chat.workspace, (client) => client.users.info({ user: person }));
    if (user?.is_admin || user?.is_owner || user?.is_primary_owner) return true;
    const { channel } = await call(chat.workspace, (client) =>
      client.conversations.info({ channel: chat.id }),
    );
    return channel?.creator === person;
  }

  return {
    async languageOf(workspace, person) {
      const key = `${workspace}:${person}`;
      const known = await languages.get(key);
      if (known !== undefined) return known === 'untold' ? null : known;
      try {
        const { user } = await call(workspace, (client) =>
          client.users.info({ user: person, include_locale: true }),
        );
        const language = user?.locale ? (user.locale.startsWith('ko') ? 'ko' : 'en') : null;
        await languages.set(key, language ?? 'untold', LANGUAGE_KEPT_SECONDS);
        return language;
      } catch (error) {
        // A refusal, say of a missing scope, would be the same in a moment.
        if (codeOf(error) !== null) await languages.set(key, 'untold', REFUSAL_KEPT_SECONDS);
        logger.debug({ why: reasonOf(error) }, "Slack did not tell a client's language");
        return null;
      }
    },

    async isAdministrator(chat, person) {
      if (chat.kind === 'private') return true;
      const key = `${chat.workspace}:${chat.id}:${person}`;
      const known = await administrators.get(key);
      if (known !== undefined) return known;
      try {
        const is = await askWhetherAdministrator(chat, person);
        await administrators.set(key, is, ADMINISTRATOR_KEPT_SECONDS);
        return is;
      } catch (error) {
        logger.warn({ why: reasonOf(error) }, 'Slack did not say who is an administrator');
        return false;
      }
    },
  };
}
