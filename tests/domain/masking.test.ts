import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal } from '../../src/domain/masking.ts';

describe('what belongs to one person is taken out', () => {
  it.each([
    ['900101-1234567 등본 뽑아줘', '[주민등록번호] 등본 뽑아줘'],
    ['900101 1234567 등본', '[주민등록번호] 등본'],
    ['9001011234567 등본', '[주민등록번호] 등본'],
    ['900101-1****** 등본 뽑아줘', '[주민등록번호] 등본 뽑아줘'],
    ['９００１０１－１２３４５６７ 조회', '[주민등록번호] 조회'],
    ['외국인등록번호 850505-5123456 이에요', '외국인등록번호 [주민등록번호] 이에요'],
    ['010-1234-5678로 알려주세요', '[전화번호]로 알려주세요'],
    ['010 1234 5678', '[전화번호]'],
    ['01012345678', '[전화번호]'],
    ['+82 10-1234-5678', '[전화번호]'],
    ['02)123-4567', '[전화번호]'],
    ['(031) 123-4567 이 번호', '[전화번호] 이 번호'],
    ['공일공 일이삼사 오육칠팔', '[전화번호]'],
    ['카드 1234-5678-9012-3456 결제 오류', '카드 [카드번호] 결제 오류'],
    ['계좌 110-123-456789로 환급', '계좌 [번호]로 환급'],
    ['여권 M12345678 재발급', '여권 [여권번호] 재발급'],
    ['여권 M123A4567 재발급', '여권 [여권번호] 재발급'],
    ['면허 11-22-345678-90 갱신', '면허 [면허번호] 갱신'],
    ['12가3456 과태료', '[차량번호] 과태료'],
    ['서울12가3456 과태료', '[차량번호] 과태료'],
    ['세종대로 209로 이사했어요', '[주소]로 이사했어요'],
    ['101동 1203호 전입신고', '[주소] 전입신고'],
    ['hong.gildong@example.com 으로 보내줘', '[전자우편] 으로 보내줘'],
    ['https://bit.ly/abc 눌러도 돼요?', '[링크] 눌러도 돼요?'],
    ['gov24-kr.com 진짜예요?', '[링크] 진짜예요?'],
    ['제 이름은 홍길동이고 등본이 안 나와요', '제 이름은 [이름]이고 등본이 안 나와요'],
    ['저는 홍길동이라고 합니다', '저는 [이름]이라고 합니다'],
    ['850505 - 5123456 조회', '[주민등록번호] 조회'],
    ['900101-1xxxxxx 등본', '[주민등록번호] 등본'],
    ['구공공일공일 일이삼사오육칠', '[주민등록번호]'],
    ['1234-****-****-3456 카드', '[카드번호] 카드'],
    ['공일공 1234 5678로요', '[전화번호]로요'],
    ['010 일이삼사 오육칠팔', '[전화번호]'],
    ['+82 (0)10 1234 5678', '[전화번호]'],
    ['0505-123-4567로', '[번호]로'],
    ['hong 골뱅이 naver.com', '[전자우편]'],
    ['역삼동 123-45 전입', '[주소] 전입'],
    ['3층 302호예요', '[주소]예요'],
    ['비밀번호는 hunter22인데', '비밀번호는 [비밀번호]인데'],
  ])('%s', (text, masked) => {
    expect(maskPersonal(text, 'ko')).toBe(masked);
  });

  it.each([
    ['my ARC is 850505-5123456, check it', 'my ARC is [resident number], check it'],
    ['call me on +1 (415) 555-0132', 'call me on [phone number]'],
    ['my name is John Smith and hikorea is down', 'my name is [name] and hikorea is down'],
    ['passport M12345678 not found', 'passport [passport number] not found'],
    ['I live at 12 Teheran Road, apt 1203', 'I live at [address], [address]'],
    ['my name is kim cheolsu and it fails', 'my name is [name] and it fails'],
    ["name's Bob, hometax is down", "name's [name], hometax is down"],
    ['123 Gangnam-daero, 101-dong 1203-ho', '[address], [address] [address]'],
    ['john dot smith at gmail dot com', '[e-mail]'],
    ['(415) 555-0132 is my number', '[phone number] is my number'],
    ['card 4111 1111 1111 1111 declined', 'card [card number] declined'],
    ['password is hunter22', 'password is [password]'],
    ['account 110-123-456789', 'account [number]'],
    ['plate 12가3456', 'plate [plate number]'],
  ])('%s', (text, masked) => {
    expect(maskPersonal(text, 'en')).toBe(masked);
  });
});

describe('what tells nothing of a person stays', () => {
  it.each([
    '정부24 지금 되나요?',
    '정부24가 1345처럼 안 돼요',
    '홈택스 503 에러',
    '110 전화가 안 돼요',
    '1588-2188 연결이 안 됩니다',
    '2023-1117-2 이거 진짜예요?',
    '2023년 11월 17일에 왜 멈췄어요',
    '앞으로 3시간 걸려요?',
    '위택스로 5분째 접속 중',
    '대기자가 40000명이래요',
    '이름이 뭐예요?',
    '이름 변경이 안 돼요',
    '비밀번호는 어떻게 바꿔요',
    '2호선 지하철 앱 되나요',
    '저는 안 된다고 나와요',
    '일이 사흘째 안 풀려요',
    'my name is wrong on the certificate',
    'i forgot my password again',
    'meet me at the office',
    'is gov24 down since 13:55?',
    'error 404 on k-eta',
  ])('%s', (text) => {
    expect(maskPersonal(text, 'ko')).toBe(text);
  });
});

describe('properties', () => {
  const digits = (n: number) => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`));

  it('no run of six digits is left, whatever stands around', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), digits(9), fc.string({ unit: 'binary' }), (a, number, b) => {
        expect(maskPersonal(`${a}${number}${b}`, 'ko')).not.toMatch(/[0-9]{6}/u);
      }),
    );
  });

  it('a resident number in any common spelling is gone', () => {
    const gap = fc.constantFrom('', '-', ' ', ' - ', '–', '.');
    fc.assert(
      fc.property(
        digits(6),
        gap,
        fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
        digits(6),
        (birth, between, sex, rest) => {
          const masked = maskPersonal(`번호는 ${birth}${between}${sex}${rest} 입니다`, 'ko');
          expect(masked).not.toContain(rest);
          expect(masked).not.toContain(birth);
        },
      ),
    );
  });

  it.each(['ko', 'en'] as const)('no number of a person is left of a sentence (%s)', (language) => {
    const gap = fc.constantFrom('', '-', ' ', '.');
    const grouped = (...lengths: readonly number[]) =>
      fc.tuple(gap, ...lengths.map(digits)).map(([between, ...groups]) => groups.join(between));
    const number = fc.oneof(
      fc.tuple(gap, digits(4), digits(4)).map(([between, a, b]) => `010${between}${a}${between}${b}`),
      fc
        .tuple(gap, digits(4), digits(4))
        .map(([between, a, b]) => `+82${between}10${between}${a}${between}${b}`),
      grouped(4, 4, 4, 4),
      grouped(6, 7),
      grouped(3, 3, 6),
      grouped(6, 2, 6),
      digits(8).map((rest) => `M${rest}`),
      digits(4).map((rest) => `12가${rest}`),
    );
    const around =
      language === 'ko' ? (n: string) => `제 번호 ${n} 확인이요` : (n: string) => `my number ${n} please`;
    fc.assert(
      fc.property(number, fc.boolean(), (plain, wide) => {
        const typed = wide
          ? plain.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))
          : plain;
        const masked = maskPersonal(around(typed), language);
        expect(masked).toMatch(/\[.+\]/u);
        expect(masked.replace(/\[[^\]]*\]/gu, '')).not.toMatch(/[0-9]{3}/u);
      }),
      { numRuns: 300 },
    );
  });

  it('masking again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = maskPersonal(text, 'ko');
        expect(maskPersonal(once, 'ko')).toBe(once);
      }),
    );
  });
});
