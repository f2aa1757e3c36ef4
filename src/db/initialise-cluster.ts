import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EmbeddedPlace } from './embedded-place.ts';

const run = promisify(execFile);
/** The superuser of the embedded server. */
export const EMBEDDED_ADMIN = 'obhvat_admin';

async function majorOf(native: string): Promise<number> {
  const { stdout } = await run(join(native, 'bin', 'postgres'), ['--version'], { cwd: '/' });
  return Number(/(\d+)/.exec(stdout)?.[1]);
}

/**
 * Makes the cluster once. It is made beside its place and moved there when it is whole: a start that was cut off leaves nothing that looks like a database,
 * and one that is there is never removed.
 * @returns whether it was made now. @throws Error when it was made by another major version, or its password is gone.
 */
export async function initialiseCluster({ data, native, user, passwordFile }: EmbeddedPlace): Promise<boolean> {
  if (existsSync(data)) {
    const [made, have] = [Number(readFileSync(join(data, 'PG_VERSION'), 'utf8')), await majorOf(native)];
    if (made !== have)
      throw new Error(
        `the database in ${data} was made by PostgreSQL ${made}, and this is ${have}: move it with pg_dump, or set DATABASE_URL`,
      );
    if (!existsSync(passwordFile)) throw new Error(`the database's password is gone: put ${passwordFile} back`);
    return false;
  }
  const draft = `${data}.draft`;
  const secret = `${data}.secret`;
  for (const path of [draft, secret]) rmSync(path, { recursive: true, force: true });
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(secret, readFileSync(passwordFile), { mode: 0o600 });
  if (user) for (const path of [draft, secret]) chownSync(path, user.uid, user.gid);
  // From 17 on PostgreSQL brings a Unicode locale of its own, the same on every machine.
  const locale = (await majorOf(native)) >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
  try {
    await run(
      join(native, 'bin', 'initdb'),
      ['-D', draft, '-U', EMBEDDED_ADMIN, '--auth=scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', ...locale, '--no-instructions'],
      { ...user, cwd: '/' },
    );
  } catch (error) {
    throw new Error(
      `the embedded database could not be made: ${(error as { stderr?: string }).stderr?.trim() ?? (error as Error).message}`,
    );
  } finally {
    rmSync(secret, { force: true });
  }
  renameSync(draft, data);
  return true;
}
