/** @import { SlackChannel, SlackSurface, TelegramChat } from './shapes' */
import { act, follow, setup } from './api.js';
import { h, redraw } from './dom.js';
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
let shown = /** @type {(typeof PANES)[number]} */ ('telegram');
const phone = matchMedia('(max-width: 820px)');
phone.addEventListener('change', () => turnTo(shown));
turnTo(shown);
state.listen(drawTabs);
drawSteps();

follow(
  {
    telegram: (/** @type {TelegramChat} */ chat) => state.setChat(chat),
    slack: (/** @type {SlackChannel} */ channel) => state.setChannel(channel),
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
  for (const chat of now.telegram.chats) state.setChat(chat);
  for (const channel of now.slack.channels) state.setChannel(channel);
  for (const surface of now.slack.people) state.surfaces.set(surface.person, surface);
  state.group = now.telegram.group;
  state.setup.officialToken = now.officialToken;
  state.setup.telegram.commands = now.telegram.commands;
  state.changed();
}

window.addEventListener('unhandledrejection', (event) => {
  const alert = find('alert');
  alert.textContent = `${say('trouble')}: ${event.reason?.message ?? event.reason}`;
  alert.hidden = false;
  setTimeout(() => {
    alert.hidden = true;
  }, 6000);
});

function drawTop() {
  document.title = say('title');
  find('title').textContent = say('title');
  find('lead').textContent = say('lead');
  find('clock-label').textContent = say('seoulTime');
  const locale = pageLanguage() === 'ko' ? 'ko-KR' : 'en-GB';
  const zone = { timeZone: 'Asia/Seoul' };
  const date = new Intl.DateTimeFormat(locale, { ...zone, month: 'short', day: 'numeric', weekday: 'short' });
  const time = new Intl.DateTimeFormat('en-GB', { ...zone, timeStyle: 'medium' });
  const tick = () => {
    const now = Date.now() + ahead;
    find('date').textContent = date.format(now);
    find('clock').textContent = time.format(now);
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

/** On a phone one pane is seen at a time. @param {(typeof PANES)[number]} to */
function turnTo(to) {
  shown = to;
  drawTabs();
  state.looking = new Set(phone.matches ? [shown] : PANES);
  state.changed();
}

function drawTabs() {
  const tabs = find('tabs');
  tabs.setAttribute('aria-label', say('panes'));
  redraw(tabs, [shown, PANES.map(hasUnread)], () =>
    PANES.map((name) =>
      h(
        'button',
        {
          type: 'button',
          class: name !== shown && hasUnread(name) ? 'unread' : '',
          'aria-pressed': String(name === shown),
          onclick: () => turnTo(name),
        },
        { telegram: 'Telegram', slack: 'Slack', official: say('official') }[name],
      ),
    ),
  );
  for (const name of PANES) find(name).classList.toggle('shown', name === shown);
}

/** @param {(typeof PANES)[number]} name */
function hasUnread(name) {
  const known = {
    telegram: (/** @type {string} */ id) => state.chats.has(Number(id)),
    slack: (/** @type {string} */ id) => state.channels.has(id),
    official: () => false,
  };
  return [...state.unread].some(known[name]);
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
    turnTo('telegram');
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
      done: () =>
        state.citizens.some((citizen) => {
          const messages = state.channels.get(citizen.slackDirect)?.messages ?? [];
          return (
            messages.filter((message) => message.from === null).length > 1 || messages.some((m) => m.edited)
          );
        }),
      run: () => {
        turnTo('slack');
        state.slackPlace = 'app';
        state.slackTab = 'messages';
        state.onSlack = state.citizens.find((citizen) => citizen.key === 'emma') ?? state.onSlack;
        state.changed();
        slack.composer.offer('Is Government24 working?');
      },
    },
    {
      label: () => say('stepDeclare'),
      done: () => declared,
      run: () => {
        turnTo('official');
        official.show('declare');
      },
    },
    {
      label: () => say('stepResolve'),
      done: () => declared && state.openIncidents === 0,
      run: () => {
        turnTo('official');
        official.show('open');
      },
    },
  ]);
}
