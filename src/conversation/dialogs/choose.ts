import type { Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { ServiceId } from '../../domain/ids.ts';
import { statusOf } from '../../domain/status.ts';
import type { Target } from '../../domain/subscriber.ts';
import type { Intent } from '../../understanding/understanding.ts';
import { chunk, isImpaired, worstFirst } from '../answers/lists.ts';
import type { Pressable } from '../buttons.ts';
import { ask, isPressable, service as serviceTarget } from '../buttons.ts';
import { nameOfService, serviceNamed, targetNamed, written } from '../names.ts';
import type { Request } from '../request.ts';
import type { Answer, Answered, Visit } from '../visit.ts';
import { answered } from '../visit.ts';
import { subscribeForm } from './subscribe-form.ts';

const CATEGORIES_PER_PAGE = 10;
const SERVICES_PER_PAGE = 8;
const MOST_SUGGESTED = 4;

/*
 * Choosing a service by pressing: categories ──► services of one, both paged, drawn over each other.
 * What is then done with it (status, subscribe, report …) and the page travel in each button: `subscribe.2`.
 */
export const choose: Answer = async (visit, asked) => {
  const [verb = '', page = ''] = asked.option.split('.');
  const then = isPressable(verb as Intent) ? (verb as Pressable) : 'status';
  const at = Math.max(0, Number.parseInt(page, 10) || 0);
  const category = visit.context.catalogue.category(asked.categories[0] ?? '');
  const drawn =
    category === undefined
      ? categoriesCard(visit, then, at)
      : servicesCard(visit, then, category.id, category.name[visit.language], at);
  return answered(drawn, { replace: asked.pressed });
};

/** The question "which service?", for an intent that needs one: what is impaired now, else the categories. */
export async function pickService(visit: Visit, intent: Intent, asked: Request): Promise<Answered> {
  const then: Pressable = isPressable(intent) ? intent : 'status';
  const suggested = await impairedNow(visit);
  const { say } = visit;
  const question = intent === 'subscribe' ? 'answers.choose.subscribe' : 'answers.choose.which';
  const headline = say(asked.missed ? 'answers.choose.notFound' : question);
  if (suggested.length === 0 || intent === 'subscribe') {
    const drawn = { ...categoriesCard(visit, then, 0), headline };
    const form = intent === 'subscribe' ? subscribeForm(visit) : null;
    return answered(drawn, { form, asking: 'service' });
  }
  const rows = suggested.map((id) => [ask(written(serviceNamed(visit, id)), then, serviceTarget(id))]);
  return answered(
    card(headline, {
      sections: [
        { label: null, lines: [say('answers.choose.troubled'), ...numbered(visit, suggested)] },
        { label: null, lines: [say('answers.clarify.number')] },
      ],
      buttons: [...rows, [ask(say('answers.button.chooseOther'), 'choose', null, then)]],
    }),
    { listed: suggested, pending: { kind: 'choose', intent, options: suggested } },
  );
}

/** "1. …": a number typed is as good as a button pressed. */
export const numbered = (visit: Visit, options: readonly ServiceId[]): readonly string[] =>
  options.map((id, i) => `${i + 1}. ${written(serviceNamed(visit, id))}`);

async function impairedNow(visit: Visit): Promise<readonly ServiceId[]> {
  const { catalogue } = visit.context;
  const facts = await visit.facts();
  const region = visit.subscriber?.region ?? null;
  const statuses = catalogue.services
    .filter((service) => service.audience !== 'official')
    .map((service) => statusOf(service.id, facts, catalogue, region))
    .filter((one) => isImpaired(one) && one.basis !== 'channels');
  return worstFirst(statuses)
    .slice(0, MOST_SUGGESTED)
    .map((one) => one.service);
}

function categoriesCard(visit: Visit, then: Pressable, page: number): Card {
  const { say, context, language } = visit;
  const filled = context.catalogue.categories.filter(
    (one) => context.catalogue.servicesIn(one.id).length > 0,
  );
  const shown = filled.slice(page * CATEGORIES_PER_PAGE, (page + 1) * CATEGORIES_PER_PAGE);
  const rows = chunk(
    shown.map((one) => ask(one.name[language], 'choose', { kind: 'category', id: one.id }, then)),
    2,
  );
  return card(say(then === 'subscribe' ? 'answers.choose.subscribe' : 'answers.choose.which'), {
    sections: [{ label: null, lines: [say('answers.choose.orType')] }],
    buttons: [...rows, ...pager(visit, null, then, page, (page + 1) * CATEGORIES_PER_PAGE < filled.length)],
  });
}

function servicesCard(visit: Visit, then: Pressable, id: string, name: string, page: number): Card {
  const { say, context } = visit;
  const all = context.catalogue.servicesIn(id);
  const shown = all.slice(page * SERVICES_PER_PAGE, (page + 1) * SERVICES_PER_PAGE);
  const target: Target = { kind: 'category', id };
  const rows = chunk(
    shown.map((service) => ask(written(nameOfService(visit, service)), then, serviceTarget(service.id))),
    2,
  );
  const whole =
    then === 'subscribe'
      ? [
          [
            ask(
              say('answers.button.subscribeNamed', { name: targetNamed(visit, target) }),
              'subscribe',
              target,
            ),
          ],
        ]
      : [];
  return card(say('answers.choose.inCategory', { name, count: all.length }), {
    sections: [{ label: null, lines: [say('answers.choose.orType')] }],
    buttons: [
      ...rows,
      ...pager(visit, target, then, page, (page + 1) * SERVICES_PER_PAGE < all.length),
      ...whole,
      [ask(say('answers.button.back'), 'choose', null, then)],
    ],
  });
}

function pager(visit: Visit, target: Target | null, then: Pressable, page: number, more: boolean) {
  const { say } = visit;
  const row = [
    ...(page > 0 ? [ask(say('answers.button.previous'), 'choose', target, `${then}.${page - 1}`)] : []),
    ...(more ? [ask(say('answers.button.next'), 'choose', target, `${then}.${page + 1}`)] : []),
  ];
  return row.length === 0 ? [] : [row];
}
