import type { GraphQLResolveInfo } from 'graphql';
import type { Exchange } from '../../exchange/context.ts';
import type { Row } from '../../exchange/load.ts';
import { selectedFields } from '../../exchange/selection.ts';
import { HubError } from '../../kernel/errors.ts';
import { loadChildren } from './child-page.ts';

/** The number of a child that the caller may know of. @throws HubError NOT_FOUND, the same for an id of nobody and of somebody out of reach. */
export async function getChildInReach(exchange: Exchange, id: string): Promise<string> {
  const number = exchange.ids.numberOf('Child', id);
  if (!(await loadChildren(exchange, [number], [])).has(number)) throw new HubError('NOT_FOUND');
  return number;
}

/** A child as the answer of a mutation shows it: read again as the view's role, so that writing never shows more than reading. */
export async function findShownChild(exchange: Exchange, number: string, info: GraphQLResolveInfo, ...path: string[]): Promise<Row | null> {
  return (await loadChildren(exchange, [number], selectedFields(info, ...path))).get(number) ?? null;
}

/** The same for a list of records, each with its child: children asked in one tick are one read. */
export function loadShownChild(exchange: Exchange, number: string, info: GraphQLResolveInfo): Promise<Row | null> {
  const fields = selectedFields(info);
  return exchange.load.batched(`child|${fields.join()}`, number, async (numbers) => {
    const children = await loadChildren(exchange, numbers, fields);
    return numbers.map((each) => children.get(each) ?? null);
  });
}
