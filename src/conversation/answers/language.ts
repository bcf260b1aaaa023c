import type { Button } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Language } from '../../domain/language.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { changeSettings } from '../../operations/chats.ts';
import { sayIn } from '../../wording/i18n.ts';
import { ask } from '../buttons.ts';
import { sayingCommandsOf } from '../commands.ts';
import { refusal } from '../permission.ts';
import type { Answer } from '../visit.ts';
import { answered, inPrivate } from '../visit.ts';

const NAMES: readonly (readonly [Language, RegExp])[] = [
  ['en', /\b(en|eng|english)\b|영어|잉글리[시쉬]/iu],
  ['ko', /\b(ko|kr|kor|korean|hangul|hangeul)\b|한국어|한국말|한글|국문|조선말/iu],
];

/** The language a text asks for; the one named last counts: "not Korean, English". Null when it names none. */
export function languageIn(text: string): Language | null {
  let found: { language: Language; at: number } | null = null;
  for (const [language, name] of NAMES) {
    for (const match of text.matchAll(new RegExp(name, 'giu'))) {
      if (found === null || match.index > found.at) found = { language, at: match.index };
    }
  }
  return found?.language ?? null;
}

/** Each language offered in itself: who needs it can read it. */
export const languageButtons = (): readonly Button[] =>
  LANGUAGES.map((language) => ask(sayIn(language)('answers.language.self'), 'language', null, language));

/** Sets the language of the chat, and answers in it. */
export const language: Answer = async (visit, asked) => {
  const wanted = languageIn(asked.option === '' ? asked.text : asked.option);
  if (wanted === null) {
    return answered(
      card(visit.say('answers.language.which'), {
        sections: [{ label: null, lines: [visit.say('answers.language.typed')] }],
        buttons: [languageButtons()],
      }),
    );
  }
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const subscriber = await visit.keep();
  await changeSettings(visit.context, subscriber, { language: wanted });
  const say = sayingCommandsOf(visit.turn.chat.platform, sayIn(wanted));
  return answered(
    card(say(inPrivate(visit) ? 'answers.language.changed' : 'answers.language.changedHere'), {
      tone: 'good',
      sections: [{ label: null, lines: [say('answers.language.stillBoth')] }],
    }),
    { toast: say('answers.language.toast'), language: wanted },
  );
};
