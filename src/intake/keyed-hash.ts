import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Vault } from '../db/vault.ts';

/** The vault's keyed hash for one purpose (`vault.mac`), for use on every row: a key made ready once is four times faster than the same bytes each time. */
export class KeyedHash {
  readonly #key: KeyObject;

  constructor(vault: Vault, purpose: string) {
    this.#key = createSecretKey(vault.derive(purpose));
  }

  /** 32 bytes. */
  of(value: string): Buffer {
    return createHmac('sha256', this.#key).update(value).digest();
  }
}
