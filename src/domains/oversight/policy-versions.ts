import type { Db } from '../../db/db.ts';
import type { PolicySource } from '../../policy/parse-purpose.ts';

/** Keeps the sources of a policy under their hash, for ever: a past decision is explained by the version that its entry names. */
export async function recordPolicyVersion(db: Db, hash: string, sources: readonly PolicySource[]): Promise<void> {
  await db.transaction('operator', (sql) =>
    sql.query('insert into hub.policy_version (policy_hash, sources) values ($1, $2) on conflict do nothing', [
      hash,
      JSON.stringify(sources),
    ]),
  );
}
