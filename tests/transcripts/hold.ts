import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Language } from '../../src/domain/language.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { LedgerEntry } from '../../src/sandbox/ledger.ts';
import { type Declared, finished } from '../journeys/officials.ts';
import { openStage, type Stage } from '../journeys/stage.ts';
import { inSlack, inTelegram, type Talker } from '../journeys/talkers.ts';
import { ENGLISH_ON_SLACK } from './english-slack.ts';
import { ENGLISH_ON_TELEGRAM } from './english-telegram.ts';
import type { OfficialBody, Persona, Step } from './persona.ts';
import { seoul } from './persona.ts';
import { PERSONAS } from './personas.ts';
import { KOREAN_ON_SLACK } from './personas-ko-slack.ts';
import { KOREAN_ON_TELEGRAM } from './personas-ko-telegram.ts';

/*
 * `node tests/transcripts/hold.ts [FILE …]` holds the conversations of the personas with the whole program, through the
 * stand-ins, on a clock of its own, and writes each down as `tests/transcripts/FILE.md`, to be read by a person.
 * `--before` writes `before/FILE.md`: how it went when it was first held. `--check` writes nothing and fails where a
 * transcript is not what the program says now.
 */

/** People need a moment between two messages. */
const BETWEEN_SECONDS = 20;
const SILENCE_MS = 1500;
const WHOLE_MS = 300;

/** A clock that runs, and can be put forward. A step begins at its own moment, however long the one before took. */
function clockFrom(start: string) {
  let planned = Date.parse(start);
  let ahead = planned - Date.now();
  const clock: Clock = {
    now: () => new Date(Date.now() + ahead).toISOString(),
    random: Math.random,
  };
  const forward = (seconds: number): void => {
    planned += seconds * 1000;
    ahead = Math.max(ahead, planned - Date.now());
  };
  return { clock, forward };
}

/** The people of a conversation, where it takes place. */
function gather(stage: Stage, { place, people, language }: Persona): readonly Talker[] {
  const { telegram, slack } = stage.sandbox;
  const onTelegram = place.startsWith('Telegram');
  if (onTelegram) {
    const ids = people.map((name) => telegram.people.add(name, language, { started: true }));
    const members = Object.fromEntries(
      ids.map((id, at) => [id, at === 0 ? ('creator' as const) : ('member' as const)]),
    );
    const group = place === 'Telegram group' ? telegram.people.addChat('group', '이웃', { members }) : null;
    return ids.map((id) => inTelegram(stage.sandbox, group ?? id, id));
  }
  const ids = people.map((name) => slack.people.add(name, language));
  const [maker = ''] = ids;
  const channel =
    place !== 'Slack' ? slack.people.addChannel('team', { creator: maker, members: ids }) : null;
  return ids.map((id) => inSlack(stage.sandbox, channel ?? slack.people.directMessage(id), id));
}

/** What people, chat and home were shown, in order. */
class Listener {
  #seen = 0;
  readonly #stage: Stage;
  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** What came since it was asked last, once nothing more follows. */
  async heard(): Promise<readonly LedgerEntry[]> {
    const all = () => this.#stage.sandbox.ledger.all;
    const began = performance.now();
    let count = all().length;
    let quietSince = began;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const now = performance.now();
      if (all().length > count) {
        count = all().length;
        quietSince = now;
      }
      if (now - quietSince > (count > this.#seen ? WHOLE_MS : SILENCE_MS)) break;
    }
    const fresh = all().slice(this.#seen);
    this.#seen = count;
    return fresh;
  }
}

async function hold(persona: Persona): Promise<string> {
  const { clock, forward } = clockFrom(seoul(persona.begins));
  const onTelegram = persona.place.startsWith('Telegram');
  const stage = await openStage([onTelegram ? 'telegram polling' : 'slack http'], { clock });
  const lines = [
    `# ${persona.title}`,
    '',
    `${persona.place} · ${persona.begins} (Asia/Seoul) · ${persona.situation}`,
  ];
  try {
    const talkers = gather(stage, persona);
    const listener = new Listener(stage);
    const say = speaking(stage, persona.place);
    let incident = '';
    const official = async ({ path, body }: Extract<Step, { kind: 'official' }>): Promise<string> => {
      const told = await stage.api<Declared>('POST', path.replace('INCIDENT', incident), body);
      if (path === '/incidents') incident = told.id;
      if (told.notice !== null) await finished(stage.api, told.notice.id);
      return summary(path, body, persona.language);
    };
    for (const step of persona.steps) {
      forward(step.kind === 'later' ? step.minutes * 60 : BETWEEN_SECONDS);
      const time = clockOf(clock.now());
      if (step.kind === 'later') {
        lines.push('', `— ${time} —`);
      } else if (step.kind === 'official') {
        lines.push('', `**Official** ${time}: ${await official(step)}`);
      } else if (step.kind === 'opensHome') {
        lines.push('', `**${persona.people[0]}** ${time}: *(App Home)*`);
        await stage.sandbox.slack.people.openHome(talkers[0]?.person ?? '');
      } else {
        lines.push('', `**${persona.people[step.person]}** ${time}: ${step.text}`);
        say(talkers[step.person], step.text);
      }
      for (const entry of await listener.heard()) lines.push('', ...quoted(entry));
    }
    const { all } = stage.sandbox.violations;
    if (all.length > 0) throw new Error(`${persona.file}: ${JSON.stringify(all)}`);
  } finally {
    await stage.close();
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Says it, types the command or presses the button; what comes of it is heard elsewhere. In a thread all that is said
 * hangs under the first message; `↩ …` in a Telegram group answers the bot's last message.
 */
function speaking(stage: Stage, place: Persona['place']) {
  const { telegram, slack } = stage.sandbox;
  let thread: string | undefined;
  const press = ({ chat, person, shown }: Talker, button: string): void => {
    const under = shown().findLast((entry) => entry.buttons.includes(button))?.messageId;
    if (under === undefined || under === null) throw new Error(`no button "${button}"`);
    if (place.startsWith('Telegram')) {
      telegram.people.press(Number(chat), Number(person), Number(under), button);
    } else void slack.people.press(chat, person, under, button);
  };
  return (talker: Talker | undefined, text: string): void => {
    if (talker === undefined) throw new Error('nobody there');
    const { chat, person, shown } = talker;
    const button = /^\[(.+)\]$/.exec(text)?.[1];
    if (button !== undefined) press(talker, button);
    else if (place.startsWith('Telegram')) {
      const answered = text.startsWith('↩ ') ? Number(shown().at(-1)?.messageId) : undefined;
      const options = answered === undefined ? {} : { replyTo: answered };
      telegram.people.say(Number(chat), Number(person), text.replace('↩ ', ''), options);
    } else if (text.startsWith('/allim ')) {
      void slack.people.slash(chat, person, text.slice(7));
    } else {
      const said = slack.people.say(chat, person, text, thread === undefined ? {} : { threadTs: thread });
      if (place === 'Slack thread') thread ??= said;
    }
  };
}

/** A call of the API in a line: what is done, to which services, in what words. */
function summary(path: string, body: OfficialBody, language: Language): string {
  const services = (body.services ?? []).map((one) =>
    typeof one === 'string' ? one : `${one.id} ${one.status}`,
  );
  const what = [
    path.replace('/INCIDENT', ''),
    body.state ?? '',
    services.join(', '),
    body.nextUpdateAt ?? '',
  ];
  return `\`${what.filter((part) => part !== '').join(' · ')}\` “${body.message[language]}”`;
}

const clockOf = (at: string): string =>
  new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Seoul', timeStyle: 'short' }).format(new Date(at));

/** What was shown, as a quotation: to whom alone, the text, the buttons. */
function quoted({ kind, text, buttons, person }: LedgerEntry): readonly string[] {
  if (kind === 'document') return ['> *(a file)*'];
  const alone = kind === 'toast' || kind === 'ephemeral' ? [`*(${kind}, to ${person} alone)*`, ''] : [];
  const how = kind === 'edit' ? ['*(drawn over the message above)*', ''] : [];
  const pressed = buttons.length === 0 ? [] : ['', buttons.map((label) => `\`[${label}]\``).join(' ')];
  // Two spaces keep the lines of a paragraph apart.
  const body = text
    .replaceAll('*', '')
    .split('\n')
    .map((line) => (line === '' ? '' : `${line}  `));
  return [...alone, ...how, ...body, ...pressed].map(
    (line) => `> ${line}`.trimEnd() + (line.endsWith('  ') ? '  ' : ''),
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { before: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
});
const everyone = [
  ...PERSONAS,
  ...KOREAN_ON_TELEGRAM,
  ...KOREAN_ON_SLACK,
  ...ENGLISH_ON_TELEGRAM,
  ...ENGLISH_ON_SLACK,
];
for (const persona of everyone.filter(({ file }) => positionals.length === 0 || positionals.includes(file))) {
  const file = new URL(`${values.before ? 'before/' : ''}${persona.file}.md`, import.meta.url);
  const transcript = await hold(persona);
  if (!values.check) writeFileSync(file, transcript);
  else if (readFileSync(file, 'utf8') !== transcript) process.exitCode = 1;
  console.log(persona.file, values.check && readFileSync(file, 'utf8') !== transcript ? 'differs' : '');
}
