import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CatalogueError, readCatalogue } from '../../src/config/catalogue.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allim-catalogue-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Entry = Record<string, unknown>;
const both = (text: string) => ({ ko: `${text} 이름`, en: text });
const aService = (id: string, more: Entry = {}): Entry => ({
  id,
  name: both(id),
  agency: 'mois',
  kind: 'service',
  category: 'tax',
  ...more,
});

let count = 0;
/** Writes a catalogue as people do, two spaces deep, and gives its path. */
const fileOf = (content: unknown): string => {
  const path = join(folder, `catalogue-${++count}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
};
const read = (content: unknown) => readCatalogue(fileOf(content));

/** The complaints about a catalogue, without the folder. */
const linesOf = (path: string): readonly string[] => {
  try {
    readCatalogue(path);
  } catch (error) {
    if (error instanceof CatalogueError) return error.lines.map((line) => line.replaceAll(`${folder}/`, ''));
    throw error;
  }
  return [];
};
const complaints = (content: unknown) =>
  linesOf(fileOf(content)).map((l) => l.replaceAll(/catalogue-\d+/g, 'c'));

describe('a catalogue of one’s own', () => {
  it('needs little: what is left out has a plain default', () => {
    const catalogue = read({ services: [aService('a')] });
    expect(catalogue.services).toEqual([
      {
        id: 'a',
        name: both('a'),
        reading: null,
        agency: 'mois',
        kind: 'service',
        audience: 'citizen',
        category: 'tax',
        aliases: { ko: [], en: [] },
        needsCue: [],
        url: null,
        helpline: null,
        parent: null,
        dependsOn: [],
        channels: [],
        tasks: [],
        alternatives: [],
        note: null,
      },
    ]);
  });

  it('takes agencies, categories and all regions from those shipped, as far as they are named', () => {
    const catalogue = read({ services: [aService('a')] });
    expect(catalogue.agencies.map((a) => a.id)).toEqual(['mois']);
    expect(catalogue.categories.map((c) => c.id)).toEqual(['tax']);
    expect(catalogue.region('busan-haeundae')?.parent).toBe('busan');
  });

  it('may bring its own, which win', () => {
    const catalogue = read({
      services: [aService('a', { category: 'trees' }), aService('b', { agency: 'our-office' })],
      agencies: [
        { id: 'mois', name: both('Renamed'), phone: '110' },
        { id: 'our-office', name: both('Our office') },
      ],
      categories: [{ id: 'trees', name: both('Trees') }],
      regions: [{ id: 'busan-new', name: both('New'), parent: 'busan' }],
    });
    expect(catalogue.agency('mois')).toMatchObject({ name: both('Renamed'), phone: '110' });
    expect(catalogue.agency('our-office')?.phone).toBeNull();
    expect(catalogue.category('trees')?.name).toEqual(both('Trees'));
    expect(catalogue.regionLine('busan-new')).toEqual(['busan-new', 'busan']);
  });

  it('may name an agency instead: a known name in either language gets its id', () => {
    const catalogue = read({
      services: [
        aService('a', { agency: { ko: '국세청', en: 'Something else' } }),
        aService('b', { agency: { ko: '다른 이름', en: 'National Tax Service (NTS)' } }),
      ],
    });
    expect(catalogue.services.map((s) => s.agency)).toEqual(['nts', 'nts']);
    expect(catalogue.agencies.map((a) => a.id)).toEqual(['nts']);
  });

  it('gives an unknown agency an id that stays the same at every start, whatever the order', () => {
    const harbour = { ko: '가나다항만청', en: 'Harbour Office (HO)' };
    const other = { ko: '라마바청', en: '라마바' };
    const [one, two] = [
      read({ services: [aService('a', { agency: harbour }), aService('b', { agency: other })] }),
      read({ services: [aService('b', { agency: other }), aService('a', { agency: harbour })] }),
    ];
    const id = one.service('a')?.agency ?? '';
    expect(id).toMatch(/^harbour-office-[0-9a-f]{6}$/);
    expect(two.service('a')?.agency).toBe(id);
    expect(one.service('b')?.agency).toBe(two.service('b')?.agency);
    expect(one.agency(id)).toEqual({ id, name: harbour, aliases: { ko: [], en: [] }, phone: null });
  });

  it('may be a folder of files, which form one catalogue', () => {
    const path = join(folder, 'parts');
    mkdirSync(join(path, 'services'), { recursive: true });
    writeFileSync(
      join(path, 'services', 'a.json'),
      JSON.stringify({ services: [aService('a', { parent: 'b' })] }),
    );
    writeFileSync(join(path, 'services', 'b.json'), JSON.stringify({ services: [aService('b')] }));
    writeFileSync(join(path, 'README.md'), 'not a catalogue');
    expect(readCatalogue(path).services.map((s) => s.id)).toEqual(['a', 'b']);
  });

  it('may begin with a byte order mark, hold a meta part, and keep remarks under x_', () => {
    const text = JSON.stringify({
      meta: { by: 'us' },
      x_todo: 1,
      services: [aService('a', { x_owner: 'Kim' })],
    });
    expect(read(`\uFEFF${text}`).services).toHaveLength(1);
  });

  it('reads all fields of a service', () => {
    const catalogue = read({
      services: [
        aService('a', {
          reading: '에이',
          aliases: { ko: ['가'], en: ['tax office'] },
          needs_cue: ['tax office'],
          url: 'https://a.go.kr',
          helpline: '1588-2188',
          depends_on: ['b'],
          tasks: [both('do')],
          alternatives: [
            { ko: '나', en: 'b', via: 'b' },
            { ko: '전화', en: 'phone' },
          ],
          note: 'n',
        }),
        aService('b', { kind: 'function', channels: ['a'] }),
      ],
    });
    expect(catalogue.service('a')).toMatchObject({
      reading: '에이',
      needsCue: ['tax office'],
      url: 'https://a.go.kr',
      helpline: '1588-2188',
      dependsOn: ['b'],
      alternatives: [
        { text: { ko: '나', en: 'b' }, via: 'b' },
        { text: { ko: '전화', en: 'phone' }, via: null },
      ],
    });
    expect(catalogue.functionsThrough('a').map((s) => s.id)).toEqual(['b']);
  });
});

describe('a broken catalogue', () => {
  it('names the file that is not there, and the remedy', () => {
    expect(linesOf(join(folder, 'nowhere.json'))).toEqual([
      'nowhere.json: there is no such file or folder. Set CATALOGUE_FILE to one that exists, or leave it out',
    ]);
  });

  it('names the line where it stops being JSON', () => {
    expect(complaints('{\n  "services": [\n    { "id": "a", }\n  ]\n}')).toEqual([
      'c.json:3: the text has a “,” before “}”. Correct the JSON there',
    ]);
  });

  it('is not a list, and not nothing', () => {
    expect(complaints('[]')).toEqual([
      expect.stringMatching(/^c\.json:1: must be an object with one or more of services/),
    ]);
    expect(complaints({ services: [] })).toEqual([
      expect.stringMatching(/^c\.json:1: the catalogue has no services/),
    ]);
    expect(complaints({ services: {} })[0]).toMatch(/^c\.json:2 services: must be a list\. /);
  });

  it('names a missing language with line, path and remedy', () => {
    expect(
      complaints({
        services: [aService('a', { name: { ko: '가' } }), aService('b', { name: { ko: '나', en: ' ' } })],
      }),
    ).toEqual([
      'c.json:5 services[0].name.en: is missing. Add it',
      'c.json:16 services[1].name.en: is empty, or has a space at its beginning or end. Write the text without',
    ]);
  });

  it('tells everything at once, in the order of the lines', () => {
    const lines = complaints({
      services: [
        aService('a', { kind: 'portal', helpline: 'call us', url: 'gov.kr' }),
        aService('B!', { audience: 7, dependson: ['a'] }),
        aService('c', { depends_on: ['gone'], category: 'nonsense', agency: 'nobody' }),
      ],
    });
    expect(lines).toEqual([
      expect.stringMatching(
        /^c\.json:10 services\[0\]\.kind: must be one of service, function, .* not “portal”/,
      ),
      expect.stringMatching(/^c\.json:12 services\[0\]\.helpline: must be a telephone number/),
      expect.stringMatching(/^c\.json:13 services\[0\]\.url: must be an address/),
      expect.stringMatching(/^c\.json:16 services\[1\]\.id: must be lower-case/),
      expect.stringMatching(
        /^c\.json:24 services\[1\]\.audience: must be one of citizen, official, both, not “7”/,
      ),
      expect.stringMatching(
        /^c\.json:25 services\[1\]\.dependson: is not a key known here\. Correct its spelling/,
      ),
      expect.stringMatching(/^c\.json:35 services\[2\]\.agency: “nobody” is no agency/),
      expect.stringMatching(
        /^c\.json:37 services\[2\]\.category: “nonsense” is no category\. .*civil-documents/,
      ),
      expect.stringMatching(/^c\.json:39 services\[2\]\.depends_on\[0\]: names “gone”, which is no service/),
    ]);
  });

  it('has each problem followed by a remedy', () => {
    const lines = complaints({
      colours: [],
      services: [
        aService('a', { agency: 3, alternatives: [{ ko: 'x', en: 'see www.gov.kr' }] }),
        'b',
        aService('a'),
      ],
      ambiguous_aliases: [{ alias: 'x', lang: 'fr', candidates: ['a'], prefer: 'z', ask: both('?') }],
    });
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(line).toMatch(/^c\.json:\d+ \S+: .+\. [A-Z][^.]+$/);
  });

  it('does not complain of references to a service that is there but wrong otherwise', () => {
    const lines = complaints({
      services: [aService('a', { kind: 'x' }), aService('b', { parent: 'a', depends_on: ['a'] })],
    });
    expect(lines).toHaveLength(1);
  });

  it('tells of an id that is taken, and where', () => {
    const lines = complaints({ services: [aService('a'), aService('a', { name: both('z') })] });
    expect(lines).toEqual([
      expect.stringMatching(
        /^c\.json:14 services\[1\]\.id: “a” is already the id of the entry at c\.json:3\. /,
      ),
    ]);
  });

  it('tells of every reference that leads nowhere', () => {
    const lines = complaints({
      services: [
        aService('a', { parent: 'x1', channels: ['x2'], alternatives: [{ ko: '가', en: 'A', via: 'x3' }] }),
      ],
      regions: [{ id: 'r', name: both('R'), parent: 'x4' }],
      ambiguous_aliases: [{ alias: 'q', lang: 'en', candidates: ['a', 'x5'], prefer: 'x6', ask: both('?') }],
    });
    for (const id of ['x1', 'x2', 'x3', 'x4', 'x5', 'x6']) {
      expect(
        lines.filter((line) => line.includes(`“${id}”`)),
        id,
      ).toHaveLength(1);
    }
    expect(lines).toHaveLength(6);
  });

  it('tells that an alternative is the service itself', () => {
    const lines = complaints({
      services: [aService('a', { alternatives: [{ ko: '가', en: 'A', via: 'a' }] })],
    });
    expect(lines).toEqual([
      expect.stringMatching(/services\[0\]\.alternatives\[0\]\.via: names the service itself/),
    ]);
  });

  it.each([
    ['depends_on', (to: string) => [to]],
    ['channels', (to: string) => [to]],
    ['parent', (to: string) => to],
  ])('tells once of a circle in %s, and how it goes', (edge, value) => {
    const ring = ['a', 'b', 'c'].map((id, i) => aService(id, { [edge]: value(['b', 'c', 'a'][i] ?? '') }));
    expect(complaints({ services: [...ring, aService('d', { [edge]: value('a') })] })).toEqual([
      expect.stringMatching(new RegExp(`services\\[2\\]\\.${edge}: goes round in a circle: a → b → c → a`)),
    ]);
    expect(complaints({ services: [aService('a', { [edge]: value('a') })] })).toEqual([
      expect.stringContaining('a → a'),
    ]);
  });

  it('tells of regions that contain each other', () => {
    const regions = [
      { id: 'r1', name: both('R1'), parent: 'r2' },
      { id: 'r2', name: both('R2'), parent: 'r1' },
    ];
    expect(complaints({ services: [aService('a')], regions })).toEqual([
      expect.stringContaining('r1 → r2 → r1'),
    ]);
  });

  it('allows two ways down to the same service', () => {
    const services = [
      aService('top', { depends_on: ['left', 'right'] }),
      aService('left', { depends_on: ['base'] }),
      aService('right', { depends_on: ['base'] }),
      aService('base'),
    ];
    expect(complaints({ services })).toEqual([]);
  });

  const sharing = [
    aService('a', { aliases: { ko: ['등본'], en: [] } }),
    aService('b', { aliases: { ko: ['등 본'], en: [] } }),
    aService('c'),
  ];

  it('tells of a name that two services share, however spaced, and where the other stands', () => {
    expect(complaints({ services: sharing })).toEqual([
      expect.stringMatching(
        /services\[1\]\.aliases\.ko\[0\]: “등 본” is also a name of a \(c\.json:\d+\)\. .*ambiguous_aliases/,
      ),
    ]);
    expect(complaints({ services: [aService('a'), aService('b', { aliases: { en: ['A'] } })] })).toHaveLength(
      1,
    );
  });

  it('allows it where it is declared ambiguous for both of them', () => {
    const declare = (...candidates: string[]) => [
      { alias: '등본', lang: 'ko', candidates, prefer: candidates[0], ask: both('which') },
    ];
    expect(complaints({ services: sharing, ambiguous_aliases: declare('a', 'b') })).toEqual([]);
    expect(complaints({ services: sharing, ambiguous_aliases: declare('a', 'c') })).toHaveLength(1);
    expect(complaints({ services: sharing, ambiguous_aliases: declare('b', 'c') })).toHaveLength(1);
  });

  it('tells of a question without its two languages, of too few candidates and of one declared twice', () => {
    const ask = both('which');
    const lines = complaints({
      services: sharing,
      ambiguous_aliases: [
        { alias: '등본', lang: 'ko', candidates: ['a', 'b'], prefer: 'c', ask },
        { alias: '등본', lang: 'ko', candidates: ['a', 'b'], prefer: 'a', ask },
        { alias: 'x', lang: 'ko', candidates: ['a'], prefer: 'a', ask: { ko: '무엇?' } },
      ],
    });
    expect(lines).toEqual([
      expect.stringMatching(/ambiguous_aliases\[0\]\.prefer: “c” is not among the candidates/),
      expect.stringMatching(/ambiguous_aliases\[1\]\.alias: “등본” is already declared at/),
      expect.stringMatching(/ambiguous_aliases\[2\]\.candidates: must have at least 2 entries/),
      expect.stringMatching(/ambiguous_aliases\[2\]\.ask\.en: is missing/),
    ]);
  });

  it('tells of a needs_cue that is no alias', () => {
    expect(complaints({ services: [aService('a', { needs_cue: ['날씨'] })] })).toEqual([
      expect.stringMatching(/needs_cue\[0\]: “날씨” is no alias of this service/),
    ]);
  });

  it('tells of a key that is written twice, of which JSON would silently keep the last', () => {
    const text =
      '{ "services": [\n{ "id": "a", "name": {"ko":"가","en":"A"},\n"kind": "service", "agency": "mois",\n"kind": "channel", "category": "tax" }\n] }';
    expect(complaints(text)).toEqual([
      expect.stringMatching(/^c\.json:4 services\[0\]\.kind: is written twice in one object/),
    ]);
  });

  it('names the right file of a folder', () => {
    const path = join(folder, 'broken');
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'good.json'), JSON.stringify({ services: [aService('a')] }));
    writeFileSync(join(path, 'bad.json'), '{\n"services": [{"id":"b"}\n');
    writeFileSync(join(path, 'worse.json'), JSON.stringify({ services: [aService('a')] }));
    expect(linesOf(path)).toEqual([
      expect.stringMatching(/^broken\/bad\.json:3: the text ends inside a list/),
      expect.stringMatching(
        /^broken\/worse\.json:1 services\[0\]\.id: “a” is already the id of the entry at broken\/good\.json:1/,
      ),
    ]);
  });
});
