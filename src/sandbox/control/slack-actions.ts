import { z } from 'zod';
import type { Stage } from '../stage.ts';

const channel = z.string();
const person = z.string();
const values = z.union([z.string(), z.array(z.string())]);
const filled = z.record(z.string(), values);
const by = z.object({ person });
const there = z.object({ channel, person });

/** What a person does in Slack, by name; each takes the body of its request. */
export function slackActions(stage: Stage): Readonly<Record<string, (body: unknown) => unknown>> {
  const { people, world } = stage.slack;
  const { modals } = people;
  const on =
    <T>(schema: z.ZodType<T>, deed: (body: T) => unknown) =>
    (body: unknown) =>
      deed(schema.parse(body));
  return {
    say: on(there.extend({ text: z.string().min(1), threadTs: z.string().optional() }), (body) =>
      people.say(
        body.channel,
        body.person,
        body.text,
        body.threadTs === undefined ? {} : { threadTs: body.threadTs },
      ),
    ),
    slash: on(there.extend({ text: z.string() }), (body) =>
      people.slash(body.channel, body.person, body.text),
    ),
    press: on(there.extend({ ts: z.string(), button: z.string() }), (body) =>
      people.press(body.channel, body.person, body.ts, body.button),
    ),
    choose: on(there.extend({ ts: z.string(), action: z.string(), values }), (body) =>
      people.choose(body.channel, body.person, body.ts, body.action, body.values),
    ),
    file: on(there.extend({ name: z.string(), mimetype: z.string() }), (body) =>
      people.sendFile(body.channel, body.person, body.name, body.mimetype),
    ),
    language: on(by.extend({ language: z.enum(['ko', 'en']) }), (body) =>
      people.setLanguage(body.person, body.language),
    ),
    home: on(by, (body) => people.openHome(body.person)),
    'home-press': on(by.extend({ button: z.string() }), (body) => people.pressHome(body.person, body.button)),
    'home-choose': on(by.extend({ action: z.string(), values }), (body) => {
      const home = world.homes.get(body.person);
      if (home === undefined) throw new Error('no App Home yet');
      return modals.choose(home, body.action, body.values);
    }),
    'modal-submit': on(by.extend({ filled }), (body) => modals.submit(body.person, body.filled)),
    'modal-close': on(by, (body) => modals.close(body.person)),
    'modal-press': on(by.extend({ button: z.string(), filled }), (body) =>
      modals.press(body.person, body.button, body.filled),
    ),
    'modal-choose': on(by.extend({ action: z.string(), values, filled }), (body) => {
      const view = modals.top(body.person);
      if (view === null) throw new Error('no modal is open');
      return modals.choose(view, body.action, body.values, body.filled);
    }),
    suggest: on(by.extend({ action: z.string(), typed: z.string() }), (body) =>
      modals.suggest(body.person, body.action, body.typed),
    ),
    shortcut: on(by.extend({ callback: z.string() }), (body) => people.shortcut(body.person, body.callback)),
    'add-bot': on(there, (body) => people.addBot(body.channel, body.person)),
    'remove-bot': on(there, (body) => people.removeBot(body.channel, body.person)),
    archive: on(there, (body) => people.archive(body.channel, body.person)),
    deactivate: on(by, (body) => people.deactivate(body.person)),
    uninstall: on(z.object({}), () => people.uninstall()),
    people: on(z.object({ count: z.int().min(1).max(100_000), language: z.enum(['ko', 'en']) }), (body) =>
      people.addMany(body.count, body.language),
    ),
  };
}
