import type { Button, Section } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { ServiceId } from '../../domain/ids.ts';
import { statusOf } from '../../domain/status.ts';
import type { Follow, Subscription } from '../../domain/subscriber.ts';
import { statusLine } from '../../wording/status-line.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { isKnown, serviceNamed, targetNamed, written } from '../names.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered, inPrivate } from '../visit.ts';
import { chunk } from './lists.ts';
import { quietInWords } from './quiet.ts';

const PER_PAGE = 6;

/** What the chat is told, with how each service is now and a button to end each. */
export const subscriptions: Answer = async (visit, asked) => {
  const { say, context, subscriber, now } = visit;
  const all = subscriber === null ? [] : await context.store.subscriptions.of(subscriber.id);
  const follows = subscriber === null ? [] : await context.store.follows.of(subscriber.id, now);
  if (subscriber === null || all.length + follows.length === 0) {
    return answered(
      card(say('answers.subscriptions.none'), {
        sections: [{ label: null, lines: [say('answers.subscriptions.noneMeans')] }],
        buttons: [
          [ask(say('answers.button.chooseNews'), 'choose', null, 'subscribe', 'primary')],
          [ask(say('answers.button.subscribeEverything'), 'subscribe', { kind: 'everything', id: '*' })],
        ],
      }),
    );
  }
  const page = Math.max(0, Number.parseInt(asked.option, 10) || 0);
  const shown = all.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  const facts = await visit.facts();
  const line = (subscription: Subscription) => {
    const { target } = subscription;
    if (target.kind !== 'service' || !isKnown(visit.context.catalogue, target))
      return written(targetNamed(visit, target));
    const status = statusOf(target.id, facts, context.catalogue, subscriber.region);
    return statusLine(status, context.catalogue, visit.language, now);
  };
  const sections: Section[] = [];
  if (shown.length > 0)
    sections.push({ label: say('answers.subscriptions.subscribed'), lines: shown.map(line) });
  if (follows.length > 0 && page === 0) {
    const lines = follows.map((follow) => written(serviceNamed(visit, follow.service)));
    sections.push({ label: say('answers.subscriptions.followed'), lines });
  }
  const here = inPrivate(visit) ? 'answers.subscriptions.headline' : 'answers.subscriptions.headlineHere';
  const headline =
    all.length > 0
      ? say(here, { count: all.length })
      : say('answers.subscriptions.onlyFollows', { count: follows.length });
  return answered(
    card(headline, {
      sections,
      footer: quietInWords(visit),
      buttons: [
        ...chunk(
          [
            ...shown.map((one) => endButton(visit, one)),
            ...(page === 0 ? unfollowButtons(visit, follows) : []),
          ],
          2,
        ),
        ...pager(visit, page, all.length),
        [
          ask(say('answers.button.subscribeMore'), 'choose', null, 'subscribe'),
          ask(say('answers.button.unsubscribeAll'), 'unsubscribe', null, 'all', 'danger'),
        ],
        [ask(say('answers.button.quiet'), 'quiet')],
      ],
    }),
    { replace: asked.pressed && asked.option !== '', ...pointedAt(shown, page === 0 ? follows : []) },
  );
};

/** What "the second one" means, where all that is listed is a service. */
function pointedAt(
  shown: readonly Subscription[],
  follows: readonly Follow[],
): { listed?: readonly ServiceId[] } {
  const services = shown.flatMap(({ target }) => (target.kind === 'service' ? [target.id] : []));
  if (services.length < shown.length) return {};
  return { listed: [...services, ...follows.map((follow) => follow.service)] };
}

const endButton = (visit: Visit, { target }: Subscription): Button =>
  ask(
    visit.say('answers.button.unsubscribeNamed', { name: targetNamed(visit, target) }),
    'unsubscribe',
    target,
  );

const unfollowButtons = (visit: Visit, follows: readonly Follow[]): readonly Button[] =>
  follows
    .slice(0, PER_PAGE)
    .map(({ service }) =>
      ask(
        visit.say('answers.button.unfollowNamed', { name: serviceNamed(visit, service) }),
        'unfollow',
        serviceTarget(service),
      ),
    );

function pager(visit: Visit, page: number, count: number): readonly (readonly Button[])[] {
  const row = [
    ...(page > 0
      ? [ask(visit.say('answers.button.previous'), 'list_subscriptions', null, String(page - 1))]
      : []),
    ...((page + 1) * PER_PAGE < count
      ? [ask(visit.say('answers.button.next'), 'list_subscriptions', null, String(page + 1))]
      : []),
  ];
  return row.length === 0 ? [] : [row];
}
