import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, openDb } from './db.ts';
import { startEmbedded } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { privateSecret } from './private-secret.ts';
import { Vault } from './vault.ts';

/** An installation at work: its database, migrated, and its keys. */
export interface Installation {
  readonly home: string;
  readonly db: Db;
  readonly adminUrl: string;
  readonly vault: Vault;
  /** True when this process started the embedded server. */
  readonly ownsServer: boolean;
  /** False when the database's server is not ours and would not let us say that it logs nothing of the pool's statements. */
  readonly quiet: boolean;
  /** Closes the pool and leaves the embedded server, which the last process to leave shuts down. `stopServer: false` leaves it running for the next. */
  close(options?: { stopServer?: boolean }): Promise<void>;
}

/** Makes an installation's folder and opens its vault, whose key is `vaultKey` or a file made at first use. */
export function openHome(config: { home: string; vaultKey: Buffer | null }): Vault {
  mkdirSync(config.home, { recursive: true, mode: 0o711 });
  // The database's user must be able to pass through to its own folder; every secret below is 0600 in a 0700 folder.
  chmodSync(config.home, 0o711);
  return new Vault(config.vaultKey ?? privateSecret(join(config.home, 'keys', 'vault.key'), 32));
}

/**
 * Opens an installation: makes its folder and secrets on first use, starts or adopts its database, migrates.
 * @throws Error with what to do when the database cannot be had.
 */
export async function openInstallation(
  config: { home: string; databaseUrl: string | null; vaultKey: Buffer | null; poolSize: number },
  options: { onLog?: (message: string) => void } = {},
): Promise<Installation> {
  const { home } = config;
  const vault = openHome(config);
  const embedded = config.databaseUrl === null ? await startEmbedded({ home, onLog: options.onLog }) : null;
  const adminUrl = embedded?.url ?? (config.databaseUrl as string);
  try {
    // From the vault's key, so that all processes of one database have the same and none locks the others out.
    const { appUrl, quiet } = await migrate(adminUrl, vault.derive('app-password').toString('base64url'), { vault });
    const db = openDb(appUrl, { size: config.poolSize });
    return {
      home,
      db,
      adminUrl,
      vault,
      ownsServer: embedded !== null && !embedded.adopted,
      quiet,
      close: async ({ stopServer = true } = {}) => {
        await db.end();
        if (stopServer) await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
