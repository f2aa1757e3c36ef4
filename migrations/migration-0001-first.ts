import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';
import { packagePath } from '../src/db/package-path.ts';

/** Tables, row scopes, append-only guards and roles. Column grants of the views are made from policy, at the hub's start. */
export class Migration0001First extends Migration {
  override up(): void {
    for (const file of ['0001-tables', '0002-guards', '0003-roles'])
      this.addSql(readFileSync(packagePath(`migrations/sql/${file}.sql`), 'utf8'));
  }
}
