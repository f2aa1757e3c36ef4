import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { makeSigningJwk, type PublicJwk, publicHalf, type SigningJwk } from './jwk.ts';
import { makePrivateFolder, writePrivateFile } from './private-file.ts';

/** The keys of the issuer at a moment. The newest signs; the others stay until the last token that they signed is over. */
export interface SigningKeys {
  signing: SigningJwk;
  all: readonly SigningJwk[];
  published: { keys: PublicJwk[] };
}

/** No token lives longer; an old key is shown this long, and a minute, after a newer one took its place. */
export const LONGEST_TOKEN_SECONDS = 15 * 60;
const RETIRED_FOR_MS = (LONGEST_TOKEN_SECONDS + 60) * 1000;
const LOOKED_MS = 5_000;
const UNKNOWN_KEY_MS = 1_000;
const FILE = /^(\d{13})-([A-Za-z0-9_-]{43})\.jwk$/;

const folderOf = (home: string) => join(home, 'issuer');
interface KeyFile {
  name: string;
  madeAt: number;
}

/** Newest first, without those that are over. */
function present(home: string, now: number): KeyFile[] {
  const files = readdirSync(folderOf(home))
    .flatMap((name) => {
      const found = FILE.exec(name);
      return found ? [{ name, madeAt: Number(found[1]) }] : [];
    })
    .sort((a, b) => b.madeAt - a.madeAt || (a.name < b.name ? 1 : -1));
  return files.filter((_, place) => place === 0 || now - (files[place - 1] as KeyFile).madeAt < RETIRED_FOR_MS);
}

function makeKey(home: string, now: number): string {
  const key = makeSigningJwk();
  const name = `${String(now).padStart(13, '0')}-${key.kid}.jwk`;
  writePrivateFile(join(folderOf(home), name), `${JSON.stringify(key)}\n`);
  return key.kid;
}

/**
 * Makes a new signing key in `<home>/issuer/` and removes keys that are over. A running hub takes it up within 5 s;
 * tokens that were signed before stay valid to their end.
 * @returns the new key's id and those still shown.
 */
export function rotateIssuerKeys(home: string, clock: Clock = systemClock): { kid: string; shown: string[] } {
  makePrivateFolder(folderOf(home));
  const newest = present(home, clock.now())[0]?.madeAt ?? 0;
  const kid = makeKey(home, Math.max(clock.now(), newest + 1));
  const kept = present(home, clock.now());
  for (const name of readdirSync(folderOf(home))) {
    if (FILE.test(name) && !kept.some((file) => file.name === name)) rmSync(join(folderOf(home), name), { force: true });
  }
  return { kid, shown: kept.map((file) => (FILE.exec(file.name) as RegExpExecArray)[2] as string) };
}

/**
 * Reads the issuer's keys from `<home>/issuer/*.jwk` (one private JWK a file, 0600), making the first when there is none.
 * The folder is looked at again every 5 s, or with `fresh` every second; the same object is given as long as nothing changed.
 */
export function openSigningKeys(home: string, clock: Clock = systemClock): (options?: { fresh?: boolean }) => SigningKeys {
  makePrivateFolder(folderOf(home));
  if (present(home, clock.now()).length === 0) makeKey(home, clock.now());
  let keys: SigningKeys | null = null;
  let names = '';
  let lookedAt = Number.NEGATIVE_INFINITY;
  return ({ fresh = false } = {}) => {
    const now = clock.now();
    if (keys && now - lookedAt < (fresh ? UNKNOWN_KEY_MS : LOOKED_MS)) return keys;
    lookedAt = now;
    const files = present(home, now);
    const found = files.map((file) => file.name).join(' ');
    if (keys && found === names) return keys;
    const all = files.map((file) => JSON.parse(readFileSync(join(folderOf(home), file.name), 'utf8')) as SigningJwk);
    const signing = all[0];
    if (!signing) throw new Error(`no signing key in ${folderOf(home)}`);
    names = found;
    keys = { signing, all, published: { keys: all.map(publicHalf) } };
    return keys;
  };
}
