import { childSchema } from '../../linkage/child-schema.ts';
import { childEngine } from '../../linkage/child-engine.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import { linkAll, type LinkAllOptions } from '../../linkage/link-all.ts';
import { SHIPPED_MODEL } from '../../linkage/shipped-model.ts';
import { linkApart, type StoredLinkage } from '../../linkage/threads/link-apart.ts';
import type { ModelTools } from './link-model-store.ts';

export interface LinkTools extends ModelTools {
  linkAll(records: AsyncIterable<LinkRecord>, options: LinkAllOptions): Promise<StoredLinkage>;
}

/** More records are linked on threads of their own: a hub that serves goes on answering. */
const FEW = 5_000;

async function linkFewOrMany(records: AsyncIterable<LinkRecord>, options: LinkAllOptions): Promise<StoredLinkage> {
  const source = records[Symbol.asyncIterator]();
  const first: LinkRecord[] = [];
  while (first.length <= FEW) {
    const next = await source.next();
    if (next.done) return linkAll(childSchema, first, options);
    first.push(next.value);
  }
  const all = async function* (): AsyncGenerator<LinkRecord> {
    yield* first;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  };
  return linkApart(all(), options);
}

/** How this hub links: the one place that names it. */
export const LINK_TOOLS: LinkTools = { shipped: SHIPPED_MODEL, childEngine, linkAll: linkFewOrMany };
