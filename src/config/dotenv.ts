import { existsSync } from 'node:fs';

/** The environment of this process, with what a `.env` beside the program adds; what is set already stays. */
export function environment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
