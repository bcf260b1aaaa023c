import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/domain/catalogue.ts';
import { explainedBy, workingAlternatives } from '../../src/domain/status.ts';
import { aService, at, catalogue, facts, incident, instead, maintenance, measurement } from './given.ts';

const offered = (given: Parameters<typeof facts>[0], region: string | null = null) =>
  workingAlternatives('gov24', facts(given), catalogue, region).map((a) => a.alternative.via);

describe('what to do instead', () => {
  it('offers all that works, in the order of the catalogue', () => {
    expect(offered({})).toEqual(['counter', 'kiosk', null]);
  });

  it.each(['major_outage', 'partial_outage', 'maintenance', 'unknown'] as const)(
    'withholds what is itself %s',
    (status) => {
      expect(offered({ incidents: [incident({ kiosk: status })] })).toEqual(['counter', null]);
    },
  );

  it('withholds what is in planned work, and what a silent source leaves unjudged', () => {
    const closed = maintenance(['counter'], at('05:00'), at('07:00'));
    const quiet = measurement('kiosk', 'operational', { observedAt: at('01:00') });
    expect(offered({ maintenances: [closed], measurements: [quiet] })).toEqual([null]);
  });

  it('puts the slow and the provisional last, with their status', () => {
    expect(offered({ incidents: [incident({ counter: 'degraded' })] })).toEqual(['kiosk', null, 'counter']);
    const [, , last] = workingAlternatives(
      'gov24',
      facts({ incidents: [incident({ counter: 'recovering' })] }),
      catalogue,
    );
    expect(last?.status?.availability).toBe('recovering');
  });

  it('judges by the region of the asker', () => {
    const busan = { incidents: [incident({ counter: 'major_outage' }, { scope: ['busan'] })] };
    expect(offered(busan, 'busan-haeundae')).toEqual(['kiosk', null]);
    expect(offered(busan, 'seoul')).toEqual(['counter', 'kiosk', null]);
  });

  it('leaves the catalogue as it was', () => {
    offered({ incidents: [incident({ counter: 'degraded' })] });
    expect(catalogue.service('gov24')?.alternatives.map((a) => a.via)).toEqual(['counter', 'kiosk', null]);
  });
});

describe('what explains a fault', () => {
  it('names what fails below, the nearest first', () => {
    const both = facts({ incidents: [incident({ network: 'major_outage', saeol: 'major_outage' })] });
    expect(explainedBy('counter', both, catalogue)).toEqual(['saeol', 'network']);
  });

  it('reaches through what still works', () => {
    const root = facts({ incidents: [incident({ network: 'major_outage' })] });
    expect(explainedBy('counter', root, catalogue)).toEqual(['network']);
  });

  it('does not name what is back to normal inside an incident that is still open', () => {
    const half = facts({ incidents: [incident({ network: 'operational', saeol: 'major_outage' })] });
    expect(explainedBy('counter', half, catalogue)).toEqual(['saeol']);
  });

  it('does not name the service itself, what is above it, or what is over', () => {
    const self = facts({ incidents: [incident({ counter: 'major_outage' })] });
    expect(explainedBy('counter', self, catalogue)).toEqual([]);
    expect(explainedBy('saeol', self, catalogue)).toEqual([]);
    const over = facts({ incidents: [incident({ network: 'major_outage' }, { state: 'resolved' })] });
    expect(explainedBy('counter', over, catalogue)).toEqual([]);
  });

  it('ends even where a catalogue goes round in a circle', () => {
    const circular = new Catalogue({
      services: [
        aService('a', { dependsOn: ['b'] }),
        aService('b', { dependsOn: ['a'], alternatives: [instead('a')] }),
      ],
      agencies: [],
      regions: [],
      categories: [],
      ambiguous: [],
    });
    const down = facts({ incidents: [incident({ b: 'major_outage' })] });
    expect(explainedBy('a', down, circular)).toEqual(['b']);
    expect(circular.restingOn('a').map((s) => s.id)).toEqual(['b']);
  });
});
