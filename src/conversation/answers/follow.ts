import { card } from '../../card/card.ts';
import type { Service } from '../../domain/service.ts';
import { statusOf } from '../../domain/status.ts';
import { FOLLOW_DAYS } from '../../domain/subscriber.ts';
import { follow as begin, unfollow as end } from '../../operations/subscriptions.ts';
import { period } from '../../wording/dates.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { pickService } from '../dialogs/choose.ts';
import { listed, nameOfService } from '../names.ts';
import { refusal } from '../permission.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered } from '../visit.ts';
import { servicesOf } from './subject.ts';

/** "Tell me when it is back": once, then it ends by itself. What works now needs no waiting, and says so. */
export const follow: Answer = async (visit, asked) => {
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const { say } = visit;
  const services = servicesOf(visit, asked);
  if (services.length === 0) return pickService(visit, 'subscribe', asked);
  const subscriber = await visit.keep();
  const inPrivate = visit.turn.chat.kind === 'private';
  const awaited: (typeof services)[number][] = [];
  const working: (typeof services)[number][] = [];
  for (const service of services) {
    const { needed } = await begin(visit.context, subscriber, service.id);
    (needed ? awaited : working).push(service);
  }
  const remembered = { services: services.map((service) => service.id), pending: null };
  const names = (some: typeof services) =>
    some.length === 1 && some[0] !== undefined
      ? nameOfService(visit, some[0])
      : listed(
          visit,
          some.map((service) => nameOfService(visit, service)),
        );
  if (awaited.length === 0) {
    const rows = working.map((service) => [
      ask(
        say('answers.button.subscribeNamed', { name: nameOfService(visit, service) }),
        'subscribe',
        serviceTarget(service.id),
      ),
    ]);
    const planned = await plannedFor(visit, working);
    const key = planned.length > 0 ? 'answers.follow.notYet' : 'answers.follow.notNeeded';
    return answered(
      card(say(key, { name: names(working) }), {
        tone: 'good',
        sections: [{ label: null, lines: [...planned, say('answers.follow.subscribeInstead')] }],
        buttons: rows,
      }),
      { ...remembered, toast: say('answers.follow.toastNotNeeded') },
    );
  }
  const lines = [say('answers.follow.once', { days: FOLLOW_DAYS })];
  if (working.length > 0) lines.push(say('answers.follow.notNeeded', { name: names(working) }));
  const undo = awaited.map((service) => [
    ask(say('answers.button.unfollow'), 'unfollow', serviceTarget(service.id)),
  ]);
  return answered(
    card(say(inPrivate ? 'answers.follow.done' : 'answers.follow.doneHere', { name: names(awaited) }), {
      tone: 'good',
      sections: [{ label: null, lines }],
      buttons:
        awaited.length === 1 ? undo : [[ask(say('answers.button.subscriptions'), 'list_subscriptions')]],
    }),
    { ...remembered, toast: say('answers.follow.toast') },
  );
};

/** Maintenance to come: who asks to be told of its end is not told that there is nothing to wait for. */
async function plannedFor(
  { say, context, facts, now, language }: Visit,
  services: readonly Service[],
): Promise<readonly string[]> {
  const known = await facts();
  const windows = services.flatMap(({ id }) => statusOf(id, known, context.catalogue).upcoming ?? []);
  const lines = windows.map(({ startsAt, endsAt }) =>
    say('status.maintenance.ahead', { period: period(startsAt, endsAt, now, language) }),
  );
  return [...new Set(lines)];
}

export const unfollow: Answer = async (visit, asked) => {
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const { say, context, subscriber } = visit;
  const [service] = servicesOf(visit, asked);
  if (service === undefined) return pickService(visit, 'unsubscribe', asked);
  const ended = subscriber !== null && (await end(context, subscriber, service.id));
  const name = nameOfService(visit, service);
  return answered(
    card(say(ended ? 'answers.follow.ended' : 'answers.follow.wasNot', { name }), {
      buttons: [[ask(say('answers.button.subscriptions'), 'list_subscriptions')]],
    }),
    {
      services: [service.id],
      toast: say(ended ? 'answers.follow.toastEnded' : 'answers.follow.toastWasNot'),
    },
  );
};
