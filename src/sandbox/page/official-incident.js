/** @import { Incident } from './shapes' */
/** @import { Api } from './official-forms.js' */
import { clockTime, h } from './dom.js';
import { inMinutes, labelled, messageBox, oneOf, submitOnce } from './official-forms.js';
import { SAMPLES } from './samples.js';
import { pageLanguage, say, stateWord, statusWord } from './words.js';

/**
 * An open incident with what can be done about it.
 * @param {Api} api
 * @param {Incident} incident
 * @param {(id: string) => string} names
 * @param {(answer: any) => void} told
 * @param {(error: unknown) => void} failed
 */
export function incidentCard(api, incident, names, told, failed) {
  const place = h('div');
  /** @param {'update' | 'resolve' | 'withdraw' | null} deed */
  const open = (deed) =>
    place.replaceChildren(
      deed === null
        ? buttons()
        : deed === 'update'
          ? updateForm(api, incident, told, failed, () => open(null))
          : endForm(api, incident, deed, told, failed, () => open(null)),
    );
  const buttons = () =>
    h(
      'div',
      { class: 'of-deeds' },
      h('button', { type: 'button', class: 'main', onclick: () => open('resolve') }, say('resolve')),
      h('button', { type: 'button', onclick: () => open('update') }, say('update')),
      h('button', { type: 'button', class: 'quiet', onclick: () => open('withdraw') }, say('withdraw')),
    );
  open(null);
  return h(
    'article',
    { class: 'of-card' },
    h('h4', {}, incident.title[pageLanguage()]),
    h(
      'ul',
      { class: 'of-affected' },
      incident.services.map(({ id, status }) =>
        h('li', {}, h('span', { class: `pill ${status}` }, statusWord(status)), h('span', {}, names(id))),
      ),
    ),
    h(
      'p',
      { class: 'muted' },
      `${stateWord(incident.state)} · ${say('since')} ${clockTime(Date.parse(incident.startedAt))}${incident.nextUpdateAt === null ? '' : ` · ${say('nextUpdate')} ${clockTime(Date.parse(incident.nextUpdateAt))}`}`,
    ),
    place,
  );
}

/**
 * @param {Api} api
 * @param {Incident} incident
 * @param {(answer: any) => void} told
 * @param {(error: unknown) => void} failed
 * @param {() => void} back
 */
function updateForm(api, incident, told, failed, back) {
  let state =
    incident.state === 'monitoring'
      ? 'identified'
      : incident.state === 'identified'
        ? 'monitoring'
        : 'identified';
  const ko = messageBox('ko', SAMPLES.updates[state]?.ko ?? '');
  const en = messageBox('en', SAMPLES.updates[state]?.en ?? '');
  const form = h(
    'form',
    {
      class: 'of-form inline',
      onsubmit: (event) => {
        event.preventDefault();
        void submitOnce(
          form,
          async () =>
            told(
              await api(`/incidents/${incident.id}/updates`, {
                state,
                message: { ko: ko.value, en: en.value },
                nextUpdateAt: inMinutes(30),
                ...(state === 'monitoring'
                  ? { services: incident.services.map(({ id }) => ({ id, status: 'recovering' })) }
                  : {}),
              }),
            ),
          failed,
        );
      },
    },
    oneOf(
      'state',
      say('state'),
      ['identified', 'monitoring'].map((value) => [value, stateWord(value)]),
      state,
      (value) => {
        state = value;
        ko.value = SAMPLES.updates[value]?.ko ?? '';
        en.value = SAMPLES.updates[value]?.en ?? '';
      },
    ),
    labelled(say('messageKo'), ko),
    labelled(say('messageEn'), en),
    ends(say('update'), back),
  );
  return form;
}

/**
 * @param {Api} api
 * @param {Incident} incident
 * @param {'resolve' | 'withdraw'} deed
 * @param {(answer: any) => void} told
 * @param {(error: unknown) => void} failed
 * @param {() => void} back
 */
function endForm(api, incident, deed, told, failed, back) {
  const sample = deed === 'resolve' ? SAMPLES.updates.resolved : SAMPLES.withdrawn;
  const ko = messageBox('ko', sample?.ko ?? '');
  const en = messageBox('en', sample?.en ?? '');
  const form = h(
    'form',
    {
      class: 'of-form inline',
      onsubmit: (event) => {
        event.preventDefault();
        const message = { ko: ko.value, en: en.value };
        void submitOnce(
          form,
          async () =>
            told(
              deed === 'resolve'
                ? await api(`/incidents/${incident.id}/updates`, { state: 'resolved', message })
                : await api(`/incidents/${incident.id}/withdraw`, { message }),
            ),
          failed,
        );
      },
    },
    labelled(say('messageKo'), ko),
    labelled(say('messageEn'), en),
    ends(say(deed), back),
  );
  return form;
}

/** @param {string} label @param {() => void} back */
const ends = (label, back) =>
  h(
    'div',
    { class: 'of-deeds' },
    h('button', { type: 'submit', class: 'main' }, label),
    h('button', { type: 'button', class: 'quiet', onclick: back }, say('cancel')),
  );
