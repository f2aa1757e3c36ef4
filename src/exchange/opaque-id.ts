import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Vault } from '../db/vault.ts';
import { HubError } from '../kernel/errors.ts';

/** The kinds of object that have an id in the graph; the number is part of the id and never changes. */
const TAGS = { Child: 1, TracingCase: 2, Visit: 3, Guardian: 4, School: 5, Disclosure: 6 } as const;
export type IdType = keyof typeof TAGS;
const TYPES = new Map<number, IdType>(Object.entries(TAGS).map(([type, tag]) => [tag, type as IdType]));

/**
 * Ids and cursors that mean nothing outside one agency: the same child has another id for every agency, so that two agencies cannot join their
 * lists by id. An id is one AES-256 block (NIST FIPS 197) of tag, zeros and number under the agency's own key: the zeros (56 bits) make a guessed id fail.
 */
export class OpaqueIds {
  readonly #idKey: KeyObject;
  readonly #cursorKey: KeyObject;

  constructor(vault: Vault, agencyId: string) {
    this.#idKey = createSecretKey(vault.mac('opaque-id', agencyId));
    this.#cursorKey = createSecretKey(vault.mac('cursor', agencyId));
  }

  /** 22 characters, base64url. */
  encode(type: IdType, number: string): string {
    const block = Buffer.alloc(16);
    block[0] = TAGS[type];
    block.writeBigInt64BE(BigInt(number), 8);
    const cipher = createCipheriv('aes-256-ecb', this.#idKey, null).setAutoPadding(false);
    return cipher.update(block).toString('base64url');
  }

  /** Type and number, or null for anything that was not made for this agency. */
  decode(id: string): { type: IdType; number: string } | null {
    if (!/^[\w-]{22}$/.test(id)) return null;
    const decipher = createDecipheriv('aes-256-ecb', this.#idKey, null).setAutoPadding(false);
    const block = decipher.update(Buffer.from(id, 'base64url'));
    const type = TYPES.get(block[0] as number);
    if (!type || block.subarray(1, 8).some((byte) => byte !== 0)) return null;
    return { type, number: block.readBigInt64BE(8).toString() };
  }

  /** The number of an id of that type; a number that no row has (`-1`) for any other text, so that the answer is the same as for an unknown object. */
  numberOf(type: IdType, id: string): string {
    const decoded = this.decode(id);
    return decoded?.type === type ? decoded.number : '-1';
  }

  /** A cursor of one list: sealed, and bound to agency and list. Equal positions give equal cursors (synthetic initialisation vector, after RFC 5297). */
  sealCursor(list: string, position: readonly (string | null)[]): string {
    const plain = Buffer.from(JSON.stringify(position));
    const iv = createHmac('sha256', this.#cursorKey).update(list).update('\0').update(plain).digest().subarray(0, 12);
    const cipher = createCipheriv('aes-256-gcm', this.#cursorKey, iv).setAAD(Buffer.from(list));
    return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** The position in a cursor. @throws HubError CURSOR_INVALID for a cursor of another list or agency, or a changed one. */
  openCursor(list: string, cursor: string): (string | null)[] {
    try {
      const bytes = Buffer.from(cursor, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.#cursorKey, bytes.subarray(0, 12)).setAAD(Buffer.from(list));
      decipher.setAuthTag(bytes.subarray(-16));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString());
    } catch {
      throw new HubError('CURSOR_INVALID');
    }
  }
}
