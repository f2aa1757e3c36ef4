import type { LinkEngine } from './engine.ts';
import { deterministicEngine } from './deterministic-engine.ts';

/** The engine in use: named rules over keys, no training. */
export const firstEngine: LinkEngine = deterministicEngine;
