/** A process of its own: `rival-file <folder>`: DuckDB on two threads makes the same candidates from the same keys and scores them in SQL. */
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { type RivalShape, rivalStages } from './rival-sql.ts';
import { speedFiles } from './speed-files.ts';

export interface RivalFile {
  readonly seconds: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly pairs: number;
  /** Bytes. */
  readonly peak: number;
}

async function rivalFile(folder: string): Promise<RivalFile> {
  const { rivalColumns, rivalShape } = speedFiles(folder);
  const shape = JSON.parse(readFileSync(rivalShape, 'utf8')) as RivalShape;
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', temp_directory: folder });
  const connection = await instance.connect();
  const stages: Record<string, number> = {};
  const started = performance.now();
  for (const { stage, sql } of rivalStages(rivalColumns, shape)) {
    const before = performance.now();
    await connection.run(sql);
    stages[stage] = (performance.now() - before) / 1000;
    process.stderr.write(`${stage}\n`);
  }
  const seconds = (performance.now() - started) / 1000;
  const counted = (await connection.runAndReadAll('select count(*) from pair')).getRows();
  const pairs = Number(counted[0]?.[0]);
  const peak = process.resourceUsage().maxRSS * 1024;
  connection.closeSync();
  return { seconds, stages, pairs, peak };
}

console.log(JSON.stringify(await rivalFile(process.argv[2] ?? '')));
