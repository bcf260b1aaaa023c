/** @import { ServiceEntry, Status } from './shapes' */
import { h } from './dom.js';
import { SAMPLES } from './samples.js';
import { servicePicker } from './service-picker.js';
import { pageLanguage, say, sayMinutes, statusWord } from './words.js';

/** @typedef {(path: string, body?: unknown) => Promise<any>} Api */

/** @type {readonly Status[]} */
const DOWN = ['major_outage', 'partial_outage', 'degraded'];

/** @param {string} label @param {HTMLElement} field */
export const labelled = (label, field) => h('label', { class: 'of-field' }, h('span', {}, label), field);

/**
 * Choices side by side, of which one is taken.
 * @param {string} name
 * @param {string} legend
 * @param {readonly (readonly [string, string])[]} choices
 * @param {string} taken
 * @param {(value: string) => void} onTake
 */
export function oneOf(name, legend, choices, taken, onTake) {
  const group = `${name}-${Math.random().toString(36).slice(2)}`;
  return h(
    'fieldset',
    { class: 'of-field' },
    h('legend', {}, legend),
    h(
      'div',
      { class: 'one-of' },
      choices.map(([value, label]) =>
        h(
          'label',
          { class: value },
          h('input', {
            type: 'radio',
            name: group,
            value,
            checked: value === taken,
            onchange: () => onTake(value),
          }),
          h('span', {}, label),
        ),
      ),
    ),
  );
}

/** @param {string} language @param {string} value */
export const messageBox = (language, value) =>
  h('textarea', { rows: 2, required: true, lang: language, maxlength: 600, value });

/**
 * Runs a form's deed once, with its button blocked meanwhile.
 * @param {HTMLElement} form
 * @param {() => Promise<void>} deed
 * @param {(error: unknown) => void} failed
 */
export async function submitOnce(form, deed, failed) {
  const button = /** @type {HTMLButtonElement | null} */ (form.querySelector('[type=submit]'));
  if (button?.disabled) return;
  if (button !== null) button.disabled = true;
  try {
    await deed();
  } catch (error) {
    failed(error);
  } finally {
    if (button !== null) button.disabled = false;
  }
}

/** @param {Api} api @param {(answer: any, held: boolean) => void} told @param {(error: unknown) => void} failed */
export function declareForm(api, told, failed) {
  /** @type {ServiceEntry[]} */
  const services = [];
  let status = /** @type {Status} */ ('major_outage');
  let minutes = '30';
  const ko = messageBox('ko', SAMPLES.outages[0]?.message.ko ?? '');
  const en = messageBox('en', SAMPLES.outages[0]?.message.en ?? '');
  const critical = h('input', { type: 'checkbox' });
  const picker = servicePicker(api, services);
  void api('/services?query=gov24').then(({ items }) => {
    const first = items.find((/** @type {ServiceEntry} */ service) => service.id === 'gov24');
    if (first === undefined || services.length > 0) return;
    services.push(first);
    picker.replaceWith(servicePicker(api, services));
  }, failed);
  const statuses = h('div');
  const drawStatuses = () =>
    statuses.replaceChildren(
      oneOf(
        'status',
        say('status'),
        DOWN.map((s) => [s, statusWord(s)]),
        status,
        (value) => {
          status = /** @type {Status} */ (value);
        },
      ),
    );
  drawStatuses();
  const sample = h(
    'select',
    {
      onchange: () => {
        const chosen = SAMPLES.outages[Number(sample.value)];
        if (chosen === undefined) return;
        status = chosen.status;
        ko.value = chosen.message.ko;
        en.value = chosen.message.en;
        drawStatuses();
      },
    },
    SAMPLES.outages.map((text, i) => h('option', { value: i }, text.label[pageLanguage()])),
    h('option', { value: 'own' }, say('ownWords')),
  );
  const form = h(
    'form',
    {
      class: 'of-form',
      onsubmit: (event) => {
        event.preventDefault();
        void submitOnce(
          form,
          async () =>
            told(
              await api('/incidents', {
                services: services.map(({ id }) => ({ id, status })),
                state: 'investigating',
                message: { ko: ko.value, en: en.value },
                critical: critical.checked,
                ...(minutes === '' ? {} : { nextUpdateAt: inMinutes(Number(minutes)) }),
              }),
              !critical.checked,
            ),
          failed,
        );
      },
    },
    h('div', { class: 'of-field' }, h('span', {}, say('services')), picker),
    statuses,
    labelled(say('sample'), sample),
    labelled(say('messageKo'), ko),
    labelled(say('messageEn'), en),
    oneOf('next', say('nextUpdate'), [...spans('in', 15, 30, 60), ['', say('none')]], minutes, (value) => {
      minutes = value;
    }),
    h('label', { class: 'of-check' }, critical, h('span', {}, say('critical'))),
    h(
      'div',
      { class: 'of-submit' },
      h('p', { class: 'of-explain' }, say('hold')),
      h('button', { type: 'submit', class: 'main' }, say('send')),
    ),
  );
  return form;
}

/** @param {Api} api @param {(answer: any) => void} told @param {(error: unknown) => void} failed */
export function maintenanceForm(api, told, failed) {
  /** @type {ServiceEntry[]} */
  const services = [];
  let starts = '2';
  let lasts = '2';
  const ko = messageBox('ko', SAMPLES.maintenance.ko);
  const en = messageBox('en', SAMPLES.maintenance.en);
  const form = h(
    'form',
    {
      class: 'of-form',
      onsubmit: (event) => {
        event.preventDefault();
        void submitOnce(
          form,
          async () =>
            told(
              await api('/maintenances', {
                services: services.map(({ id }) => id),
                startsAt: inMinutes(Number(starts)),
                endsAt: inMinutes(Number(starts) + Number(lasts)),
                message: { ko: ko.value, en: en.value },
              }),
            ),
          failed,
        );
      },
    },
    h('div', { class: 'of-field' }, h('span', {}, say('services')), servicePicker(api, services)),
    oneOf('starts', say('starts'), spans('in', 1, 2, 60, 1440), starts, (value) => {
      starts = value;
    }),
    oneOf('lasts', say('lasts'), spans('for', 1, 2, 60, 120), lasts, (value) => {
      lasts = value;
    }),
    labelled(say('messageKo'), ko),
    labelled(say('messageEn'), en),
    h('div', { class: 'of-submit' }, h('button', { type: 'submit', class: 'main' }, say('plan'))),
  );
  return form;
}

/**
 * Choices of minutes for `oneOf`.
 * @param {'in' | 'for'} kind
 * @param {...number} minutes
 * @returns {[string, string][]}
 */
const spans = (kind, ...minutes) => minutes.map((n) => [String(n), sayMinutes(kind, n)]);

/** @param {number} minutes */
export const inMinutes = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
