import { card } from '../../card/card.ts';
import { linkIdentity } from '../../operations/officials.ts';
import { oneLine } from '../../wording/official-text.ts';
import type { Answer } from '../visit.ts';
import { answered, inPrivate } from '../visit.ts';

/** Ties an official to this chat identity, by a one-time code, in a private chat only. */
export const link: Answer = async (visit, asked) => {
  const { say, context, turn } = visit;
  const { platform, workspace } = turn.chat;
  if (!inPrivate(visit)) {
    return answered(card(say('answers.link.privateOnly'), { tone: 'caution' }), { privately: true });
  }
  const code = asked.text.trim();
  if (code === '' || turn.person === null) return answered(card(say('answers.link.howTo')));
  const outcome = await linkIdentity(context, code, { platform, workspace, person: turn.person });
  if (!outcome.ok) return answered(card(say('answers.link.failed'), { tone: 'caution' }));
  const agency = context.catalogue.agency(outcome.value.agency);
  return answered(
    card(say('answers.link.done', { name: outcome.value.name }), {
      tone: 'good',
      sections: [
        {
          label: null,
          lines: [
            say('answers.link.agency', {
              agency: agency === undefined ? outcome.value.agency : oneLine(agency.name, visit.language),
            }),
          ],
        },
      ],
    }),
  );
};
