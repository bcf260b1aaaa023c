import { describe, expect, it } from 'vitest';
import { concerns, statusOf } from '../../src/domain/status.ts';
import { at, catalogue, facts, incident, maintenance, measurement } from './given.ts';

const OPERATIONAL = { availability: 'operational', basis: 'none_declared', since: null } as const;

describe('a service that nobody has said anything about', () => {
  it('is normal, on the basis that no outage was declared', () => {
    expect(statusOf('gov24', facts(), catalogue)).toMatchObject({ ...OPERATIONAL, asOf: at('06:00') });
  });

  it('is normal as measured when a source looks at it', () => {
    const seen = facts({ measurements: [measurement('gov24', 'operational')] });
    expect(statusOf('gov24', seen, catalogue)).toMatchObject({
      availability: 'operational',
      basis: 'measured',
      since: null,
      asOf: at('05:59'),
    });
  });

  it('must be in the catalogue', () => {
    expect(() => statusOf('nowhere', facts(), catalogue)).toThrow('No service nowhere');
  });
});

describe('an official word', () => {
  it('stands until the incident is resolved or withdrawn', () => {
    const declared = incident({ gov24: 'major_outage' });
    expect(statusOf('gov24', facts({ incidents: [declared] }), catalogue)).toMatchObject({
      availability: 'major_outage',
      basis: 'declared',
      since: at('04:55'),
      asOf: at('04:55'),
      incidents: [declared],
    });
    for (const state of ['resolved', 'withdrawn'] as const) {
      const over = facts({ incidents: [{ ...declared, state }] });
      expect(statusOf('gov24', over, catalogue)).toMatchObject(OPERATIONAL);
    }
  });

  it('stands before a source, whichever of them is worse', () => {
    const fails = [measurement('gov24', 'major_outage')];
    const works = [measurement('gov24', 'operational')];
    const back = incident({ gov24: 'operational', saeol: 'major_outage' });
    const down = incident({ gov24: 'major_outage' });
    expect(statusOf('gov24', facts({ incidents: [back], measurements: fails }), catalogue).availability).toBe(
      'operational',
    );
    expect(statusOf('gov24', facts({ incidents: [down], measurements: works }), catalogue).availability).toBe(
      'major_outage',
    );
  });

  it('sets the status of no other service: a dependency explains, it does not spread', () => {
    const root = facts({ incidents: [incident({ network: 'major_outage', saeol: 'major_outage' })] });
    for (const id of ['gov24', 'counter', 'kiosk', 'certificate', 'hometax']) {
      expect(statusOf(id, root, catalogue).availability, id).toBe('operational');
    }
  });

  it('is kept for a function that is named itself, even while its channels work', () => {
    const named = facts({ incidents: [incident({ certificate: 'major_outage' })] });
    expect(statusOf('certificate', named, catalogue)).toMatchObject({
      availability: 'major_outage',
      basis: 'declared',
    });
  });
});

describe('several incidents on one service', () => {
  const slow = incident({ gov24: 'degraded' }, { id: 'inc_slow', since: at('01:00') });
  const down = incident({ gov24: 'major_outage' }, { id: 'inc_down', since: at('04:00') });

  it('make the worst of what they say, the worst first', () => {
    for (const incidents of [
      [slow, down],
      [down, slow],
    ]) {
      const status = statusOf('gov24', facts({ incidents }), catalogue);
      expect(status.availability).toBe('major_outage');
      expect(status.incidents.map((i) => i.id)).toEqual(['inc_down', 'inc_slow']);
      expect(status.since).toBe(at('04:00'));
    }
  });

  it('of which one is over for this service do not lend it their beginning', () => {
    const back = incident(
      { gov24: 'operational', saeol: 'major_outage' },
      { id: 'inc_a', since: at('00:00') },
    );
    const status = statusOf('gov24', facts({ incidents: [back, down] }), catalogue);
    expect(status).toMatchObject({ availability: 'major_outage', since: at('04:00') });
  });

  it('put the one updated last first where they are equally bad', () => {
    const later = incident({ gov24: 'major_outage' }, { id: 'inc_later', since: at('05:00') });
    for (const incidents of [
      [down, later],
      [later, down],
    ]) {
      expect(statusOf('gov24', facts({ incidents }), catalogue).incidents[0]?.id).toBe('inc_later');
    }
  });

  it('are as fresh as the last word that decides', () => {
    const fresh = incident({ gov24: 'degraded' }, { id: 'inc_b', updatedAt: at('05:50') });
    expect(statusOf('gov24', facts({ incidents: [down, fresh] }), catalogue).asOf).toBe(at('04:00'));
  });
});

describe('a promise of news', () => {
  const promised = (status: 'major_outage' | 'operational' | 'recovering' | 'degraded', by: string) =>
    incident({ gov24: status }, { id: `inc_${status}`, nextUpdateAt: at(by) });

  it('holds until its moment has passed', () => {
    const due = facts({ incidents: [promised('major_outage', '06:00')] });
    expect(statusOf('gov24', due, catalogue).basis).toBe('declared');
  });

  it.each(['major_outage', 'degraded', 'recovering', 'operational'] as const)(
    'that came to nothing turns %s into unknown, with what was last known',
    (status) => {
      const overdue = facts({ incidents: [promised(status, '05:59')] });
      expect(statusOf('gov24', overdue, catalogue)).toMatchObject({
        availability: 'unknown',
        basis: 'overdue',
        lastKnown: status,
        asOf: at('04:55'),
      });
    },
  );

  it('of one incident is not kept by another that only says slow', () => {
    const incidents = [promised('major_outage', '05:00'), promised('degraded', '07:00')];
    expect(statusOf('gov24', facts({ incidents }), catalogue)).toMatchObject({
      availability: 'unknown',
      basis: 'overdue',
      lastKnown: 'major_outage',
    });
  });

  it('that is broken does not hide an outage whose own promise holds, or that made none', () => {
    for (const nextUpdateAt of [at('07:00'), null]) {
      const standing = incident({ gov24: 'major_outage' }, { id: 'inc_standing', nextUpdateAt });
      const incidents = [promised('degraded', '05:00'), standing];
      expect(statusOf('gov24', facts({ incidents }), catalogue)).toMatchObject({
        availability: 'major_outage',
        basis: 'declared',
        lastKnown: null,
      });
    }
  });
});

describe('a maintenance window', () => {
  const window = maintenance(['gov24'], at('05:00'), at('07:00'));

  it('sets the status while it runs, by the clock and not by the housekeeping', () => {
    const during = facts({ maintenances: [window] });
    expect(statusOf('gov24', during, catalogue)).toMatchObject({
      availability: 'maintenance',
      basis: 'maintenance',
      since: at('05:00'),
      maintenance: window,
      upcoming: null,
    });
    const after = facts({ maintenances: [{ ...window, state: 'in_progress' }], now: at('07:00') });
    expect(statusOf('gov24', after, catalogue)).toMatchObject({ ...OPERATIONAL, maintenance: null });
  });

  it('to come is named and changes nothing, the next one first', () => {
    const next = maintenance(['gov24'], at('10:00'), at('11:00'), { id: 'mnt_next' });
    const later = maintenance(['gov24'], at('20:00'), at('21:00'), { id: 'mnt_later' });
    const status = statusOf('gov24', facts({ maintenances: [later, next] }), catalogue);
    expect(status).toMatchObject({ ...OPERATIONAL, upcoming: next });
  });

  it('that was called off is nothing', () => {
    const off = facts({ maintenances: [{ ...window, state: 'cancelled' }] });
    expect(statusOf('gov24', off, catalogue)).toMatchObject({ ...OPERATIONAL, maintenance: null });
  });

  it('never hides a fault that is worse, as it did on the evening of the fire', () => {
    for (const nextUpdateAt of [null, at('05:30')]) {
      const fire = incident({ gov24: 'major_outage' }, { nextUpdateAt });
      const status = statusOf('gov24', facts({ maintenances: [window], incidents: [fire] }), catalogue);
      expect(status.availability).not.toBe('maintenance');
      expect(status.incidents).toEqual([fire]);
    }
  });

  it('outranks a word that is milder', () => {
    const slow = incident({ gov24: 'degraded' });
    expect(statusOf('gov24', facts({ maintenances: [window], incidents: [slow] }), catalogue)).toMatchObject({
      availability: 'maintenance',
      basis: 'maintenance',
      since: at('05:00'),
    });
  });

  it('stands before a source, which is bound to fail meanwhile', () => {
    const failing = facts({ maintenances: [window], measurements: [measurement('gov24', 'major_outage')] });
    expect(statusOf('gov24', failing, catalogue).availability).toBe('maintenance');
  });
});

describe('a source', () => {
  it('that fails makes the status, since the first failure', () => {
    const failing = facts({ measurements: [measurement('gov24', 'major_outage', { since: at('05:40') })] });
    expect(statusOf('gov24', failing, catalogue)).toMatchObject({
      availability: 'major_outage',
      basis: 'measured',
      since: at('05:40'),
      asOf: at('05:59'),
    });
  });

  it.each(['operational', 'major_outage'] as const)(
    'that fell silent after %s makes it unknown',
    (verdict) => {
      const quiet = facts({ measurements: [measurement('gov24', verdict, { observedAt: at('05:49') })] });
      expect(statusOf('gov24', quiet, catalogue)).toMatchObject({
        availability: 'unknown',
        basis: 'silent',
        lastKnown: verdict,
        since: at('05:49'),
        asOf: at('05:49'),
      });
    },
  );

  it('that has not seen enough for a verdict says nothing', () => {
    const first = facts({ measurements: [measurement('gov24', 'unknown')] });
    expect(statusOf('gov24', first, catalogue)).toMatchObject(OPERATIONAL);
  });

  it('that speaks counts, beside one that fell silent, whatever the order of the records', () => {
    const silent = measurement('gov24', 'major_outage', { source: 'a', observedAt: at('01:00') });
    const speaking = measurement('gov24', 'operational', { source: 'b' });
    for (const measurements of [
      [silent, speaking],
      [speaking, silent],
    ]) {
      expect(statusOf('gov24', facts({ measurements }), catalogue)).toMatchObject({
        availability: 'operational',
        basis: 'measured',
      });
    }
  });

  it('among several that speak: the worst counts', () => {
    const fine = measurement('gov24', 'operational', { source: 'a' });
    const fails = measurement('gov24', 'degraded', { source: 'b', observedAt: at('05:55') });
    for (const measurements of [
      [fine, fails],
      [fails, fine],
    ]) {
      expect(statusOf('gov24', facts({ measurements }), catalogue).availability).toBe('degraded');
    }
  });
});

describe('a task offered through several channels', () => {
  it('can still be done when Government24 is down and the counter works', () => {
    const down = incident({ gov24: 'major_outage' });
    const status = statusOf('certificate', facts({ incidents: [down] }), catalogue);
    expect(status).toMatchObject({
      availability: 'partial_outage',
      basis: 'channels',
      since: at('04:55'),
      incidents: [down],
    });
    expect(status.channels.map((c) => [c.service, c.availability])).toEqual([
      ['gov24', 'major_outage'],
      ['counter', 'operational'],
      ['kiosk', 'operational'],
    ]);
  });

  it('cannot be done when every channel is down, since the last of them closed, whoever declared them', () => {
    const incidents = [
      incident({ gov24: 'major_outage' }, { id: 'inc_a', since: at('04:55') }),
      incident({ counter: 'major_outage', kiosk: 'major_outage' }, { id: 'inc_b', since: at('00:00') }),
    ];
    const status = statusOf('certificate', facts({ incidents }), catalogue);
    expect(status).toMatchObject({ availability: 'major_outage', since: at('04:55') });
    expect(status.incidents.map((i) => i.id).sort()).toEqual(['inc_a', 'inc_b']);
  });

  it('counts planned work on a channel as that channel being closed', () => {
    const closed = facts({ maintenances: [maintenance(['gov24'], at('05:00'), at('07:00'))] });
    expect(statusOf('certificate', closed, catalogue).availability).toBe('partial_outage');
    const all = facts({
      maintenances: [maintenance(['gov24', 'counter', 'kiosk'], at('05:00'), at('07:00'))],
    });
    expect(statusOf('certificate', all, catalogue).availability).toBe('maintenance');
  });

  it('stays normal, without a beginning of trouble, when one channel cannot be judged', () => {
    const quiet = facts({ measurements: [measurement('kiosk', 'operational', { observedAt: at('03:00') })] });
    expect(statusOf('certificate', quiet, catalogue)).toMatchObject({
      availability: 'operational',
      since: null,
    });
  });

  it('does not date its trouble from a channel that merely cannot be judged', () => {
    const status = statusOf(
      'certificate',
      facts({
        incidents: [incident({ gov24: 'major_outage' })],
        measurements: [measurement('kiosk', 'operational', { observedAt: at('02:00') })],
      }),
      catalogue,
    );
    expect(status).toMatchObject({ availability: 'partial_outage', since: at('04:55') });
  });

  it('is measured only when every channel is, and as old as the oldest look', () => {
    const some = [measurement('gov24', 'operational'), measurement('counter', 'operational')];
    expect(statusOf('move-in', facts({ measurements: some.slice(0, 1) }), catalogue).basis).toBe(
      'none_declared',
    );
    const [first, second] = some;
    const measurements = [first, second].filter((m) => m !== undefined);
    const all = facts({
      measurements: measurements.map((m, i) => ({ ...m, observedAt: at(`05:5${i + 1}`) })),
    });
    expect(statusOf('move-in', all, catalogue)).toMatchObject({ basis: 'measured', asOf: at('05:51') });
  });
});

describe('a fault in named regions', () => {
  const busan = incident({ counter: 'major_outage' }, { scope: ['busan-haeundae'] });
  const there = facts({ incidents: [busan] });

  it('is a fault for someone there, in the whole of it or in the place around it', () => {
    for (const region of ['busan-haeundae', 'busan']) {
      expect(statusOf('counter', there, catalogue, region), region).toMatchObject({
        availability: 'major_outage',
        elsewhere: [],
      });
    }
  });

  it('changes nothing elsewhere or for someone who gave no region, and is told as elsewhere', () => {
    for (const region of ['seoul', 'seoul-mapo', 'busan-suyeong', null]) {
      expect(statusOf('counter', there, catalogue, region), String(region)).toMatchObject({
        ...OPERATIONAL,
        elsewhere: [busan],
      });
    }
  });

  it('of a province reaches its districts', () => {
    const province = incident({ counter: 'major_outage' }, { scope: ['busan'] });
    expect(concerns(province, 'busan-suyeong', catalogue)).toBe(true);
    expect(concerns(province, 'seoul-mapo', catalogue)).toBe(false);
  });

  it('is told for the task too, once, though only its counter is named', () => {
    expect(statusOf('certificate', there, catalogue, 'seoul')).toMatchObject({
      availability: 'operational',
      elsewhere: [busan],
    });
    expect(statusOf('certificate', there, catalogue, 'busan').availability).toBe('partial_outage');
  });

  it('stands beside a nationwide one', () => {
    const slow = incident({ counter: 'degraded' }, { id: 'inc_slow' });
    const two = facts({ incidents: [busan, slow] });
    expect(statusOf('counter', two, catalogue, 'busan').availability).toBe('major_outage');
    expect(statusOf('counter', two, catalogue, 'seoul')).toMatchObject({
      availability: 'degraded',
      elsewhere: [busan],
    });
  });
});
