/** A planted bad row of `truth/bad-rows.csv`. */
export interface BadRow {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly expect: 'reject' | 'skip-or-reject' | 'either';
}
/** What the intake did with one file. */
export interface FileOutcome {
  readonly file: string;
  readonly rows: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly quarantined: readonly { readonly line: number; readonly code: string }[];
  /** Lines that became records. */
  readonly records: ReadonlySet<number>;
}
/** A line that was treated otherwise than planned. */
export interface BadRowFault {
  readonly file: string;
  readonly line: number;
  readonly fault: 'ACCEPTED_BAD_ROW' | 'BAD_ROW_UNNAMED' | 'QUARANTINED_GOOD_ROW' | 'ROWS_NOT_ACCOUNTED';
  readonly code: string;
}
export interface BadRowReport {
  readonly faults: readonly BadRowFault[];
  /** Planted reason → code given → count. */
  readonly codes: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/**
 * Checks each file's outcome against the planted rows: `reject` must be kept aside with a code and become no record, `skip-or-reject` must become no record,
 * `either` may do anything, and no other line may be kept aside; accepted + unchanged + quarantined = rows.
 */
export function checkBadRows(outcomes: readonly FileOutcome[], planted: readonly BadRow[]): BadRowReport {
  const faults: BadRowFault[] = [];
  const codes = new Map<string, Map<string, number>>();
  for (const outcome of outcomes) {
    const mine = new Map(planted.filter((row) => row.file === outcome.file).map((row) => [row.line, row]));
    const aside = new Map(outcome.quarantined.map((row) => [row.line, row.code]));
    const fault = (line: number, name: BadRowFault['fault'], code: string): void =>
      void faults.push({ file: outcome.file, line, fault: name, code });
    if (outcome.accepted + outcome.unchanged + aside.size !== outcome.rows) fault(0, 'ROWS_NOT_ACCOUNTED', `${outcome.rows}`);
    for (const [line, row] of mine) {
      const given = aside.get(line);
      const named = given ?? (outcome.records.has(line) ? '(accepted)' : '(passed over)');
      const row2 = codes.get(row.code) ?? new Map<string, number>();
      codes.set(row.code, row2.set(named, (row2.get(named) ?? 0) + 1));
      if (row.expect === 'either') continue;
      if (outcome.records.has(line)) fault(line, 'ACCEPTED_BAD_ROW', row.code);
      else if (row.expect === 'reject' && given === undefined) fault(line, 'BAD_ROW_UNNAMED', row.code);
    }
    for (const [line, code] of aside) if (!mine.has(line)) fault(line, 'QUARANTINED_GOOD_ROW', code);
  }
  return { faults, codes };
}
