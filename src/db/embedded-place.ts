import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { embeddedBinaries, isReachable, reachableBinaries } from './embedded-binaries.ts';
import { type ServerUser, serverUser } from './server-user.ts';

/** Where an installation's server keeps what it needs. */
export interface EmbeddedPlace {
  /** The cluster's own folder. */
  data: string;
  passwordFile: string;
  logFile: string;
  holders: string;
  /** Folder with `bin`. */
  native: string;
  /** Undefined: the server runs as the present user. */
  user: ServerUser | undefined;
}

const SYSTEM_FOLDER = '/var/lib/obhvat';

/** As root the server's user must be able to come to its data: where the way to `home` is closed, the data lies elsewhere, and a file in `home` says where. */
function folderFor(home: string, asRoot: boolean): string {
  const note = join(home, 'postgres.location');
  if (existsSync(note)) {
    const noted = readFileSync(note, 'utf8').trim();
    if (existsSync(join(noted, 'cluster'))) return noted;
  }
  const own = join(home, 'postgres');
  if (!asRoot || existsSync(join(own, 'cluster'))) return own;
  // Passing through is all that this allows: nothing in it can be listed.
  if (!isReachable(home) && isReachable(dirname(home))) chmodSync(home, 0o711);
  if (isReachable(home)) return own;
  const elsewhere = join(SYSTEM_FOLDER, createHash('sha256').update(home).digest('hex').slice(0, 16));
  writeFileSync(note, `${elsewhere}\n`, { mode: 0o600 });
  return elsewhere;
}

/** @param binaries a folder with `bin` of another PostgreSQL; default: the npm package's. @throws Error when the data belongs to another user, or cannot be reached. */
export function embeddedPlace(givenHome: string, binaries?: string): EmbeddedPlace {
  // By one name only: by its arguments a server is known to be this cluster's.
  const home = realpathSync(givenHome);
  const asRoot = process.getuid?.() === 0;
  const folder = folderFor(home, asRoot);
  const data = join(folder, 'cluster');
  mkdirSync(folder, { recursive: true, mode: asRoot ? 0o711 : 0o700 });
  // Who made it keeps it: another system user may have been added since.
  const owner = existsSync(data) ? statSync(data) : null;
  if (owner && !asRoot && owner.uid !== process.getuid?.())
    throw new Error(
      `the database in ${data} belongs to another system user (${owner.uid}): start as root or as that user, or choose another OBHVAT_HOME`,
    );
  const user = asRoot ? (owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : serverUser()) : undefined;
  if (user && !isReachable(folder))
    throw new Error(`the database's folder ${folder} cannot be reached by its system user: choose another OBHVAT_HOME`);
  const native = binaries ?? embeddedBinaries();
  return {
    data,
    passwordFile: join(home, 'postgres.password'),
    logFile: join(home, 'postgres.log'),
    holders: join(home, 'postgres.holders'),
    native: user && !binaries ? reachableBinaries(native, folder, user) : native,
    user,
  };
}
