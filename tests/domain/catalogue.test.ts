import { describe, expect, it } from 'vitest';
import { catalogue } from './given.ts';

const ids = (all: readonly { readonly id: string }[]) => all.map((one) => one.id);

describe('a catalogue', () => {
  it('finds by id, and says undefined for what it has not', () => {
    expect(catalogue.service('gov24')?.id).toBe('gov24');
    expect(catalogue.service('GOV24')).toBeUndefined();
    expect(catalogue.agency('mois')).toBeUndefined();
    expect(catalogue.region('busan')?.parent).toBeNull();
    expect(catalogue.category('tax')).toBeUndefined();
  });

  it('knows what is done through a channel', () => {
    expect(ids(catalogue.functionsThrough('kiosk'))).toEqual(['certificate']);
    expect(ids(catalogue.functionsThrough('hometax'))).toEqual([]);
  });

  it('knows all that rests on a system, the nearest first, each once', () => {
    expect(ids(catalogue.restingOn('network'))).toEqual(['saeol', 'gov24', 'kiosk', 'counter']);
    expect(ids(catalogue.restingOn('hometax'))).toEqual([]);
  });

  it('lists by agency and by category', () => {
    expect(ids(catalogue.servicesOf('nts'))).toEqual(['hometax']);
    expect(ids(catalogue.servicesIn('contact'))).toEqual(['counter']);
  });

  it('walks from a region to the ones around it', () => {
    expect(catalogue.regionLine('busan-haeundae')).toEqual(['busan-haeundae', 'busan']);
    expect(catalogue.regionLine('busan')).toEqual(['busan']);
    expect(catalogue.regionLine('atlantis')).toEqual([]);
  });
});
