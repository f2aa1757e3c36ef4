import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

const IV = 12;
const TAG = 16;

/**
 * Seals values with a key that is kept outside the database (AES-256-GCM, NIST SP 800-38D) and makes keyed hashes
 * (HMAC-SHA-256, RFC 2104) for equality matching. One purpose, one derived key (HKDF, RFC 5869).
 */
export class Vault {
  readonly #master: Buffer;
  readonly #keys = new Map<string, KeyObject>();

  /** @param master 32 bytes. @throws RangeError for any other length. */
  constructor(master: Buffer) {
    if (master.length !== 32) throw new RangeError('the vault key must be 32 bytes');
    this.#master = master;
  }

  #key(purpose: string): KeyObject {
    let key = this.#keys.get(purpose);
    if (!key) {
      key = createSecretKey(Buffer.from(hkdfSync('sha256', this.#master, Buffer.alloc(0), `obhvat/v1/${purpose}`, 32)));
      this.#keys.set(purpose, key);
    }
    return key;
  }

  /** iv (12 bytes) ‖ tag (16) ‖ ciphertext, under the key of that purpose. */
  seal(purpose: string, plain: string | Buffer): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.#key(purpose), iv);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  /** What `seal` was given. @throws Error when the bytes were changed or sealed for another purpose. */
  open(purpose: string, sealed: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key(purpose), sealed.subarray(0, IV));
    decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]);
  }

  /** Keyed hash, 32 bytes. Equal inputs give equal hashes; without the key nothing can be tried. */
  mac(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.#key(purpose)).update(value).digest();
  }

  /** The keyed hash by which national ids are matched: of `SCHEME:digits`. */
  idMac(scheme: string, digits: string): Buffer {
    return this.mac('national-id', `${scheme}:${digits}`);
  }

  /** A derived key of its own, 32 bytes. */
  derive(purpose: string): Buffer {
    return this.#key(purpose).export();
  }
}
