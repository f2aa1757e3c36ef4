import { childSchema } from '../../linkage/child-schema.ts';
import { childEngine } from '../../linkage/child-engine.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import { linkAll, type LinkAllOptions, type Linkage } from '../../linkage/link-all.ts';
import { SHIPPED_MODEL } from '../../linkage/shipped-model.ts';
import type { ModelTools } from './link-model-store.ts';

export interface LinkTools extends ModelTools {
  linkAll(records: AsyncIterable<LinkRecord>, options: LinkAllOptions): Promise<Linkage>;
}

/** How this hub links: the one place that names it. */
export const LINK_TOOLS: LinkTools = {
  shipped: SHIPPED_MODEL,
  childEngine,
  linkAll: (records, options) => linkAll(childSchema, records, { threads: 2, ...options }),
};
