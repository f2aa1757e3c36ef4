import type { Installation } from '../db/installation.ts';
import { type ListedQuestion, type ListedSide, listQuestions } from '../domains/children/review-list.ts';
import { loadReviewQuality } from '../domains/children/review-quality.ts';
import { localReviewer } from '../domains/children/reviewer.ts';
import { HubError } from '../kernel/errors.ts';
import { type ExitCode, output, table } from './output.ts';

export interface LinkReviewOptions {
  /** Questions at most. */
  first: number;
  /** Whose queue: what this person has answered is not asked again. */
  reviewer?: string;
  /** With gold questions among them. */
  gold: boolean;
  /** Instead of the queue: how good reviewers are. */
  quality: boolean;
  json: boolean;
}

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
const rounded = (bits: number | null) => (bits === null ? '–' : bits.toFixed(1));

async function printQuality({ db }: Installation, json: boolean): Promise<ExitCode> {
  const quality = await db.read(db.roleName('intake'), loadReviewQuality);
  if (json) {
    output.json(quality);
    return 0;
  }
  output.line(
    table([
      ['reviewer', 'gold answered', 'right', 'unsure', 'share'],
      ...quality.reviewers.map(({ reviewer, count, right, unsure, share }) => [reviewer, count, right, unsure, percent(share)]),
    ]),
  );
  output.line('');
  output.line(
    table([
      ['reviewers', '', 'both answered', 'alike', 'kappa'],
      ...quality.agreements.map(({ reviewers, count, observed, kappa }) => [
        reviewers[0],
        reviewers[1],
        count,
        percent(observed),
        kappa === null ? '–' : kappa.toFixed(2),
      ]),
    ]),
  );
  return 0;
}

const SHOWN = [
  'givenName',
  'patronymic',
  'familyName',
  'birthDate',
  'sex',
  'settlement',
  'municipality',
  'school',
  'nationalIdEnding',
] as const;
const said = (side: ListedSide, field: (typeof SHOWN)[number]) => side[field] ?? '';

function printQuestion({ left, right, weight, probability, reason, twoPersons, waits, agreements }: ListedQuestion): void {
  output.line(
    [
      `${left.record}  ?  ${right.record}`,
      `${rounded(weight)} bits, ${percent(probability)}`,
      reason ?? '',
      twoPersons ? 'two persons' : '',
      waits ? 'waits for a second' : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  );
  const levels = new Map(agreements.map(({ field, level, bits }) => [field, `${level} (${bits >= 0 ? '+' : ''}${bits.toFixed(1)})`]));
  const rows = SHOWN.filter((field) => said(left, field) !== '' || said(right, field) !== '');
  output.line(table(rows.map((field) => [`  ${field}`, said(left, field), said(right, field), levels.get(field) ?? ''])));
  output.line('');
}

/** `link review`: the questions that the evidence leaves open, what matters most first; with `--quality` how good reviewers are. */
export async function runLinkReview(installation: Installation, options: LinkReviewOptions): Promise<ExitCode> {
  if (options.quality) return printQuality(installation, options.json);
  if (!Number.isInteger(options.first) || options.first < 1) throw new HubError('BAD_USER_INPUT', '--first takes a number from 1 on');
  if (options.gold && !options.reviewer) throw new HubError('BAD_USER_INPUT', '--gold needs --reviewer: gold questions are a person’s own');
  const reviewer = localReviewer(options.reviewer ?? '');
  const { db } = installation;
  const questions = await db.read(db.roleName('intake'), (sql) =>
    listQuestions(sql, { first: options.first, reviewer, gold: options.gold }),
  );
  for (const question of questions) {
    if (options.json) output.json(question);
    else printQuestion(question);
  }
  if (!options.json && questions.length === 0) output.line('nothing is open for this person');
  return 0;
}
