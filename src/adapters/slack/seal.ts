import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Locks texts away under a key: AES-256-GCM, each bound to what it is about, so that none can stand in for another. */
export interface Seal {
  /** Never the same twice. */
  seal(plain: string, about: string): string;
  /** `current`: under the present key. Null: under none of our keys, or not as we sealed it. */
  open(sealed: string, about: string): { readonly plain: string; readonly current: boolean } | null;
}

/**
 * @param current seals, and opens
 * @param earlier only open, so that a key can be changed without losing what was sealed under the one before
 */
export function createSeal(current: string, earlier: readonly string[] = []): Seal {
  const [present, ...past] = [keyOf(current), ...earlier.map(keyOf)] as const;
  const keys = new Map([...past, present].map((key) => [key.id, key]));
  return {
    seal(plain, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', present.secret, iv).setAAD(Buffer.from(about));
      const locked = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, present.id, locked.toString('base64url')].join('.');
    },
    open(sealed, about) {
      const [version, id = '', locked = ''] = sealed.split('.');
      const key = keys.get(id);
      if (version !== VERSION || key === undefined) return null;
      const plain = unlocked(Buffer.from(locked, 'base64url'), key.secret, about);
      return plain === null ? null : { plain, current: id === present.id };
    },
  };
}

function unlocked(locked: Buffer, secret: Buffer, about: string): string | null {
  if (locked.length < IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', secret, locked.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(locked.subarray(-TAG_BYTES));
  try {
    const inside = locked.subarray(IV_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(inside), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** A key of the right length from a long random text, and a name for it that tells nothing of it. */
function keyOf(text: string): { readonly id: string; readonly secret: Buffer } {
  const derived = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', text, 'allim slack installations', purpose, bytes));
  return { id: derived('name', 4).toString('hex'), secret: derived('key', 32) };
}
