import { HubError } from '../kernel/errors.ts';

// A reader that stops reading (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** How a command ends: 0 done, 1 failed, 2 done in part or could not check. */
export type ExitCode = 0 | 1 | 2;

/** Answers go to standard output; progress and failures to standard error, so that output can be piped. */
export const output = {
  json: (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`),
  line: (text: string) => process.stdout.write(`${text}\n`),
  progress: (text: string) => process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`),
  endProgress: () => process.stderr.isTTY && process.stderr.write('\r\u001b[K'),
  failure: (error: unknown, asJson: boolean) => {
    const code = error instanceof HubError ? error.code : 'FAILED';
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      asJson ? `${JSON.stringify({ error: { code, message } })}\n` : `obhvat: ${message}${error instanceof HubError ? ` (${code})` : ''}\n`,
    );
  },
};

/** Rows as columns, for people. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          typeof cell === 'number' ? String(cell).padStart(widths[column] ?? 0) : String(cell).padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
