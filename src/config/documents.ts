import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type JsonPath, type JsonPositions, positionsOf, written } from './json-position.ts';

/** A JSON file as read. */
export interface Document {
  /** As shown in messages. */
  readonly file: string;
  readonly text: string;
  /** undefined when the text is not JSON. */
  readonly content: unknown;
}

/** A part of a document that became a record, and where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly document: Document;
  readonly path: JsonPath;
}

/** What is wrong with a set of documents, gathered so that all of it is told at once. */
export class Findings {
  readonly #found: { place: Pick<Placed<unknown>, 'document' | 'path'>; says: string }[] = [];
  readonly #general: string[] = [];
  readonly #positions = new Map<Document, JsonPositions>();

  /** @param says what is wrong, then the remedy: two sentences, the last without a full stop */
  add(place: Pick<Placed<unknown>, 'document' | 'path'>, says: string, ...deeper: JsonPath): void {
    this.#found.push({ place: { document: place.document, path: [...place.path, ...deeper] }, says });
  }

  /** For what has no line: a file that is not there. */
  addFile(file: string, says: string): void {
    this.#general.push(`${file}: ${says}`);
  }

  get none(): boolean {
    return this.#found.length === 0 && this.#general.length === 0;
  }

  /** `file:line` of a place, to point at it from elsewhere. */
  where({ document, path }: Pick<Placed<unknown>, 'document' | 'path'>): string {
    return `${document.file}:${this.positionsIn(document).lineOf(path)}`;
  }

  positionsIn(document: Document): JsonPositions {
    const known = this.#positions.get(document) ?? positionsOf(document.text);
    this.#positions.set(document, known);
    return known;
  }

  /** `file:line path: what is wrong. Remedy`, in the order of the files. */
  lines(): readonly string[] {
    const found = this.#found.map(({ place, says }) => ({
      file: place.document.file,
      line: this.positionsIn(place.document).lineOf(place.path),
      path: place.path.length > 0 ? ` ${written(place.path)}` : '',
      says,
    }));
    found.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
    return [
      ...this.#general,
      ...new Set(found.map(({ file, line, path, says }) => `${file}:${line}${path}: ${says}`)),
    ];
  }
}

/**
 * The JSON files at a path: the file itself, or all `*.json` in the folder and below it.
 * What cannot be read or parsed becomes a finding.
 * @param variable the setting that named the path, for the remedy
 * @param thorough also look for keys written twice, which JSON.parse lets pass
 */
export function readDocuments(
  path: string,
  findings: Findings,
  options: { variable: string; thorough: boolean },
): readonly Document[] {
  const files = filesAt(path, findings, options.variable);
  const documents: Document[] = [];
  for (const file of files) {
    const relativeTo = relative(process.cwd(), file);
    const shown = relativeTo.startsWith('..') ? file : relativeTo;
    const text = textOf(file);
    if (text === null) {
      findings.addFile(shown, 'cannot be read. Let this user read it');
      continue;
    }
    const document = { file: shown, text, content: parsed(text) };
    if (document.content === undefined) {
      const fault = positionsOf(text).fault;
      findings.addFile(
        `${document.file}:${fault?.line ?? 1}`,
        `the text ${fault?.problem ?? 'is not JSON'}. Correct the JSON there`,
      );
      continue;
    }
    if (options.thorough) {
      for (const { path: twice } of findings.positionsIn(document).repeated) {
        findings.add({ document, path: twice }, 'is written twice in one object. Keep one of them');
      }
    }
    documents.push(document);
  }
  return documents;
}

/** The text of a file without its byte order mark; null when it cannot be read. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return null;
  }
}

function filesAt(path: string, findings: Findings, variable: string): readonly string[] {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined) {
    findings.addFile(
      path,
      `there is no such file or folder. Set ${variable} to one that exists, or leave it out`,
    );
    return [];
  }
  if (!kind.isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  if (files.length === 0)
    findings.addFile(path, `the folder holds no .json file. Set ${variable} to another`);
  return files.sort().map((name) => join(path, name));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
