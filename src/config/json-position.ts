/** A step into JSON: a key or an index. */
export type JsonPath = readonly (string | number)[];

/** Where in a JSON text each value stands, for messages that name the line. */
export interface JsonPositions {
  /** The line, from 1, of the value at a path; of the nearest value around it when there is none. */
  lineOf(path: JsonPath): number;
  /** The first fault of the text, if any. */
  readonly fault: { readonly line: number; readonly problem: string } | null;
  /** Keys that occur twice in one object: JSON.parse silently keeps the last. */
  readonly repeated: readonly { readonly path: JsonPath; readonly line: number }[];
}

/** `services[3].name.en`. */
export const written = (path: JsonPath): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');

const keyOf = (path: JsonPath): string => JSON.stringify(path);

class Fault extends Error {
  readonly offset: number;
  constructor(offset: number, problem: string) {
    super(problem);
    this.offset = offset;
  }
}

/** Walks a JSON text once. Slower than JSON.parse; meant for texts that turned out to be wrong. */
export function positionsOf(text: string): JsonPositions {
  const offsets = new Map<string, number>();
  const repeated: { path: JsonPath; line: number }[] = [];
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  let at = 0;

  const skip = () => {
    while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
  };
  const expect = (mark: string, where: string) => {
    skip();
    if (text[at] !== mark)
      throw new Fault(at, at >= text.length ? `ends inside ${where}` : `has no “${mark}” in ${where}`);
    at++;
  };

  const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
  const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

  const readString = (what: string): string => {
    skip();
    STRING.lastIndex = at;
    const found = STRING.exec(text)?.[0];
    if (found === undefined) throw new Fault(at, `has no ${what} in double quotes here`);
    at += found.length;
    return JSON.parse(found) as string;
  };

  /** The members of an object or array, with commas between and none at the end. */
  const readMembers = (close: '}' | ']', where: string, readOne: (index: number) => void) => {
    at++;
    skip();
    if (text[at] === close) {
      at++;
      return;
    }
    for (let index = 0; ; index++) {
      readOne(index);
      skip();
      if (text[at] === close) {
        at++;
        return;
      }
      expect(',', where);
      skip();
      if (text[at] === close) throw new Fault(at, `has a “,” before “${close}”`);
    }
  };

  const readValue = (path: JsonPath): void => {
    skip();
    offsets.set(keyOf(path), at);
    const first = text[at];
    if (first === '{') {
      const seen = new Set<string>();
      readMembers('}', 'an object', () => {
        skip();
        const keyAt = at;
        const key = readString('key');
        if (seen.has(key)) repeated.push({ path: [...path, key], line: lineAt(keyAt) });
        seen.add(key);
        expect(':', 'an object, after a key');
        readValue([...path, key]);
      });
    } else if (first === '[') {
      readMembers(']', 'a list', (index) => readValue([...path, index]));
    } else if (first === '"') {
      readString('text');
    } else readLiteral();
  };

  const readLiteral = () => {
    LITERAL.lastIndex = at;
    const literal = LITERAL.exec(text)?.[0];
    if (literal === undefined)
      throw new Fault(at, at >= text.length ? 'ends where a value is due' : 'has no JSON value here');
    at += literal.length;
  };

  let fault: JsonPositions['fault'] = null;
  try {
    readValue([]);
    skip();
    if (at < text.length) throw new Fault(at, 'goes on after the end of its JSON');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    fault = { line: lineAt(error.offset), problem: error.message };
  }

  return {
    fault,
    repeated,
    lineOf: (path) => {
      for (let length = path.length; length >= 0; length--) {
        const offset = offsets.get(keyOf(path.slice(0, length)));
        if (offset !== undefined) return lineAt(offset);
      }
      return 1;
    },
  };
}
