import { card } from '../../card/card.ts';
import { seoulDay } from '../../domain/instant.ts';
import { chatKey } from '../../domain/subscriber.ts';
import { eraseChat, exportChat } from '../../operations/chats.ts';
import { dayOf } from '../../wording/dates.ts';
import { sayIn } from '../../wording/i18n.ts';
import { ask } from '../buttons.ts';
import { listed, targetNamed } from '../names.ts';
import { refusal } from '../permission.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered } from '../visit.ts';
import { quietInWords } from './quiet.ts';

const CONFIRMED = /^(yes|confirm|erase|ok|네|예|응|확인|지우기|지워|삭제)/iu;

/** What is stored of this very chat, and what never is. */
export const privacy: Answer = async (visit, asked) => {
  if (asked.topic === 'mydata') return mydata(visit, asked);
  if (asked.topic === 'forget') return forget(visit, asked);
  const { say } = visit;
  return answered(
    card(say('answers.privacy.headline'), {
      sections: [
        { label: say('answers.privacy.stored'), lines: await storedLines(visit) },
        {
          label: say('answers.privacy.briefly'),
          lines: [
            say('answers.privacy.message'),
            say('answers.privacy.dialog'),
            say('answers.privacy.reports'),
            say('answers.privacy.unanswered'),
          ],
        },
        { label: say('answers.privacy.never'), lines: [say('answers.privacy.neverWhat')] },
        { label: say('answers.privacy.abroad'), lines: [say('answers.privacy.platforms')] },
      ],
      buttons: [
        [
          ask(say('answers.button.mydata'), 'mydata'),
          ask(say('answers.button.forget'), 'forget', null, '', 'danger'),
        ],
      ],
    }),
  );
};

async function storedLines(visit: Visit): Promise<readonly string[]> {
  const { say, context, subscriber, language, now } = visit;
  if (subscriber === null) return [say('answers.privacy.nothing')];
  const subscriptions = await context.store.subscriptions.of(subscriber.id);
  const follows = await context.store.follows.of(subscriber.id, now);
  const region = context.catalogue.region(subscriber.region ?? '');
  const names = listed(
    visit,
    subscriptions.slice(0, 5).map((one) => targetNamed(visit, one.target)),
  );
  return [
    say('answers.privacy.chat', { day: dayOf(seoulDay(subscriber.createdAt), now, language) }),
    subscriptions.length === 0
      ? say('answers.privacy.noSubscriptions')
      : say('answers.privacy.subscriptions', { count: subscriptions.length, names }),
    ...(follows.length === 0 ? [] : [say('answers.privacy.follows', { count: follows.length })]),
    ...(subscriber.language === null
      ? []
      : [say('answers.privacy.language', { language: sayIn(subscriber.language)('answers.language.self') })]),
    ...(region === undefined ? [] : [say('answers.privacy.region', { name: region.name[language] })]),
    quietInWords(visit),
    say('answers.privacy.deliveries'),
  ];
}

/** Everything stored of this chat, as a file, with a summary to read. */
export const mydata: Answer = async (visit) => {
  const { say, context, turn } = visit;
  const data = await exportChat(context, turn.chat);
  return answered(
    card(say('answers.mydata.headline'), {
      sections: [
        { label: null, lines: await storedLines(visit) },
        { label: null, lines: [say('answers.mydata.file')] },
      ],
      buttons: [[ask(say('answers.button.forget'), 'forget', null, '', 'danger')]],
    }),
    {
      file: { name: 'allim-mydata.json', content: `${JSON.stringify(data, null, 2)}\n` },
      privately: true,
    },
  );
};

/** Asks first; then erases everything stored of this chat and hands over a receipt. */
export const forget: Answer = async (visit, asked) => {
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const { say, context, turn } = visit;
  const confirmed = CONFIRMED.test(asked.option) || (asked.what === 'forget' && CONFIRMED.test(asked.text));
  if (!confirmed) {
    return answered(
      card(say('answers.forget.sure'), {
        tone: 'caution',
        sections: [{ label: null, lines: [say('answers.forget.means'), say('answers.forget.typed')] }],
        buttons: [
          [
            ask(say('answers.button.forgetYes'), 'forget', null, 'yes', 'danger'),
            ask(say('answers.button.mydata'), 'mydata'),
          ],
        ],
      }),
      { pending: { kind: 'offer', intent: 'privacy', services: [] } },
    );
  }
  const { receipt, counts } = await eraseChat(context, turn.chat);
  await visit.undo.delete(chatKey(turn.chat));
  await visit.forgetDialog();
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return answered(
    card(say(total === 0 ? 'answers.forget.nothing' : 'answers.forget.done'), {
      tone: 'good',
      sections: [
        {
          label: null,
          lines: [
            ...(total === 0 ? [] : [say('answers.forget.count', { count: total })]),
            say('answers.forget.receipt', { receipt }),
            say('answers.forget.chat'),
          ],
        },
      ],
    }),
    { replace: asked.pressed },
  );
};
