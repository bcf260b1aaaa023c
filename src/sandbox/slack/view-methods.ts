import { isObject, type Json } from '../platform.ts';
import { textOfBlocks } from './block-kit.ts';
import { labels, type Method, type Parts, Refusal, text } from './parts.ts';
import { viewOnWire } from './wire.ts';
import type { View } from './world.ts';

const MOST_MODALS = 3;

const viewOf = (values: Json): Json => (isObject(values.view) ? values.view : {});

/** What a view says, for the ledger. */
export function noteView(parts: Pick<Parts, 'ledger' | 'changes'>, view: View, kind: 'modal' | 'home'): void {
  const blocks = Array.isArray(view.json.blocks) ? view.json.blocks.filter(isObject) : [];
  const title = isObject(view.json.title) ? `${view.json.title.text}\n` : '';
  parts.ledger.record({
    platform: 'slack',
    kind,
    chat: view.person,
    person: view.person,
    messageId: view.id,
    text: title + textOfBlocks(blocks),
    buttons: labels(blocks),
    silent: true,
  });
  parts.changes.tell({ kind: 'person', platform: 'slack', id: view.person });
}

function personBy(parts: Parts, values: Json): string {
  const trigger = text(values, 'trigger_id');
  if (trigger === '') throw new Refusal('invalid_arguments', ['[ERROR] missing required field: trigger_id']);
  const exchanged = parts.world.exchange(trigger);
  if ('error' in exchanged) throw new Refusal(exchanged.error);
  return exchanged.person;
}

const open: Method = (parts, values) => {
  const person = personBy(parts, values);
  const view = parts.world.view(person, viewOf(values), { under: null });
  parts.world.modals.set(person, [view]);
  noteView(parts, view, 'modal');
  return { view: viewOnWire(parts.world, view) };
};

const push: Method = (parts, values) => {
  const person = personBy(parts, values);
  const stack = parts.world.modals.get(person) ?? [];
  if (stack.length >= MOST_MODALS) throw new Refusal('push_limit_reached');
  const view = parts.world.view(person, viewOf(values), { under: stack.at(-1) ?? null });
  parts.world.modals.set(person, [...stack, view]);
  noteView(parts, view, 'modal');
  return { view: viewOnWire(parts.world, view) };
};

const update: Method = (parts, values) => {
  const id = text(values, 'view_id');
  const external = text(values, 'external_id');
  for (const [person, stack] of parts.world.modals) {
    const old = stack.find(
      (view) => view.id === id || (external !== '' && view.json.external_id === external),
    );
    if (old === undefined) continue;
    const hash = text(values, 'hash');
    if (hash !== '' && hash !== old.hash) throw new Refusal('hash_conflict');
    const view = replaceView(parts, old, viewOf(values));
    noteView(parts, view, 'modal');
    parts.world.modals.set(
      person,
      stack.map((other) => (other === old ? view : other)),
    );
    return { view: viewOnWire(parts.world, view) };
  }
  throw new Refusal('not_found');
};

/** The same view with other content. */
export const replaceView = (parts: Pick<Parts, 'world'>, old: View, json: Json): View =>
  parts.world.view(old.person, json, { under: null, replacing: old });

const publish: Method = (parts, values) => {
  const person = text(values, 'user_id');
  if (!parts.world.people.has(person)) throw new Refusal('invalid_arguments', ['[ERROR] unknown user_id']);
  const old = parts.world.homes.get(person);
  const hash = text(values, 'hash');
  if (hash !== '' && old !== undefined && hash !== old.hash) throw new Refusal('hash_conflict');
  const view =
    old === undefined
      ? parts.world.view(person, viewOf(values), { under: null })
      : replaceView(parts, old, viewOf(values));
  parts.world.homes.set(person, view);
  noteView(parts, view, 'home');
  return { view: viewOnWire(parts.world, view) };
};

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
