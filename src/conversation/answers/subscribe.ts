import type { Section } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { ServiceId } from '../../domain/ids.ts';
import type { Target } from '../../domain/subscriber.ts';
import { subscribe as add } from '../../operations/subscriptions.ts';
import { ask } from '../buttons.ts';
import { pickService } from '../dialogs/choose.ts';
import { isKnown, listed, serviceNamed, targetNamed, targetsOf } from '../names.ts';
import { refusal } from '../permission.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered, inPrivate } from '../visit.ts';
import { follow } from './follow.ts';
import { quietInWords } from './quiet.ts';

const MOST_AT_ONCE = 20;

/** Subscribes to what was named, at once; asks when nothing was. "Tell me when it is back" only follows. */
export const subscribe: Answer = async (visit, asked) => {
  if (asked.topic === 'one_shot' && asked.services.length > 0) return follow(visit, asked);
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const targets = targetsOf(asked).filter((target) => isKnown(visit.context.catalogue, target));
  if (targets.length === 0) return pickService(visit, 'subscribe', asked);

  const subscriber = await visit.keep();
  const added: Target[] = [];
  const followed = new Set<ServiceId>();
  for (const target of targets.slice(0, MOST_AT_ONCE)) {
    const result = await add(visit.context, subscriber, target);
    if (result.added) added.push(target);
    for (const id of result.followed) followed.add(id);
  }
  return confirmation(visit, targets.slice(0, MOST_AT_ONCE), added, [...followed]);
};

function confirmation(
  visit: Visit,
  targets: readonly Target[],
  added: readonly Target[],
  followed: readonly ServiceId[],
) {
  const { say } = visit;
  const [only] = targets;
  const name =
    targets.length === 1 && only !== undefined
      ? targetNamed(visit, only)
      : listed(
          visit,
          targets.map((target) => targetNamed(visit, target)),
        );
  const already = added.length === 0;
  const place = inPrivate(visit) ? 'answers.subscribe.done' : 'answers.subscribe.doneHere';
  const sections: Section[] = [{ label: null, lines: [say('answers.subscribe.what')] }];
  if (followed.length > 0) {
    const names = listed(
      visit,
      followed.slice(0, 3).map((id) => serviceNamed(visit, id)),
    );
    sections.push({ label: null, lines: [say('answers.subscribe.followed', { names })] });
  }
  const single = targets.length === 1 && only !== undefined ? only : null;
  return answered(
    card(say(already ? 'answers.subscribe.already' : place, { name }), {
      tone: 'good',
      sections,
      footer: quietInWords(visit),
      buttons: [
        [
          ...(single === null ? [] : [ask(say('answers.button.unsubscribe'), 'unsubscribe', single)]),
          ask(say('answers.button.subscriptions'), 'list_subscriptions'),
        ],
      ],
    }),
    {
      services: targets.flatMap((target) => (target.kind === 'service' ? [target.id] : [])),
      toast: say(already ? 'answers.subscribe.toastAlready' : 'answers.subscribe.toast'),
      pending: null,
    },
  );
}
