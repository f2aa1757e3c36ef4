import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';
import { packagePath } from '../src/db/package-path.ts';

/** Linkage by scores: models, hashed keys, pair scores, the review queue, decisions, and what was decided over a wrong link. */
export class Migration0002Linkage extends Migration {
  override up(): void {
    this.addSql(readFileSync(packagePath('migrations/sql/0004-linkage.sql'), 'utf8'));
  }
}
