import { describe, expect, it } from 'vitest';
import { sayIn } from '../../src/wording/i18n.ts';
import { PARTICLES, withParticle } from '../../src/wording/korean.ts';
import { catalogue } from './situations.ts';

describe('조사', () => {
  it.each([
    ['홈택스', '은/는', '홈택스는'],
    ['위택스', '을/를', '위택스를'],
    ['새올', '이/가', '새올이'],
    ['복지로', '과/와', '복지로와'],
    ['서울', '으로/로', '서울로'],
    ['부산', '으로/로', '부산으로'],
    ['장애', '이에요/예요', '장애예요'],
    ['점검', '이에요/예요', '점검이에요'],
    ['정부24', '은/는', '정부24는'],
    ['110', '으로/로', '110으로'],
    ['126', '으로/로', '126으로'],
    ['1588-2188', '으로/로', '1588-2188로'],
    ['1577-1000', '으로/로', '1577-1000으로'],
    ['1357', '으로/로', '1357로'],
    ['2023-1117-2', '은/는', '2023-1117-2는'],
    ['2023-1117-3', '은/는', '2023-1117-3은'],
    ['행정전자서명 인증시스템(GPKI)', '은/는', '행정전자서명 인증시스템(GPKI)은'],
    ['주민센터(행정복지센터) 민원창구', '을/를', '주민센터(행정복지센터) 민원창구를'],
    ['‘정상’', '이에요/예요', '‘정상’이에요'],
    ['시스템(A(B))', '은/는', '시스템(A(B))은'],
  ] as const)('%s + %s', (name, particle, expected) => {
    expect(withParticle(name, particle)).toBe(expected);
  });

  it('라틴 문자 이름은 읽는 소리를 따른다', () => {
    expect(withParticle({ text: 'Q-Net', reading: '큐넷' }, '은/는')).toBe('Q-Net은');
    expect(withParticle({ text: 'Wetax', reading: '위택스' }, '을/를')).toBe('Wetax를');
    expect(withParticle({ text: 'The건강보험', reading: null }, '이/가')).toBe('The건강보험이');
  });

  it('읽는 소리가 없으면 글자 이름을 따른다', () => {
    expect(withParticle('SRT', '을/를')).toBe('SRT를');
    expect(withParticle('URL', '으로/로')).toBe('URL로');
    expect(withParticle('PIN', '은/는')).toBe('PIN은');
    expect(withParticle('HRD', '이/가')).toBe('HRD가');
  });

  it('목록에 있는 모든 이름에 조사가 하나만 붙는다', () => {
    for (const service of catalogue.services) {
      for (const particle of PARTICLES) {
        const text = withParticle({ text: service.name.ko, reading: service.reading }, particle);
        const [withFinal, without] = particle.split('/');
        expect([`${service.name.ko}${withFinal}`, `${service.name.ko}${without}`]).toContain(text);
      }
    }
  });

  it('글 속의 자리에서도 붙는다', () => {
    expect(sayIn('ko')('status.lead.stillTrouble', { phone: '1588-2188' })).toBe(
      '그래도 이용이 안 되면 1588-2188로 문의해 주세요.',
    );
  });
});
