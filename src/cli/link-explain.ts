import type { Installation } from '../db/installation.ts';
import type { Sql } from '../db/sql.ts';
import { type ExplainedLink, type Explains, explainLink } from '../domains/children/link-explain.ts';
import { findEngine } from '../domains/children/review-engine.ts';
import { HubError } from '../kernel/errors.ts';
import { explainText } from '../linkage/explain-text.ts';
import { EXPLAIN_LANGUAGES, explainWords } from '../linkage/explain-words.ts';
import { type ExitCode, output } from './output.ts';
import { recordNumber } from './record-number.ts';

export interface LinkExplainOptions {
  /** Names of two records, `<kind>:<file name>:<line>`. */
  a: string;
  b: string;
  /** bg, ro or en. */
  language?: string | undefined;
  json: boolean;
}

/**
 * `link explain <record> <record>`: why two records are, or are not, of one child: a waterfall in bits; with `--json` as the engine gives it.
 * @param find the engine under the current model. @throws HubError BAD_USER_INPUT for a name, a language or a pair that is none, NOT_FOUND for a record that is not there, UNAVAILABLE before anything was linked.
 */
export async function runLinkExplain(
  installation: Pick<Installation, 'db'>,
  options: LinkExplainOptions,
  find: (sql: Sql) => Promise<Explains | null> = findEngine,
): Promise<ExitCode> {
  const language = EXPLAIN_LANGUAGES.find((one) => one === (options.language ?? 'en'));
  if (!language)
    throw new HubError('BAD_USER_INPUT', `--language takes ${EXPLAIN_LANGUAGES.join(', ')}; "${options.language}" is none of them`);
  const [a, b] = [await recordNumber(installation, options.a), await recordNumber(installation, options.b)];
  if (a === b) throw new HubError('BAD_USER_INPUT', `${options.a} is one record: two are compared`);
  const { db } = installation;
  const explained = await db.read<ExplainedLink | null>(db.roleName('operator'), async (sql) => {
    const engine = await find(sql);
    if (!engine) throw new HubError('UNAVAILABLE', 'nothing was linked yet: there is no model to explain by');
    return explainLink(sql, engine, [a, b]);
  });
  if (!explained)
    throw new HubError(
      'NOT_FOUND',
      `${options.a} and ${options.b} are not both linked: only records of children are, once linking has run`,
    );
  const { explanation, linked } = explained;
  // The explanation says which of the two it calls a.
  const names: readonly [string, string] = explanation.a === a ? [options.a, options.b] : [options.b, options.a];
  if (options.json) output.json({ ...explanation, a: names[0], b: names[1], linked });
  else output.line(`${explainText(explanation, language, names)}\n${explainWords(language).today(linked)}`);
  return 0;
}
