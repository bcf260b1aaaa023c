/** @import { State } from './state.js' */
/** @import { Incident, Maintenance, Progress, ServiceEntry } from './shapes' */
import { officialApi } from './api.js';
import { clockTime, h, ICONS, icon } from './dom.js';
import { declareForm, maintenanceForm } from './official-forms.js';
import { incidentCard } from './official-incident.js';
import { pageLanguage, say } from './words.js';

const LOOK_EVERY_MS = 1500;
/** As the sandbox sets OUTAGE_HOLD_SECONDS. */
const HOLD_SECONDS = 3;

/** The official's panel. @param {State} state @param {HTMLElement} pane */
export function officialPane(state, pane) {
  const api = officialApi(state.setup, pageLanguage());
  /** @type {{ incidents: Incident[], maintenances: Maintenance[], services: Map<string, ServiceEntry>, progress: Map<string, Progress>, reports: {service: string, reports: number}[] }} */
  const seen = { incidents: [], maintenances: [], services: new Map(), progress: new Map(), reports: [] };
  /** The newest notice of each incident. @type {Map<string, { id: string, code: string }>} */
  const notices = new Map();
  let tab = /** @type {'declare' | 'open' | 'maintenance'} */ ('declare');
  let last = /** @type {{ id: string, code: string } | null} */ (null);

  const tabs = h('div', { class: 'of-tabs', role: 'tablist', 'aria-label': say('official') });
  const note = h('p', { class: 'of-note', role: 'status' });
  const body = h('div', { class: 'of-body' });
  const foot = h('div', { class: 'of-progress', 'aria-live': 'polite' });
  pane.append(
    h(
      'div',
      { class: 'people-bar' },
      h('strong', { class: 'platform-name' }, say('official')),
      h('span', { class: 'of-hold', title: say('hold') }, say('holdShort')),
    ),
    h('div', { class: 'app of' }, tabs, body, note, foot),
  );

  let first = true;
  let counting = 0;
  /** @param {string} code @param {number} left */
  const countDown = (code, left) => {
    note.textContent = left === 0 ? `${say('sent')} · ${code}` : `${left}${say('heldFor')}`;
    if (left > 0) counting = setTimeout(() => countDown(code, left - 1), 1000);
  };
  /** @param {{ notice: { id: string, code: string } | null, id: string }} told @param {'open' | 'maintenance'} next */
  const told = (told, next, held = false) => {
    if (told.notice !== null) {
      last = told.notice;
      notices.set(told.id, told.notice);
    }
    note.classList.remove('wrong');
    clearTimeout(counting);
    if (told.notice === null) note.textContent = say('untold');
    else if (held) countDown(told.notice.code, HOLD_SECONDS);
    else note.textContent = `${say('sent')} · ${told.notice.code}`;
    show(next);
    void look();
  };
  /** @param {unknown} error */
  const failed = (error) => {
    note.textContent = error instanceof Error ? error.message : String(error);
    note.classList.add('wrong');
  };
  const names = (/** @type {string} */ id) => seen.services.get(id)?.name[pageLanguage()] ?? id;

  const drawTabs = () =>
    tabs.replaceChildren(
      .../** @type {const} */ (['declare', 'open', 'maintenance']).map((name) =>
        h(
          'button',
          { type: 'button', role: 'tab', 'aria-selected': String(tab === name), onclick: () => show(name) },
          say(name),
          name === 'open' && seen.incidents.length > 0
            ? h('span', { class: 'count' }, String(seen.incidents.length))
            : null,
        ),
      ),
    );
  /** @param {typeof tab} name */
  const show = (name) => {
    tab = name;
    drawTabs();
    if (name === 'declare')
      body.replaceChildren(declareForm(api, (answer, held) => told(answer, 'open', held), failed));
    if (name === 'maintenance') {
      body.replaceChildren(
        maintenanceForm(api, (answer) => told(answer, 'maintenance'), failed),
        planned(),
      );
    }
    if (name === 'open') drawOpen();
  };
  const planned = () =>
    h(
      'section',
      { class: 'of-list', 'aria-label': say('planned') },
      seen.maintenances.map((work) =>
        h(
          'article',
          { class: 'of-card' },
          h('h4', {}, work.services.map(names).join(', ')),
          h(
            'p',
            { class: 'muted' },
            `${clockTime(Date.parse(work.startsAt))} – ${clockTime(Date.parse(work.endsAt))}`,
          ),
          h(
            'button',
            {
              type: 'button',
              class: 'quiet',
              onclick: () =>
                api(`/maintenances/${work.id}/cancel`, {}).then(
                  (answer) => told(answer, 'maintenance'),
                  failed,
                ),
            },
            say('callOff'),
          ),
        ),
      ),
    );
  /** Cards are kept while their incident is the same, so that a half-written update is not lost. @type {Map<string, HTMLElement>} */
  const cards = new Map();
  const drawOpen = () => {
    const wanted = seen.incidents.map((incident) => {
      const key = `${incident.id}/${JSON.stringify([incident.state, incident.services, names(incident.services[0]?.id ?? '')])}`;
      const card =
        cards.get(key) ?? incidentCard(api, incident, names, (answer) => told(answer, 'open'), failed);
      cards.set(key, card);
      return card;
    });
    const reports = seen.reports.filter((report) => report.reports > 0);
    body.replaceChildren(
      ...(wanted.length === 0
        ? [h('p', { class: 'of-empty' }, icon(ICONS.check, 28), say('noOpen'))]
        : wanted),
      reports.length === 0
        ? ''
        : h(
            'p',
            { class: 'muted of-reports' },
            `${say('reports')}: ${reports.map((r) => `${names(r.service)} ${r.reports}`).join(', ')}`,
          ),
    );
  };
  const drawProgress = () => {
    const progress = last === null ? undefined : seen.progress.get(last.id);
    if (progress === undefined) return foot.replaceChildren();
    const { sent = 0, ready = 0, held = 0, sending = 0, ended = 0 } = progress.deliveries;
    const waiting = ready + held + sending;
    foot.replaceChildren(
      h(
        'div',
        { class: 'of-bar-label' },
        h('span', {}, `${say('lastNotice')} ${progress.code}`),
        h('strong', {}, `${sent} / ${progress.audience}${say('people')}`),
      ),
      h('progress', { max: Math.max(1, progress.audience), value: sent, 'aria-label': say('told') }),
      h(
        'p',
        { class: 'muted' },
        progress.audience === 0 && progress.finishedAt !== null
          ? say('nobody')
          : [`${say('waiting')} ${waiting}`, ...(ended > 0 ? [`${say('ended')} ${ended}`] : [])].join(' · '),
      ),
    );
  };

  const look = async () => {
    try {
      const [incidents, works, reports] = await Promise.all([
        api('/incidents'),
        api('/maintenances'),
        api('/reports').catch(() => ({ items: [] })),
      ]);
      seen.incidents = incidents.items.filter(
        (/** @type {Incident} */ i) => i.state !== 'resolved' && i.state !== /** @type {any} */ ('withdrawn'),
      );
      seen.maintenances = works.items.filter((/** @type {Maintenance} */ m) =>
        ['scheduled', 'in_progress', 'open'].includes(m.state),
      );
      seen.reports = reports.items;
      if (seen.services.size === 0) {
        const { items } = await api('/services');
        for (const service of items) seen.services.set(service.id, service);
      }
      if (last !== null) seen.progress.set(last.id, await api(`/notices/${last.id}`));
    } catch {
      return;
    }
    drawTabs();
    drawProgress();
    if (tab === 'open') drawOpen();
    if (state.openIncidents === seen.incidents.length) return;
    if (first && tab === 'declare') show('open');
    first = false;
    state.openIncidents = seen.incidents.length;
    state.changed();
  };

  if (state.setup.officialToken === null) {
    body.append(h('p', { class: 'of-empty' }, say('noToken')));
    return { show };
  }
  show('declare');
  void look();
  setInterval(() => {
    if (!document.hidden) void look();
  }, LOOK_EVERY_MS);
  return { show };
}
