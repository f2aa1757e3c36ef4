import { type Check, fault, ruleFault } from './check.ts';

/** A purpose is one file, a rule's name stands once in it: the ledger names rules, and a name must mean one thing. */
export const uniqueNames: Check = function* ({ tree }) {
  const seen = new Map<string, string>();
  for (const purpose of tree.purposes) {
    const other = seen.get(purpose.info.id);
    if (other) yield fault(purpose, 'purpose', 'DUPLICATE_PURPOSE', `purpose ${purpose.info.id} is in ${other} too`);
    seen.set(purpose.info.id, purpose.file);
    const rules = new Set<string>();
    for (const rule of purpose.rules) {
      if (rules.has(rule.id)) yield ruleFault(purpose, rule, 'id', 'DUPLICATE_RULE', `rule ${rule.id} is there twice`);
      rules.add(rule.id);
    }
  }
};
