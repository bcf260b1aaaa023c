import { z } from 'zod';
import type { Stage } from '../stage.ts';

const language = z.enum(['ko', 'en']);
const status = z.enum(['creator', 'administrator', 'member', 'left', 'kicked']);
const chat = z.int();
const person = z.int();
const by = z.object({ person });

/** What a person does in Telegram, by name; each takes the body of its request. */
export function telegramActions(stage: Stage): Readonly<Record<string, (body: unknown) => unknown>> {
  const { people } = stage.telegram;
  const on =
    <T>(schema: z.ZodType<T>, deed: (body: T) => unknown) =>
    (body: unknown) =>
      deed(schema.parse(body));
  return {
    say: on(
      z.object({ chat, person, text: z.string().min(1), replyTo: z.int().optional() }),
      ({ replyTo, ...said }) =>
        people.say(said.chat, said.person, said.text, replyTo === undefined ? {} : { replyTo }),
    ),
    press: on(z.object({ chat, person, message: z.int(), button: z.string() }), (body) =>
      people.press(body.chat, body.person, body.message, body.button),
    ),
    send: on(
      z.object({
        chat,
        person,
        what: z.enum(['sticker', 'photo', 'voice', 'video', 'file', 'location']),
      }),
      (body) => people.send(body.chat, body.person, body.what),
    ),
    block: on(by, (body) => people.block(body.person)),
    unblock: on(by, (body) => people.unblock(body.person)),
    deactivate: on(by, (body) => people.deactivate(body.person)),
    language: on(z.object({ person, language }), (body) => {
      people.setLanguage(body.person, body.language);
      const citizen = stage.cast.citizens.find((one) => one.telegram === body.person);
      if (citizen !== undefined) citizen.language = body.language;
    }),
    bot: on(z.object({ chat, person, status }), (body) =>
      people.setBotStatus(body.chat, body.person, body.status),
    ),
    member: on(z.object({ chat, person, status }), (body) =>
      people.setMember(body.chat, body.person, body.status),
    ),
    migrate: on(z.object({ chat, quietly: z.boolean().optional() }), (body) =>
      people.migrate(body.chat, body.quietly === true ? { quietly: true } : {}),
    ),
    forbid: on(z.object({ chat, code: z.string().nullable() }), (body) =>
      people.forbid(body.chat, body.code),
    ),
    people: on(z.object({ count: z.int().min(1).max(100_000), language, started: z.boolean() }), (body) =>
      people.addMany(body.count, body.language, { started: body.started }),
    ),
  };
}
