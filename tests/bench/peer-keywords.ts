import MiniSearch from 'minisearch';
import type { Catalogue } from '../../src/domain/catalogue.ts';
import type { Contender, Said } from './contender.ts';

/** Ordered: the first that matches decides. As a careful programmer writes them in an afternoon. */
const RULES: readonly (readonly [string, RegExp])[] = [
  [
    'unsubscribe',
    /해지|취소|그만|끊어|알림.*(꺼|끄)|구독.*(안|말)|unsubscri|stop (the |sending|these)|cancel.*(alert|notif|subscri)|turn off/,
  ],
  [
    'list_subscriptions',
    /(구독|알림).*(목록|뭐|리스트|보여|확인)|what.*(subscri|following)|my (subscriptions|alerts)|list.*(subscri|alert)/,
  ],
  [
    'privacy',
    /개인정보|내 (정보|데이터)|삭제해|privacy|my data|personal (data|information)|delete (my|everything)/,
  ],
  ['language', /영어로|한국어로|언어|english|korean|language|in (english|korean)/],
  [
    'human',
    /상담원|사람(이랑|과|하고)|전화번호|담당자|human|agent|(real|speak to a) person|operator|call cent/,
  ],
  ['report_problem', /신고(할|하고|합)|제보|나도 안|저도 안|report/],
  [
    'subscribe',
    /알려 ?(줘|주)|알림|구독|복구되면|되면 (말|연락)|subscribe|notify|alert me|let me know|tell me when/,
  ],
  ['alternatives', /대신|다른 (방법|곳|데)|대안|다른데|instead|alternative|other way|another way|where else/],
  ['cause', /왜|원인|이유|무슨 일|why|cause|reason|what happened/],
  ['eta', /언제|몇 ?시|얼마나 (걸|기다)|복구 예정|when|how long|what time|eta\b/],
  ['history', /지난|어제|저번|예전|이력|과거|yesterday|last (week|month|time|year)|history|previous|past/],
  [
    'status_all',
    /전체|모두|모든|다 되|어디.*안|장애 ?(있|난|목록|현황)|anything|everything|all (services|sites|systems)|any (outage|service)|what('s| is) down/,
  ],
  [
    'status',
    /되나|돼|됩니|됨|되요|안 ?되|안 ?열|접속|먹통|장애|오류|에러|느려|점검|열리|터졌|working|work|down|up\b|open|access|error|slow|fail|crash|outage|load|log ?in|broken|available/,
  ],
  ['help', /도움|사용법|뭐 할 수|어떻게 (써|사용)|기능|help|what can you|how do (i|you) use/],
  ['thanks', /고마|감사|땡큐|thank|thx|appreciate/],
  ['greeting', /^(안녕|하이|반가|hello|hi\b|hey|good (morning|evening|afternoon))/],
];
/** What is asked of our own services but is nothing about their state. */
const VETO =
  /얼마|수수료|비용|가격|서류|준비물|자격|대상|조건|사진|운영 ?시간|몇 살|하는 ?법|방법 알|날씨|맛집|노래|농담|카톡|카카오|유튜브|은행|fee\b|cost|price|how much|documents?|eligib|require|opening hours|weather|joke|recipe|song|youtube|netflix|bank|movie/;

const COVERAGES = [0.6, 0.7, 0.8, 0.9, 1];
const MOST = [1, 3];
const VETOES = [false, true];
const NEEDS_SERVICE = [false, true];
const STRICT = { coverage: 1, most: 1, veto: true, needsService: true };

/** Sounds of Hangul and letters of the rest, three by three. */
const trigrams = (text: string): string[] => {
  const letters = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return letters.length < 3
    ? [letters]
    : Array.from({ length: letters.length - 2 }, (_, at) => letters.slice(at, at + 3));
};

interface Alias {
  readonly id: number;
  readonly service: string;
  readonly alias: string;
  readonly size: number;
}

/** Keyword search: MiniSearch over aliases by jamo trigrams for the service, ordered rules for the intent. */
export function createKeywords(catalogue: Catalogue): Contender {
  const aliases: Alias[] = [];
  for (const { id: service, name, aliases: own } of catalogue.services) {
    for (const alias of new Set([name.ko, name.en, ...own.ko, ...own.en])) {
      aliases.push({ id: aliases.length, service, alias, size: new Set(trigrams(alias)).size });
    }
  }
  const search = new MiniSearch<Alias>({
    fields: ['alias'],
    tokenize: trigrams,
    processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', prefix: false, fuzzy: false },
  });
  search.addAll(aliases);
  const grid = COVERAGES.flatMap((coverage) =>
    MOST.flatMap((most) =>
      VETOES.flatMap((veto) => NEEDS_SERVICE.map((needsService) => ({ coverage, most, veto, needsService }))),
    ),
  );

  /** Those whose trigrams the message holds, the longest first, none of whose letters another took. */
  const linksIn = (
    hits: readonly { readonly alias: Alias; readonly terms: readonly string[] }[],
    coverage: number,
    most: number,
  ): readonly string[] => {
    const taken = new Set<string>();
    const services: string[] = [];
    for (const { alias, terms } of hits) {
      if (services.length >= most) break;
      if (terms.length / alias.size < coverage) continue;
      if (terms.filter((term) => taken.has(term)).length * 2 > terms.length) continue;
      for (const term of terms) taken.add(term);
      if (!services.includes(alias.service)) services.push(alias.service);
    }
    return services;
  };

  return {
    settings: grid.map(
      ({ coverage, most, veto, needsService }) =>
        `${coverage * 100} % of an alias, ${most} service${most === 1 ? '' : 's'} at most${veto ? ', vetoes' : ''}${needsService ? ', a service needed' : ''}`,
    ),
    read(text) {
      const plain = text.toLowerCase().normalize('NFC');
      const hits = search
        .search(text)
        .flatMap((hit) => {
          const alias = aliases[hit.id as number];
          return alias === undefined ? [] : [{ alias, terms: hit.terms }];
        })
        .sort((a, b) => b.terms.length - a.terms.length || a.alias.size - b.alias.size);
      const ruled = RULES.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
      const vetoed = VETO.test(plain);
      return (setting): Said => {
        const { coverage, most, veto, needsService } = grid[setting] ?? STRICT;
        const services = linksIn(hits, coverage, most);
        const intent = ruled ?? (services.length > 0 ? 'status' : 'off_topic');
        const unnamed = ['status', 'eta', 'cause', 'alternatives'].includes(intent) && services.length === 0;
        if ((veto && vetoed) || (needsService && unnamed)) return { intent: 'off_topic', services: [] };
        return { intent, services: intent === 'off_topic' ? [] : services };
      };
    },
  };
}
