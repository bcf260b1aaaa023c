import type { Button, Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Subscriber, Target } from '../../domain/subscriber.ts';
import { chatKey } from '../../domain/subscriber.ts';
import { subscribe as add, unsubscribe as remove } from '../../operations/subscriptions.ts';
import { ask } from '../buttons.ts';
import { hasTarget, listed, targetNamed, targetsOf, tellsOf, written } from '../names.ts';
import { refusal } from '../permission.ts';
import type { Request } from '../request.ts';
import { request } from '../request.ts';
import type { Answer, Answered, Visit } from '../visit.ts';
import { answered } from '../visit.ts';
import { subscriptions } from './subscriptions.ts';

/** How long "undo" can bring back what was ended. */
const UNDO_SECONDS = 3600;
/** A button's option for ending all, beside the target "everything", which is one subscription of its own. */
const ALL = 'all';

/** Ends what was named; "all" ends everything at once, with an undo; with nothing named it shows the list. */
export const unsubscribe: Answer = async (visit, asked) => {
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const { subscriber } = visit;
  if (subscriber === null) return nothingToEnd(visit);
  if (endsAll(asked)) return endAll(visit, subscriber);
  const targets = targetsOf(asked);
  if (targets.length === 0) return subscriptions(visit, asked);
  return endSome(visit, subscriber, targets, asked);
};

const endsAll = (asked: Request): boolean =>
  asked.option === ALL || (!asked.pressed && targetsOf(asked)[0]?.kind === 'everything');

async function endSome(
  visit: Visit,
  subscriber: Subscriber,
  targets: readonly Target[],
  asked: Request,
): Promise<Answered> {
  const { say, context } = visit;
  const before = await context.store.subscriptions.of(subscriber.id);
  const follows = await context.store.follows.of(subscriber.id, visit.now);
  const ended = targets.filter((target) => hasTarget(before, target));
  const unfollowed = targets.filter(
    (target) => target.kind === 'service' && follows.some((one) => one.service === target.id),
  );
  for (const target of targets) await remove(context, subscriber, target);
  const services = targets.flatMap((target) => (target.kind === 'service' ? [target.id] : []));
  if (ended.length + unfollowed.length === 0) {
    const name = nameAll(visit, targets);
    return answered(
      card(say('answers.unsubscribe.wasNot', { name }), {
        sections: [{ label: null, lines: wider(visit, targets, before) }].filter(
          (one) => one.lines.length > 0,
        ),
        buttons: [[ask(say('answers.button.subscriptions'), 'list_subscriptions')]],
      }),
      { services, pending: null },
    );
  }
  await visit.undo.set(chatKey(visit.turn.chat), ended, UNDO_SECONDS);
  const done =
    ended.length > 0
      ? say('answers.unsubscribe.done', { name: nameAll(visit, ended) })
      : say('answers.follow.ended', { name: nameAll(visit, unfollowed) });
  const undo = ended.length > 0 ? [ask(say('answers.button.undo'), 'undo')] : [];
  const about = { services, pending: null, toast: say('answers.unsubscribe.toast') };
  if (asked.pressed) return answered(await remaining(visit, done, undo), { ...about, replace: true });
  const row = [...undo, ask(say('answers.button.subscriptions'), 'list_subscriptions')];
  return answered(card(done, { buttons: [row] }), about);
}

/** After a button of the list: the list as it is now, so that the next one is a press away. */
async function remaining(visit: Visit, headline: string, undo: readonly Button[]): Promise<Card> {
  const [list] = (await subscriptions(visit, request('list_subscriptions'))).reply.cards;
  return card(headline, {
    sections: list === undefined ? [] : [{ label: null, lines: [list.headline] }, ...list.sections],
    footer: list?.footer ?? null,
    buttons: [...(undo.length > 0 ? [undo] : []), ...(list?.buttons ?? [])],
  });
}

const nameAll = (visit: Visit, targets: readonly Target[]) => {
  const [only] = targets;
  return targets.length === 1 && only !== undefined
    ? targetNamed(visit, only)
    : listed(
        visit,
        targets.map((target) => targetNamed(visit, target)),
      );
};

/** Not subscribed itself, yet told through its agency, its kind or "everything": says so, or silence would surprise. */
function wider(
  visit: Visit,
  targets: readonly Target[],
  before: readonly { readonly target: Target }[],
): readonly string[] {
  const { catalogue } = visit.context;
  const services = targets.flatMap((target) =>
    target.kind === 'service' ? (catalogue.service(target.id) ?? []) : [],
  );
  const through = before.filter(
    ({ target }) => target.kind !== 'service' && services.some((service) => tellsOf(target, service)),
  );
  return through.map(({ target }) =>
    visit.say('answers.unsubscribe.through', { name: targetNamed(visit, target) }),
  );
}

async function endAll(visit: Visit, subscriber: Subscriber): Promise<Answered> {
  const { say, context } = visit;
  const before = await context.store.subscriptions.of(subscriber.id);
  const follows = await context.store.follows.of(subscriber.id, visit.now);
  if (before.length + follows.length === 0) return nothingToEnd(visit);
  await remove(context, subscriber, 'all');
  await visit.undo.set(
    chatKey(visit.turn.chat),
    before.map((one) => one.target),
    UNDO_SECONDS,
  );
  const headline =
    before.length > 0
      ? say('answers.unsubscribe.all', { count: before.length })
      : say('answers.unsubscribe.onlyFollows', { count: follows.length });
  return answered(
    card(headline, {
      sections: [{ label: null, lines: afterAll(visit, subscriber, before.length, follows.length) }].filter(
        (section) => section.lines.length > 0,
      ),
      buttons: before.length === 0 ? [] : [[ask(say('answers.button.undo'), 'undo')]],
    }),
    { toast: say('answers.unsubscribe.toast'), pending: null },
  );
}

/** What ended with the subscriptions, and what was accepted apart from them and goes on. */
function afterAll({ say }: Visit, subscriber: Subscriber, ended: number, follows: number): readonly string[] {
  const goesOn = subscriber.announcements === true;
  return [
    ...(ended > 0 && follows > 0 ? [say('answers.unsubscribe.allFollows')] : []),
    ...(ended > 0 && !goesOn ? [say('answers.unsubscribe.allMeans')] : []),
    ...(goesOn ? [say('answers.unsubscribe.announcementsStay')] : []),
  ];
}

const nothingToEnd = (visit: Visit): Answered =>
  answered(
    card(visit.say('answers.subscriptions.none'), {
      sections: [{ label: null, lines: [visit.say('answers.subscriptions.noneMeans')] }],
      buttons: [[ask(visit.say('answers.button.chooseNews'), 'choose', null, 'subscribe')]],
    }),
  );

/** Brings back what was last ended in this chat. */
export const undo: Answer = async (visit) => {
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const { say } = visit;
  const key = chatKey(visit.turn.chat);
  const targets = (await visit.undo.get(key)) ?? [];
  if (targets.length === 0) {
    return answered(
      card(say('answers.undo.tooLate'), {
        tone: 'unknown',
        buttons: [[ask(say('answers.button.chooseNews'), 'choose', null, 'subscribe')]],
      }),
    );
  }
  const subscriber = await visit.keep();
  for (const target of targets) await add(visit.context, subscriber, target);
  await visit.undo.delete(key);
  return answered(
    card(say('answers.undo.done', { count: targets.length }), {
      tone: 'good',
      sections: [{ label: null, lines: targets.map((target) => written(targetNamed(visit, target))) }],
      buttons: [[ask(say('answers.button.subscriptions'), 'list_subscriptions')]],
    }),
    { replace: true, toast: say('answers.undo.toast') },
  );
};
