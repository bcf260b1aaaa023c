import { describe, expect, it } from 'vitest';
import { concernedBy, followedThrough } from '../../src/domain/audience.ts';
import {
  type Actor,
  hasRole,
  mayOperate,
  type Official,
  ROLES,
  type Role,
} from '../../src/domain/official.ts';
import { done, refused } from '../../src/domain/problem.ts';
import { concerns } from '../../src/domain/status.ts';
import { chatKey, languageOf } from '../../src/domain/subscriber.ts';
import { at, catalogue } from './given.ts';

const official = (roles: readonly Role[], more: Partial<Official> = {}): Official => ({
  id: 'ofc_1',
  name: 'Kim',
  agency: 'mois',
  roles,
  createdAt: at('00:00'),
  revokedAt: null,
  ...more,
});
const acting = (one: Official): Actor => ({ kind: 'official', official: one, door: 'api' });

describe('an official', () => {
  it('operates the services of the own agency only', () => {
    expect(mayOperate(acting(official(['operator'])), 'mois')).toBe(true);
    expect(mayOperate(acting(official(['operator'])), 'nts')).toBe(false);
  });

  it('needs the role of an operator; an author or approver has it not', () => {
    expect(mayOperate(acting(official(['author', 'approver'])), 'mois')).toBe(false);
    expect(mayOperate(acting(official([])), 'mois')).toBe(false);
  });

  it('who is administrator acts for any agency and has every role', () => {
    const administrator = official(['administrator']);
    expect(mayOperate(acting(administrator), 'nts')).toBe(true);
    expect(ROLES.every((role) => hasRole(administrator, role))).toBe(true);
  });

  it('who was revoked may do nothing, not even as administrator', () => {
    const gone = official(['administrator', 'operator'], { revokedAt: at('01:00') });
    expect(mayOperate(acting(gone), 'mois')).toBe(false);
    expect(ROLES.some((role) => hasRole(gone, role))).toBe(false);
  });

  it('is not asked of the clock or of the console', () => {
    expect(mayOperate({ kind: 'system', name: 'clock' }, 'nts')).toBe(true);
    expect(mayOperate({ kind: 'console' }, 'nts')).toBe(true);
  });
});

describe('who is concerned when a service changes', () => {
  it('are its own subscribers, its agency’s, its category’s, and those of the tasks done through it', () => {
    expect(concernedBy(['gov24'], 'nationwide', catalogue)).toEqual({
      kind: 'subscribers',
      services: ['gov24', 'certificate', 'move-in'],
      agencies: ['mois'],
      categories: ['civil-documents'],
      scope: 'nationwide',
    });
  });

  it('are each named once, and only within the scope', () => {
    expect(concernedBy(['gov24', 'counter', 'kiosk', 'gone'], ['busan'], catalogue)).toMatchObject({
      services: ['gov24', 'counter', 'kiosk', 'gone', 'certificate', 'move-in'],
      agencies: ['mois', 'local'],
      categories: ['civil-documents', 'contact'],
      scope: ['busan', 'busan-haeundae', 'busan-suyeong'],
    });
  });

  it('include those who live inside a named region or in the one around it, and nobody else', () => {
    const scope = (named: string[]) => [...catalogue.touchedBy(named)].sort();
    expect(scope(['busan'])).toEqual(['busan', 'busan-haeundae', 'busan-suyeong']);
    expect(scope(['busan-haeundae'])).toEqual(['busan', 'busan-haeundae']);
    expect(scope(['seoul-mapo', 'busan-suyeong'])).toEqual(['busan', 'busan-suyeong', 'seoul', 'seoul-mapo']);
    expect(catalogue.touchedBy('nationwide')).toBe('nationwide');
  });

  it('are exactly those for whom the status changes', () => {
    for (const named of catalogue.regions.map((r) => r.id)) {
      const scope = catalogue.touchedBy([named]);
      for (const { id } of catalogue.regions) {
        expect(scope.includes(id), `${named} for ${id}`).toBe(concerns({ scope: [named] }, id, catalogue));
      }
    }
  });

  it('are not those of what merely rests on it', () => {
    expect(concernedBy(['network'], 'nationwide', catalogue)).toMatchObject({ services: ['network'] });
  });

  it('frees the followers of the tasks done through it', () => {
    expect(followedThrough(['kiosk'], catalogue)).toEqual(['kiosk', 'certificate']);
  });
});

describe('a subscriber', () => {
  it('is written to in the language chosen, else the client’s, else Korean', () => {
    expect(languageOf({ language: 'en', hint: 'ko' })).toBe('en');
    expect(languageOf({ language: null, hint: 'en' })).toBe('en');
    expect(languageOf({ language: null, hint: null })).toBe('ko');
  });

  it('has a key that tells platforms and workspaces apart', () => {
    const keys = [
      chatKey({ platform: 'telegram', workspace: '1', id: '2' }),
      chatKey({ platform: 'slack', workspace: '1', id: '2' }),
      chatKey({ platform: 'telegram', workspace: '2', id: '2' }),
      chatKey({ platform: 'telegram', workspace: '1', id: '-2' }),
    ];
    expect(new Set(keys).size).toBe(4);
  });
});

describe('an outcome', () => {
  it('is a value or a problem with its field', () => {
    expect(done(3)).toEqual({ ok: true, value: 3 });
    expect(refused('too_long', 'message.ko', { most: '500' })).toEqual({
      ok: false,
      problem: { code: 'too_long', field: 'message.ko', params: { most: '500' } },
    });
  });
});
