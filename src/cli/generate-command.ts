import { generate } from '../generator/generate.ts';
import { HubError } from '../kernel/errors.ts';
import { type ExitCode, output } from './output.ts';

/** `generate --children N --seed S --country BG|RO|both --out DIR`: synthetic feeds with truth. */
export async function runGenerateCommand(options: {
  children: number;
  seed: number;
  country: string;
  out: string;
  json: boolean;
}): Promise<ExitCode> {
  const { children, seed, country, out } = options;
  if (!Number.isInteger(children) || children < 1) throw new HubError('BAD_USER_INPUT', '--children takes a whole number above 0');
  if (!Number.isInteger(seed)) throw new HubError('BAD_USER_INPUT', '--seed takes a whole number');
  if (country !== 'BG' && country !== 'RO' && country !== 'both') throw new HubError('BAD_USER_INPUT', '--country takes BG, RO or both');
  const report = await generate({ children, seed, country, out });
  if (options.json) output.json(report);
  else output.line(`written to ${out}`);
  return 0;
}
