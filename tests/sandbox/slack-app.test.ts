import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CREDENTIALS, eventually, type RunningSandbox, startSandbox } from '../support/sandbox.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** An app with one of everything, on real Bolt. */
function furnish(app: App): void {
  app.message(async ({ say }) => {
    await say({
      text: '정상이에요',
      blocks: [
        { type: 'section', text: plain('정상이에요') },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'more', value: 'v', text: plain('더 보기') }],
        },
      ],
    });
  });
  app.event('app_mention', async ({ event, say }) => {
    await say(`들었어요: ${event.text}`);
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'divider' }] },
    });
  });
  app.command('/allim', async ({ ack, command, client }) => {
    await ack(command.text === 'form' ? undefined : { text: `받음: ${command.text}` });
    if (command.text !== 'form') return;
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'subscribe',
        title: plain('구독'),
        submit: plain('확인'),
        blocks: [
          {
            type: 'input',
            block_id: 'service',
            label: plain('서비스'),
            element: { type: 'external_select', action_id: 'service', min_query_length: 1 },
          },
        ],
      },
    });
  });
  app.options('service', async ({ ack, payload }) => {
    const typed = 'value' in payload ? payload.value : '';
    await ack({ options: [{ text: plain(`${typed}24`), value: 'gov24' }] });
  });
  app.view('subscribe', async ({ ack, view }) => {
    const chosen = view.state.values.service?.service?.selected_option?.value;
    if (chosen === 'gov24') await ack();
    else await ack({ response_action: 'errors', errors: { service: '모르는 서비스예요' } });
  });
  app.action('more', async ({ ack, respond }) => {
    await ack();
    await respond({ text: '바뀌었어요', replace_original: true });
  });
}

describe.each(['http', 'socket'] as const)('a Bolt app over %s', (mode) => {
  let sandbox: RunningSandbox;
  let app: App;
  let person: string;
  let direct: string;

  beforeEach(async () => {
    sandbox = await startSandbox();
    const clientOptions = { slackApiUrl: sandbox.slackApiUrl };
    const shared = { token: CREDENTIALS.slackBotToken, clientOptions, logLevel: 'error' as never };
    if (mode === 'http') {
      const receiver = new HTTPReceiver({
        signingSecret: CREDENTIALS.slackSigningSecret,
        endpoints: '/slack/events',
        processBeforeResponse: true,
      });
      app = new App({ ...shared, receiver });
      const server = (await app.start(0)) as Server;
      sandbox.slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
    } else {
      app = new App({ ...shared, socketMode: true, appToken: CREDENTIALS.slackAppToken });
      await app.start();
    }
    furnish(app);
    person = sandbox.cast.citizens[0]?.slack ?? '';
    direct = sandbox.cast.citizens[0]?.slackDirect ?? '';
  });
  afterEach(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const latest = (chat: string, kind: 'message' | 'edit' | 'ephemeral' | 'home' | 'modal') =>
    eventually(() => sandbox.ledger.of('slack', chat, kind).at(-1), `${kind} in ${chat}`);

  it('answers a direct message, and edits it by the address of a press', async () => {
    sandbox.slack.people.say(direct, person, '정부24 되나요?');
    const { messageId } = await latest(direct, 'message');
    await sandbox.slack.people.press(direct, person, messageId ?? '', '더 보기');
    expect((await latest(direct, 'edit')).text).toBe('바뀌었어요');
    expect(sandbox.violations.all).toEqual([]);
  });

  it('hears a mention in a channel, with what people type escaped', async () => {
    const channel = sandbox.cast.slackChannel;
    sandbox.slack.people.say(channel, person, '점심 뭐 먹죠');
    sandbox.slack.people.say(channel, person, '@알림 <정부24>?');
    expect((await latest(channel, 'message')).text).toBe('들었어요: <@U0ALLIM> &lt;정부24&gt;?');
    expect(sandbox.ledger.of('slack', channel)).toHaveLength(1);
  });

  it('answers a slash command to the person alone', async () => {
    await sandbox.slack.people.slash(sandbox.cast.slackChannel, person, 'status 정부24');
    const answer = await latest(sandbox.cast.slackChannel, 'ephemeral');
    expect([answer.text, answer.person]).toEqual(['받음: status 정부24', person]);
  });

  it('opens a modal, searches, shows errors, and closes when all is well', async () => {
    const { people } = sandbox.slack;
    await people.slash(direct, person, 'form');
    await latest(person, 'modal');
    await people.modals.submit(person, {});
    expect(people.modals.top(person)?.errors).toEqual({ service: '필수 항목입니다.' });
    await people.modals.submit(person, { service: 'other' });
    expect(people.modals.top(person)?.errors).toEqual({ service: '모르는 서비스예요' });
    expect(await people.modals.suggest(person, 'service', '정부')).toEqual([
      { value: 'gov24', label: '정부24' },
    ]);
    await people.modals.submit(person, { service: 'gov24' });
    expect(people.modals.top(person)).toBeNull();
  });

  it('draws the App Home when it is opened', async () => {
    await sandbox.slack.people.openHome(person);
    expect((await latest(person, 'home')).chat).toBe(person);
  });
});

describe('delivery of events', () => {
  let sandbox: RunningSandbox;
  let app: Server;
  let seen: { headers: IncomingHttpHeaders; body: string }[];
  let status: (times: number) => number;

  beforeEach(async () => {
    seen = [];
    status = () => 200;
    app = createServer(async (request, response) => {
      seen.push({ headers: request.headers, body: Buffer.concat(await request.toArray()).toString() });
      response.writeHead(status(seen.length)).end();
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const { port } = app.address() as AddressInfo;
    sandbox = await startSandbox({
      eventsUrl: `http://127.0.0.1:${port}/slack/events`,
      slackRetryDelaysMs: [0, 20, 40],
    });
  });
  afterEach(async () => {
    await sandbox.stop();
    app.closeAllConnections();
    app.close();
  });

  const say = () => {
    const [citizen] = sandbox.cast.citizens;
    sandbox.slack.people.say(citizen?.slackDirect ?? '', citizen?.slack ?? '', '되나요?');
  };

  it('is signed over the exact body', async () => {
    say();
    const { headers, body } = await eventually(() => seen[0]);
    const signed = `v0:${headers['x-slack-request-timestamp']}:${body}`;
    const expected = createHmac('sha256', CREDENTIALS.slackSigningSecret).update(signed).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`);
  });

  it('comes again, numbered, with the same event id, three times and no more', async () => {
    status = () => 500;
    say();
    await eventually(() => seen.length === 4);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(seen.map((s) => s.headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(new Set(seen.map((s) => JSON.parse(s.body).event_id)).size).toBe(1);
  });

  it('stops once acknowledged', async () => {
    status = (times) => (times < 2 ? 500 : 200);
    say();
    await eventually(() => seen.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen).toHaveLength(2);
  });

  it('a person is told when a command is not answered', async () => {
    status = () => 500;
    const [citizen] = sandbox.cast.citizens;
    await sandbox.slack.people.slash(citizen?.slackDirect ?? '', citizen?.slack ?? '', 'status');
    expect(sandbox.ledger.of('slack', citizen?.slackDirect ?? '', 'trouble')).toHaveLength(1);
    expect(seen).toHaveLength(1);
  });
});

it('a trigger opens one modal, within three seconds', async () => {
  let now = Date.now();
  const sandbox = await startSandbox({ now: () => now });
  const [citizen] = sandbox.cast.citizens;
  const { world } = sandbox.slack;
  const trigger = world.trigger(citizen?.slack ?? '');
  expect(world.exchange(trigger)).toEqual({ person: citizen?.slack });
  expect(world.exchange(trigger)).toEqual({ error: 'exchanged_trigger_id' });
  const late = world.trigger(citizen?.slack ?? '');
  now += 3001;
  expect(world.exchange(late)).toEqual({ error: 'expired_trigger_id' });
  expect(world.exchange(randomUUID())).toEqual({ error: 'invalid_trigger_id' });
  await sandbox.stop();
});
