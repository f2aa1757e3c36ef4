import { hash } from 'node:crypto';
import type { Db } from '../db/db.ts';
import type { SeenProofs } from '../exchange/authenticate-ports.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { HubError } from '../kernel/errors.ts';

const REMEMBERED = 20_000;
const SWEEP_MS = 60_000;
/** Clocks of hub processes differ; a row is kept this much longer than it matters. */
const GRACE_SECONDS = 60;

/**
 * One-time use over all hub processes: the row's primary key decides, this process's memory only answers known replays without asking.
 * Kept are hashes, never the proofs. Rows that are over are removed about once a minute.
 */
export function createSeenProofs(db: Db, clock: Clock = systemClock): SeenProofs {
  const memory = new Map<string, number>();
  let sweptAt = clock.now();

  const remember = (id: string, expiresAt: number, now: number) => {
    if (memory.size >= REMEMBERED) {
      for (const [old, ends] of memory) if (ends <= now) memory.delete(old);
      const oldest = memory.keys().next();
      if (memory.size >= REMEMBERED && !oldest.done) memory.delete(oldest.value);
    }
    memory.set(id, expiresAt);
  };

  return {
    async first(parts, expiresAt) {
      const now = clock.now();
      const id = hash('sha256', JSON.stringify(parts), 'base64');
      const known = memory.get(id);
      if (known !== undefined && known > now) return false;
      remember(id, expiresAt, now);
      const sweep = now - sweptAt > SWEEP_MS;
      if (sweep) sweptAt = now;
      try {
        return await db.transaction('issuer', async (sql) => {
          if (sweep) await sql.query('delete from hub.seen_proof where expires_at < now() - make_interval(secs => $1)', [GRACE_SECONDS]);
          const { rowCount } = await sql.query(
            'insert into hub.seen_proof (jti_hash, expires_at) values ($1, to_timestamp($2::double precision / 1000)) on conflict do nothing',
            [Buffer.from(id, 'base64'), expiresAt],
          );
          return rowCount === 1;
        });
      } catch (cause) {
        throw new HubError('UNAVAILABLE', undefined, { cause });
      }
    },
  };
}
