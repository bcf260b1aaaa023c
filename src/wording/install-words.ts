import type { Language } from '../domain/language.ts';
import { sayIn } from './i18n.ts';

/** What a person reads at the end of installing the Slack app. */
export function installWords(
  language: Language,
  outcome: 'installed' | 'cancelled' | 'stale' | 'failed',
  workspace: string,
): { readonly title: string; readonly line: string; readonly again: string | null } {
  const say = sayIn(language);
  if (outcome === 'installed')
    return {
      title: say('web.install.installed.title', { workspace }),
      line: say('web.install.installed.line'),
      again: null,
    };
  return {
    title: say(`web.install.${outcome}.title`),
    line: say(`web.install.${outcome}.line`),
    again: say('web.install.again'),
  };
}
