import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';
import { packagePath } from '../src/db/package-path.ts';

/** What reviewers of links may know of what a link is made of, and what a gold question's answer was known to be. */
export class Migration0003LinkReview extends Migration {
  override up(): void {
    this.addSql(readFileSync(packagePath('migrations/sql/0005-link-review.sql'), 'utf8'));
  }
}
