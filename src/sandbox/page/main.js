/** @import { SlackChannel, SlackSurface, TelegramChat } from './shapes' */
import { act, follow, setup } from './api.js';
import { h } from './dom.js';
import { officialPane } from './official.js';
import { slackPane } from './slack.js';
import { State } from './state.js';
import { stepStrip } from './steps.js';
import { telegramPane } from './telegram.js';
import { pageLanguage, say, setPageLanguage } from './words.js';

const PANES = /** @type {const} */ (['telegram', 'slack', 'official']);

const find = (/** @type {string} */ id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
};

setPageLanguage(pageLanguage());
const state = new State(await setup());
/** Milliseconds the server's clock is ahead of ours. */
const ahead = Date.parse(state.setup.now) - Date.now();

drawTop();
const telegram = telegramPane(state, find('telegram'));
const slack = slackPane(state, find('slack'));
const official = officialPane(state, find('official'));
drawTabs('telegram');
drawSteps();

follow(
  {
    telegram: (/** @type {TelegramChat} */ chat) => state.setChat(chat),
    slack: (/** @type {SlackChannel} */ channel) => {
      state.channels.set(channel.id, channel);
      state.changed();
    },
    'slack-person': (/** @type {SlackSurface} */ surface) => {
      state.surfaces.set(surface.person, surface);
      state.changed();
    },
    typing: ({ id }) => telegram.typing(id),
    toast: ({ person, text }) => {
      if (person === String(state.onTelegram.telegram)) telegram.toast(text);
    },
    reset: () => location.reload(),
  },
  async (connected) => {
    const dot = find('connection');
    dot.className = connected ? 'connected' : 'disconnected';
    dot.textContent = say(connected ? 'connected' : 'disconnected');
    if (connected) await catchUp();
  },
);

/** What happened while the stream was away, and commands the bot registered since. */
async function catchUp() {
  const now = await setup();
  for (const chat of now.telegram.chats) state.chats.set(chat.id, chat);
  for (const channel of now.slack.channels) state.channels.set(channel.id, channel);
  for (const surface of now.slack.people) state.surfaces.set(surface.person, surface);
  state.group = now.telegram.group;
  state.setup.telegram.commands = now.telegram.commands;
  state.changed();
}

function drawTop() {
  document.title = say('title');
  find('title').textContent = say('title');
  find('lead').textContent = say('lead');
  find('clock-label').textContent = say('seoulTime');
  const time = new Intl.DateTimeFormat(pageLanguage() === 'ko' ? 'ko-KR' : 'en-GB', {
    timeZone: 'Asia/Seoul',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const tick = () => {
    find('clock').textContent = time.format(Date.now() + ahead);
  };
  tick();
  setInterval(tick, 1000);
  const reset = find('reset');
  reset.textContent = say('reset');
  reset.addEventListener('click', () => act('reset', {}).catch(() => location.reload()));
  find('languages').replaceChildren(
    .../** @type {const} */ (['ko', 'en']).map((language) =>
      h(
        'button',
        {
          type: 'button',
          lang: language,
          'aria-pressed': String(pageLanguage() === language),
          onclick: () => {
            setPageLanguage(language);
            location.reload();
          },
        },
        language === 'ko' ? '한국어' : 'English',
      ),
    ),
  );
  find('languages').setAttribute('aria-label', say('pageLanguage'));
}

/** On a phone one pane is seen at a time. @param {(typeof PANES)[number]} shown */
function drawTabs(shown) {
  const tabs = find('tabs');
  tabs.setAttribute('aria-label', say('panes'));
  tabs.replaceChildren(
    ...PANES.map((name) =>
      h(
        'button',
        { type: 'button', 'aria-pressed': String(name === shown), onclick: () => drawTabs(name) },
        { telegram: 'Telegram', slack: 'Slack', official: say('official') }[name],
      ),
    ),
  );
  for (const name of PANES) find(name).classList.toggle('shown', name === shown);
}

function drawSteps() {
  const said = (/** @type {string} */ part) => {
    const citizens = state.citizens.map((citizen) => state.chats.get(citizen.telegram));
    return citizens.some((chat) =>
      chat?.messages.some((message) => !message.byBot && (message.text ?? '').includes(part)),
    );
  };
  let declared = state.openIncidents > 0;
  state.listen(() => {
    declared ||= state.openIncidents > 0;
  });
  const onTelegram = (/** @type {string} */ text) => {
    drawTabs('telegram');
    state.telegramPlace = 'private';
    state.onTelegram = state.citizens[0] ?? state.onTelegram;
    state.changed();
    telegram.composer.offer(text);
  };
  stepStrip(state, find('steps'), [
    {
      label: () => say('stepAsk'),
      done: () => said('되나') || said('정부24'),
      run: () => onTelegram('등본 떼야 하는데 정부24 되나요?'),
    },
    {
      label: () => say('stepSubscribe'),
      done: () => said('subscribe') || said('구독') || said('알려') || said('소식'),
      run: () => onTelegram('/subscribe 정부24'),
    },
    {
      label: () => say('stepSlack'),
      done: () => state.citizens.some((c) => (state.channels.get(c.slackDirect)?.messages.length ?? 0) > 0),
      run: () => {
        drawTabs('slack');
        state.slackPlace = 'app';
        state.slackTab = 'messages';
        state.onSlack = state.citizens.find((citizen) => citizen.key === 'emma') ?? state.onSlack;
        state.changed();
        slack.composer.offer('Is Government24 working? Let me know when it goes down.');
      },
    },
    {
      label: () => say('stepDeclare'),
      done: () => declared,
      run: () => {
        drawTabs('official');
        official.show('declare');
      },
    },
    {
      label: () => say('stepResolve'),
      done: () => declared && state.openIncidents === 0,
      run: () => {
        drawTabs('official');
        official.show('open');
      },
    },
  ]);
}
