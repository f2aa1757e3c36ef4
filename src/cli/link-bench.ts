import { HubError } from '../kernel/errors.ts';
import { type ExitCode, output, table } from './output.ts';

/** `link bench`: quality and speed of linkage on sets with a known truth. Ends with 1 where a target is missed, with 2 where something could not be measured. */
export async function runLinkBench(options: {
  data: string;
  records: number;
  only?: string;
  all: boolean;
  json: boolean;
}): Promise<ExitCode> {
  const { json, all, ...rest } = options;
  if (!Number.isSafeInteger(rest.records) || rest.records < 0) throw new HubError('BAD_USER_INPUT', '--records takes a whole number');
  const { linkBench } = await import('../../scripts/bench/linkage/link-bench.ts');
  const { rowOf } = await import('../../scripts/bench/linkage/report.ts');
  const rows: string[][] = [['set', 'figure', 'target', 'measured', 'met?']];
  const { missed, skipped } = await linkBench({
    ...rest,
    onLine: (line) => {
      if (json) output.json(line);
      else if (all || line.met !== null) rows.push(rowOf(line));
    },
    onSkipped: (what) => (json ? void output.json({ skipped: what }) : void output.line(`skipped: ${what}`)),
    onProgress: (text) => output.progress(text),
  });
  output.endProgress();
  if (!json && rows.length > 1) output.line(table(rows));
  return missed > 0 ? 1 : skipped > 0 ? 2 : 0;
}
