import { createHash, randomBytes } from 'node:crypto';
import type { Catalogue } from '../domain/catalogue.ts';
import type { AgencyId, OfficialId } from '../domain/ids.ts';
import { newId } from '../domain/ids.ts';
import { plusSeconds, toEpoch } from '../domain/instant.ts';
import type { Actor, Official, Role } from '../domain/official.ts';
import { hasRole } from '../domain/official.ts';
import { done, type Outcome, refused } from '../domain/problem.ts';
import type { Platform } from '../domain/subscriber.ts';
import { type Context, record } from './context.ts';
import { cleanedLine } from './texts.ts';

/** A person of a platform, as an official's chat identity. */
export interface Identity {
  readonly platform: Platform;
  readonly workspace: string;
  readonly person: string;
}

const LINK_CODE_SECONDS = 3 * 86_400;
const NAME_LENGTH = 100;

/**
 * Creates an official. The link code and the token are shown this once; only their hashes are kept.
 * `agency` is an id, or a name as the catalogue spells it in either language.
 */
export async function addOfficial(
  context: Context,
  actor: Actor,
  input: { name: string; agency: AgencyId; roles: readonly Role[] },
): Promise<Outcome<{ official: Official; linkCode: string; token: string }>> {
  if (!mayAdminister(actor)) return refused('administrators_only');
  const name = cleanedLine(input.name);
  if (name === '') return refused('invalid', 'name');
  if (name.length > NAME_LENGTH) return refused('too_long', 'name', { max: String(NAME_LENGTH) });
  const agency = agencyNamed(input.agency, context.catalogue);
  if (agency === null) return refused('unknown_agency', 'agency', { agency: input.agency });
  if (input.roles.length === 0) return refused('invalid', 'roles');

  const createdAt = context.clock.now();
  const official: Official = {
    id: newId('ofc', toEpoch(createdAt), context.clock.random),
    name,
    agency,
    roles: [...new Set(input.roles)],
    createdAt,
    revokedAt: null,
  };
  const token = `allim_${randomBytes(32).toString('base64url')}`;
  const linkCode = newLinkCode();
  await context.store.transaction(async (tables) => {
    await tables.officials.insert(official);
    await tables.officials.addToken(hashOf(token), official.id, createdAt);
    const expiresAt = plusSeconds(createdAt, LINK_CODE_SECONDS);
    await tables.officials.addLinkCode(hashOf(plainCode(linkCode)), official.id, expiresAt);
    await record(tables, context, actor, 'official.added', official.id, null, official);
  });
  return done({ official, linkCode, token });
}

/** Ends an official with all tokens and linked chats. */
export async function revokeOfficial(
  context: Context,
  actor: Actor,
  id: OfficialId,
): Promise<Outcome<Official>> {
  if (!mayAdminister(actor)) return refused('administrators_only');
  const at = context.clock.now();
  return context.store.transaction(async (tables) => {
    const before = await tables.officials.get(id);
    if (before === null) return refused('not_found', null, { id });
    if (!(await tables.officials.revoke(id, at))) return refused('already_done', null, { id });
    const after = { ...before, revokedAt: at };
    await record(tables, context, actor, 'official.revoked', id, before, after);
    return done(after);
  });
}

export const listOfficials = (context: Context): Promise<readonly Official[]> =>
  context.store.officials.list();

/** The official a token belongs to; null when it is unknown or its official was revoked. */
export async function authenticate(context: Context, token: string): Promise<Official | null> {
  const official = await context.store.officials.byToken(hashOf(token));
  return official === null || official.revokedAt !== null ? null : official;
}

/** Uses a link code up, once, and ties the chat identity to its official. */
export async function linkIdentity(
  context: Context,
  code: string,
  identity: Identity,
): Promise<Outcome<Official>> {
  const now = context.clock.now();
  return context.store.transaction(async (tables) => {
    const official = await tables.officials.link(hashOf(plainCode(code)), identity, now);
    if (official === null) return refused('not_found', 'code', { id: code.slice(0, 20) });
    const actor: Actor = { kind: 'official', official, door: identity.platform };
    await record(tables, context, actor, 'official.linked', official.id, null, identity);
    return done(official);
  });
}

/** The official behind a chat identity, if linked and not revoked. */
export async function officialOf(context: Context, identity: Identity): Promise<Official | null> {
  const official = await context.store.officials.byIdentity(identity);
  return official === null || official.revokedAt !== null ? null : official;
}

const mayAdminister = (actor: Actor): boolean =>
  actor.kind !== 'official' || hasRole(actor.official, 'administrator');

/** Tokens and codes are long and random, so a plain hash keeps them as well as a slow one. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** No 0 O 1 I L U: read aloud and typed by hand. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

function newLinkCode(): string {
  let code = '';
  while (code.length < 10) {
    for (const byte of randomBytes(16)) {
      // Bytes past the last whole multiple would favour the first letters.
      if (byte < 240 && code.length < 10) code += CODE_ALPHABET[byte % CODE_ALPHABET.length] ?? '';
    }
  }
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

const plainCode = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

function agencyNamed(wanted: string, catalogue: Catalogue): AgencyId | null {
  if (catalogue.agency(wanted) !== undefined) return wanted;
  const spelled = wanted.trim().toLowerCase();
  const found = catalogue.agencies.find(
    ({ name }) => name.ko.toLowerCase() === spelled || name.en.toLowerCase() === spelled,
  );
  return found?.id ?? null;
}
