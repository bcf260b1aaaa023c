import type { Form, FormValues, Option } from '../../card/form.ts';
import type { Catalogue } from '../../domain/catalogue.ts';
import type { Target } from '../../domain/subscriber.ts';
import type { Understanding } from '../../understanding/understanding.ts';
import { readTarget, writeAction, writeTarget } from '../buttons.ts';
import { isKnown, sameTarget, targetNamed, written } from '../names.ts';
import type { Request, What } from '../request.ts';
import { request } from '../request.ts';
import type { Visit } from '../visit.ts';

const FIELD = 'targets';
const MOST_OPTIONS = 100;
/** What a platform shows of an option's label. */
const LABEL_LENGTH = 75;

/** Several services, agencies and kinds at once, found by typing: a modal where the platform has one. */
export const subscribeForm = (visit: Visit): Form => ({
  action: writeAction('subscribe'),
  title: visit.say('answers.form.title'),
  submit: visit.say('answers.form.submit'),
  cancel: visit.say('answers.form.cancel'),
  fields: [
    {
      kind: 'choice',
      id: FIELD,
      label: visit.say('answers.form.targets'),
      placeholder: visit.say('answers.form.placeholder'),
      many: true,
      required: true,
      options: 'search',
      chosen: [],
    },
  ],
});

/** A submitted form as a request; what is no target any more is left out. */
export function readForm(what: What, values: FormValues, catalogue: Catalogue): Request {
  const targets = (values[FIELD] ?? []).flatMap((value) => readTarget(value) ?? []);
  const known = targets.filter((target) => isKnown(catalogue, target));
  const ids = (kind: Target['kind']) =>
    known.filter((target) => target.kind === kind).map((target) => target.id);
  return request(what, {
    services: ids('service'),
    agencies: ids('agency'),
    categories: ids('category'),
    topic: ids('everything').length > 0 ? 'everything' : null,
    pressed: true,
  });
}

const folded = (text: string): string => text.toLowerCase().replace(/[\s·・-]+/g, '');

/** What the typed letters may mean, the likeliest first. With nothing typed: the kinds of service. */
export function searchTargets(visit: Visit, typed: string, understood: Understanding): readonly Option[] {
  const { catalogue } = visit.context;
  const wanted = folded(typed);
  const found: Target[] = [...understood.services, ...understood.candidates].map((id) => ({
    kind: 'service',
    id,
  }));
  const matches = (...names: readonly string[]) => names.some((name) => folded(name).includes(wanted));
  if (wanted === '') found.push({ kind: 'everything', id: '*' });
  for (const { id, name } of catalogue.categories)
    if (matches(name.ko, name.en)) found.push({ kind: 'category', id });
  for (const { id, name, aliases } of catalogue.services) {
    if (wanted !== '' && matches(id, name.ko, name.en, ...aliases.ko, ...aliases.en))
      found.push({ kind: 'service', id });
  }
  for (const { id, name, aliases } of catalogue.agencies) {
    if (wanted !== '' && matches(name.ko, name.en, ...aliases.ko, ...aliases.en))
      found.push({ kind: 'agency', id });
  }
  return found
    .filter((target, i) => found.findIndex((other) => sameTarget(other, target)) === i)
    .slice(0, MOST_OPTIONS)
    .map((target) => ({
      value: writeTarget(target),
      label: written(targetNamed(visit, target)).slice(0, LABEL_LENGTH),
    }));
}
