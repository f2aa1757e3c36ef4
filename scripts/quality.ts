/**
 * Prints how well the whole chain does on the places with truth: rows accounted for, planted bad rows, linkage, statuses, the list of children out of school.
 * `node scripts/quality.ts [--data DIR] [--losses] [place…]`; DIR has a folder per place, each with `truth/`; `--losses` names the records of each error. Exits with 1 when a target is missed or a row is not accounted for.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Vault } from '../src/db/vault.ts';
import { linkRecords } from '../src/domains/children/link-records.ts';
import type { IsoDate } from '../src/kernel/brands.ts';
import { QUALITY_FORMATS } from './quality/feed-formats.ts';
import { measurePlace } from './quality/measure-place.ts';
import { accountingLines, badRowLines, confusionLines, lossLines, recordLines, scoreLines } from './quality/report.ts';
import { withScratchDatabase } from './quality/scratch-database.ts';
import type { Ratio } from './quality/score.ts';

/** Of the list of children out of school, with the review queue answered; recall also without. */
const TARGETS = { precision: 0.985, recall: 0.99, autoRecall: 0.98 };

const { values, positionals } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/feeds' },
    'as-of': { type: 'string', default: '2026-11-16' },
    losses: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const places = positionals.length > 0 ? positionals : ['sofia', 'iasi'];
const print = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n\n`);
const share = (value: Ratio): number => (value.all === 0 ? 1 : value.right / value.all);

for (const place of places) {
  const directory = join(values.data, place);
  if (!existsSync(join(directory, 'truth'))) {
    print(`${place}: skipped, there is no ${directory}/truth`);
    continue;
  }
  const measured = await withScratchDatabase((db) =>
    measurePlace(
      {
        db,
        vault: new Vault(randomBytes(32)),
        formats: QUALITY_FORMATS,
        link: () => linkRecords(db, 'quality'),
      },
      directory,
      values['as-of'] as IsoDate,
    ),
  );
  const { outcomes, truth, badRows, score, rounds, trueLinks, seconds } = measured;
  print(
    `== ${place}, as of ${values['as-of']}`,
    ...accountingLines(outcomes, new Map(truth.files.map(({ file, dataLines }) => [file, dataLines]))),
  );
  print(...badRowLines(badRows));
  print(...confusionLines(score));
  print(...scoreLines(score));
  print(...lossLines(score.losses));
  for (const [round, { questions, score: scored }] of rounds.entries()) {
    print(
      `with the ${questions} questions of the review queue answered by the truth${round > 0 ? ' that the answers brought' : ''}:`,
      ...scoreLines(scored),
      ...lossLines(scored.losses),
    );
  }
  const answered = rounds.at(-1)?.score ?? score;
  print('with every link as the truth has it:', ...scoreLines(trueLinks), ...lossLines(trueLinks.losses));
  if (values.losses) print(...recordLines('linked without a human', score.losses), ...recordLines('with answers', answered.losses));
  print(`seconds: intake ${seconds.intake.toFixed(1)}, linkage ${seconds.linkage.toFixed(1)}, coverage ${seconds.coverage.toFixed(1)}`);
  const missed =
    share(answered.precision) < TARGETS.precision ||
    share(answered.recall) < TARGETS.recall ||
    share(score.recall) < TARGETS.autoRecall ||
    badRows.faults.length > 0;
  if (missed) process.exitCode = 1;
}
