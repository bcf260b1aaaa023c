import { readdirSync, readFileSync } from 'node:fs';
import type { Flaw } from '../flaw.ts';
import { isObject, type Json } from '../platform.ts';

interface Argument {
  readonly type?: string;
  readonly schema?: string;
  readonly enum?: readonly string[];
  readonly items?: Argument;
  readonly anyOf?: readonly Argument[];
  readonly allOf?: readonly Argument[];
}
interface MethodSpec {
  readonly scope?: { readonly bot?: readonly string[] };
  readonly rate_limits: string;
  readonly args: {
    readonly required: readonly string[];
    readonly properties: Readonly<Record<string, Argument>>;
  };
}

const folder = new URL('../specs/slack/methods/', import.meta.url);
const methods = new Map<string, MethodSpec>(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]),
);

/** Accepted by Slack though its documentation does not list it. */
const UNDOCUMENTED: Readonly<Record<string, readonly string[]>> = { 'chat.postMessage': ['client_msg_id'] };
/** Bolt's clients send the workspace along with every call. */
const ALWAYS = ['team_id'];
/** Arguments that hold JSON; a form carries them as text. */
const JSON_ARGUMENTS = ['blocks', 'attachments', 'metadata', 'view'];

export const isKnown = (method: string): boolean => methods.has(method);

/** `t1` … `t5`. */
export const tierOf = (method: string): string => methods.get(method)?.rate_limits ?? 't5';

/** Any one of these lets an app call the method; empty: none is needed. */
export const scopesOf = (method: string): readonly string[] => methods.get(method)?.scope?.bot ?? [];

/** The arguments with their JSON read. What cannot be read stays text and is found wrong later. */
export const decoded = (values: Json): Json =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (!JSON_ARGUMENTS.includes(name) || typeof value !== 'string') return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );

/** Checks arguments (decoded, without the token) against the published description of the method. */
export function flawsOf(method: string, values: Json): Flaw[] {
  const { required = [], properties = {} } = methods.get(method)?.args ?? {};
  const known = [...Object.keys(properties), ...ALWAYS, ...(UNDOCUMENTED[method] ?? [])];
  return [
    ...Object.keys(values)
      .filter((name) => !known.includes(name))
      .map((name): Flaw => ({ rule: 'unknown-argument', path: name, detail: `unknown argument "${name}"` })),
    ...required
      .filter((name) => name !== 'token' && (values[name] === undefined || values[name] === ''))
      .map((name): Flaw => ({ rule: 'missing', path: name, detail: `missing required field: ${name}` })),
    ...Object.entries(values).flatMap(([name, value]): Flaw[] => {
      const argument = properties[name];
      return argument === undefined || fits(argument, value, JSON_ARGUMENTS.includes(name))
        ? []
        : [{ rule: 'type', path: name, detail: `wrong type for "${name}"` }];
    }),
  ];
}

function fits(argument: Argument, value: unknown, holdsJson: boolean): boolean {
  if (value === null || value === undefined) return true;
  if (holdsJson) return isObject(value) || Array.isArray(value);
  if (argument.anyOf !== undefined) return argument.anyOf.some((option) => fits(option, value, false));
  if (argument.enum !== undefined && !argument.enum.includes(String(value))) return false;
  switch (argument.type) {
    case 'boolean':
      return typeof value === 'boolean' || ['true', 'false', '1', '0'].includes(String(value));
    case 'number':
    case 'integer':
      return value !== '' && Number.isFinite(Number(value));
    case 'null':
      return false;
    case 'array':
      return Array.isArray(value) || typeof value === 'string';
    default:
      return typeof value === 'string';
  }
}
