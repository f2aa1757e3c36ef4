import type { Installation } from '../db/installation.ts';
import { withoutWaiting } from '../domains/children/review-apply.ts';
import { type Decided, decidePair, recordGoldAnswer } from '../domains/children/review-decide.ts';
import { type Revoked, revokePair } from '../domains/children/review-revoke.ts';
import { localReviewer } from '../domains/children/reviewer.ts';
import { HubError } from '../kernel/errors.ts';
import { VERDICTS, type Verdict } from '../linkage/pair.ts';
import { type ExitCode, output } from './output.ts';
import { recordNumber } from './record-number.ts';

export interface LinkDecideOptions {
  /** Names of two records, `<kind>:<file>:<line>`. */
  a: string;
  b: string;
  /** same, different or unsure; not with `revoke`. */
  verdict?: string;
  reason: string;
  reviewer: string;
  /** Only as the second person of a decision that waits. */
  second: boolean;
  /** Takes the decision on these two back. */
  revoke: boolean;
  /** The answer to a gold question: counts for the reviewer and changes no link. */
  gold: boolean;
  json: boolean;
}

const SAID: Readonly<Record<Decided['state'], string>> = {
  IN_FORCE: 'decided',
  WAITING: 'waits for a second person, for its consequences are grave',
  CONTESTED: 'another person has said otherwise: both wait for a third',
  UNSURE: 'left to others',
  GOLD: 'answered',
};

function verdictOf(word: string | undefined): Verdict {
  const verdict = VERDICTS.find((each) => each === word?.toUpperCase());
  if (!verdict) throw new HubError('BAD_USER_INPUT', '--verdict takes same, different or unsure');
  return verdict;
}

const LATER = 'linking is busy: it takes effect when records are linked next';

/** `link decide <record> <record>`: what a person says of two records; with `--revoke` takes it back. */
export async function runLinkDecide(installation: Installation, options: LinkDecideOptions): Promise<ExitCode> {
  const { db, vault } = installation;
  if (options.reviewer.trim() === '') throw new HubError('BAD_USER_INPUT', '--reviewer names the person who decides');
  const [a, b] = [await recordNumber(installation, options.a), await recordNumber(installation, options.b)];
  const request = {
    a,
    b,
    reason: options.reason,
    reviewer: localReviewer(options.reviewer),
    subjectOf: (child: string) => vault.mac('ledger-subject', child),
  };
  const within = <T>(work: Parameters<typeof db.transaction<T>>[1]) =>
    db.transaction<T>('intake', (sql) => withoutWaiting(sql, () => work(sql)));
  if (options.revoke) {
    const revoked = await within<Revoked>((sql) => revokePair(sql, request));
    if (options.json) output.json({ a: options.a, b: options.b, state: 'REVOKED', ...revoked });
    else output.line(`taken back; ${revoked.moved} records moved`);
    return 0;
  }
  const verdict = verdictOf(options.verdict);
  const decided = await within<Decided>((sql) =>
    options.gold ? recordGoldAnswer(sql, { ...request, verdict }) : decidePair(sql, { ...request, verdict, second: options.second }),
  );
  const { state, decision, applied, moved } = decided;
  if (options.json) output.json({ a: options.a, b: options.b, verdict, decision, state, applied, moved });
  else output.line([SAID[state], ...(state === 'IN_FORCE' ? [applied ? `${moved} records moved` : LATER] : [])].join('; '));
  return 0;
}
