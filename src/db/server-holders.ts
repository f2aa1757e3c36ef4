import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processIdentity } from './process-identity.ts';

let count = 0;

/**
 * Which processes use a server: a file each. The last to leave stops it; one that was killed no longer counts.
 * Every call is made under the installation's lock.
 */
export class ServerHolders {
  readonly #folder: string;
  #own: string | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  enter(): void {
    count += 1;
    this.#own = join(this.#folder, `${process.pid}-${count}`);
    writeFileSync(this.#own, processIdentity(process.pid) ?? '', { mode: 0o600 });
  }

  leave(): void {
    if (this.#own) rmSync(this.#own, { force: true });
    this.#own = null;
  }

  /** How many others use it; forgets those that are gone. */
  others(): number {
    let living = 0;
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      if (file === this.#own) continue;
      if (isAlive(readFileSync(file, 'utf8'))) living += 1;
      else rmSync(file, { force: true });
    }
    return living;
  }
}
