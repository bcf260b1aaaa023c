import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { positionsOf } from '../../src/config/json-position.ts';

const catalogue = readCatalogue(null);
const services = new Map(catalogue.services.map((s) => [s.id, s]));
const hangul = /[가-힣]/;

describe('the catalogue that comes along', () => {
  it('has all services, each in the file of its category', () => {
    expect(catalogue.services).toHaveLength(218);
    expect(catalogue.categories).toHaveLength(29);
    expect(catalogue.ambiguous).toHaveLength(18);
    expect(catalogue.agencies).toHaveLength(76);
    const folder = 'src/catalogue/services';
    for (const name of readdirSync(folder)) {
      const { services: entries } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      for (const entry of entries) expect(`${entry.category}.json`, entry.id).toBe(name);
    }
  });

  it('says no key twice', () => {
    const files = readdirSync('src/catalogue', { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.json'))) {
      expect(positionsOf(readFileSync(join('src/catalogue', file), 'utf8')).repeated, file).toEqual([]);
    }
  });

  it('keeps where addresses and numbers were read', () => {
    for (const name of readdirSync('src/catalogue/services')) {
      const { services: entries } = JSON.parse(readFileSync(join('src/catalogue/services', name), 'utf8'));
      for (const entry of entries) {
        expect(entry.url === null, entry.id).toBe(entry.url_source === null);
        expect(entry.helpline === null, entry.id).toBe(entry.helpline_source === null);
        expect(entry, entry.id).toHaveProperty('confidence');
      }
    }
  });

  it('has a Korean name with Hangul and an English one without, for everything that has a name', () => {
    const named = [
      ...catalogue.services,
      ...catalogue.agencies,
      ...catalogue.regions,
      ...catalogue.categories,
    ];
    for (const { id, name } of named) {
      expect(name.ko, id).toMatch(hangul);
      expect(name.en, id).not.toMatch(hangul);
    }
  });

  it('tells how a name that ends in Latin letters is read', () => {
    for (const { id, name, reading } of catalogue.services) {
      if (/[A-Za-z]\+?\)?$/.test(name.ko)) expect(reading, id).toMatch(/[가-힣]$/);
      if (reading !== null) expect(reading, id).toMatch(/[가-힣]$/);
    }
    expect(services.get('hrd-net')?.reading).toBe('에이치알디넷');
    expect(services.get('seoul-etax')?.reading).toBe('서울시 이택스');
  });

  it('marks the names that are everyday words', () => {
    const marked = (id: string) => services.get(id)?.needsCue ?? [];
    expect(marked('weather')).toEqual(expect.arrayContaining(['날씨', 'weather']));
    expect(marked('onmail')).toContain('온메일');

    expect(marked('e-saram')).toContain('이사람');
    expect(marked('kosis')).toContain('통계');
    expect(marked('call-120')).toContain('120');
    expect(marked('hikorea')).toEqual(expect.arrayContaining(['visa', '비자']));
    expect(marked('hometax')).toEqual(expect.arrayContaining(['tax', '세금']));
  });

  it('marks an everyday word at every service that it may mean', () => {
    for (const { alias, candidates } of catalogue.ambiguous) {
      const marks = candidates.map((id) => services.get(id)?.needsCue.includes(alias));
      expect(new Set(marks).size, alias).toBe(1);
    }
  });

  it('marks every name that is only a number', () => {
    for (const { id, aliases, needsCue } of catalogue.services) {
      for (const alias of [...aliases.ko, ...aliases.en].filter((a) => /^\d+$/.test(a))) {
        expect(needsCue, id).toContain(alias);
      }
    }
  });

  it('never leaves a service without a name that counts by itself', () => {
    for (const { id, name, aliases, needsCue } of catalogue.services) {
      const free = [name.ko, name.en, ...aliases.ko, ...aliases.en].filter((a) => !needsCue.includes(a));
      expect(free.length, id).toBeGreaterThan(0);
    }
  });

  it('carries no link in what a notice may quote', () => {
    for (const { id, tasks, alternatives } of catalogue.services) {
      const quoted = [...tasks, ...alternatives.map((a) => a.text)].flatMap((t) => [t.ko, t.en]);
      for (const text of quoted) expect(text, id).not.toMatch(/https?:|www\./);
    }
  });

  it('gives every function its channels, and something to do instead', () => {
    for (const service of catalogue.services.filter((s) => s.kind === 'function')) {
      expect(service.channels.length, service.id).toBeGreaterThan(0);
    }
    expect(services.get('resident-registration-certificate')?.channels).toEqual([
      'gov24',
      'community-center-counter',
      'unmanned-kiosk',
      'e-certificate',
    ]);
  });

  it('gives an agency a number only where it is its own, and never an emergency line', () => {
    const phone = (id: string) => catalogue.agency(id)?.phone;
    expect(phone('nts')).toBe('126');
    expect(phone('nhis-agency')).toBe('1577-1000');
    expect(phone('nfa')).toBeNull();
    expect(phone('mois')).toBeNull();
    for (const { id, phone: number } of catalogue.agencies) expect(['112', '119'], id).not.toContain(number);
  });
});

describe('the regions', () => {
  const provinces = catalogue.regions.filter((r) => r.parent === null);

  it('are 17, and within them 226 cities, counties and districts and the two cities of Jeju', () => {
    expect(provinces).toHaveLength(17);
    expect(catalogue.regions).toHaveLength(17 + 226 + 2);
    const units = catalogue.regions.filter((r) => r.parent !== null).map((r) => r.name.ko.at(-1) ?? '');
    expect(units.filter((u) => u === '시')).toHaveLength(75 + 2);
    expect(units.filter((u) => u === '군')).toHaveLength(82);
    expect(units.filter((u) => u === '구')).toHaveLength(69);
  });

  it('stand two deep, with ids that say where', () => {
    for (const { id, parent } of catalogue.regions) {
      if (parent === null) continue;
      expect(id.startsWith(`${parent}-`), id).toBe(true);
      expect(catalogue.region(parent)?.parent, id).toBeNull();
    }
    expect(catalogue.region('gangwon-gangneung')?.aliases.ko).toEqual(
      expect.arrayContaining(['강릉', '강릉시']),
    );
    expect(catalogue.region('seoul')?.aliases.ko).toEqual(expect.arrayContaining(['서울', '서울시']));
  });

  it('share no name with each other', () => {
    const owners = new Map<string, string>();
    for (const { id, name, aliases } of catalogue.regions) {
      const names = [name.ko, name.en, ...aliases.ko, ...aliases.en];
      for (const key of new Set(names.map((n) => n.toLowerCase().replaceAll(' ', '')))) {
        expect(owners.get(key) ?? id, key).toBe(id);
        owners.set(key, id);
      }
    }
    expect(owners.get('광주시')).toBe('gwangju');
    expect(owners.get('경기도광주시')).toBe('gyeonggi-gwangju');
    expect(owners.has('중구')).toBe(false);
  });

  it('take no everyday word for a place', () => {
    const names = new Set(catalogue.regions.flatMap((r) => r.aliases.ko));
    for (const word of [
      '예산',
      '음성',
      '진도',
      '인제',
      '이천',
      '사천',
      '고령',
      '수영',
      '동작',
      '연수',
      '장수',
    ]) {
      expect(names.has(word), word).toBe(false);
    }
  });
});
