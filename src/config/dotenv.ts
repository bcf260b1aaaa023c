import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from './environment.ts';
import type { Environment } from './variables.ts';

/**
 * The environment of this process, with what a `.env` in the working directory adds; what is set already stays.
 * @throws ConfigError when there is a `.env` that cannot be read
 */
export function environment(): Environment {
  return { ...parseEnv(contentOf('.env')), ...process.env };
}

/** The text of a file, empty when there is none; a byte order mark would become part of the first name. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return '';
    throw new ConfigError([
      `${path}: cannot be read (${code}). Make it a file that this user may read, or remove it`,
    ]);
  }
}
