import { AGENCY_KINDS } from '../../kernel/brands.ts';
import { type Check, fault, ruleFault } from './check.ts';

const known: readonly string[] = AGENCY_KINDS;

/** Kinds of agency are words of the kernel; a rule speaks only of kinds that ask under its purpose or under one below it. */
export const knownKinds: Check = function* ({ tree }) {
  for (const purpose of tree.purposes) {
    for (const [index, kind] of purpose.info.who.entries())
      if (!known.includes(kind)) yield fault(purpose, `who.${index}`, 'UNKNOWN_KIND', `${kind} is no kind of agency`);
    const asking = new Set([purpose, ...tree.descendants(purpose.info.id)].flatMap(({ info }) => info.who));
    for (const rule of purpose.rules)
      for (const [index, kind] of rule.who.entries())
        if (!asking.has(kind))
          yield ruleFault(purpose, rule, `who.${index}`, 'UNKNOWN_KIND', `nobody of kind ${kind} asks under ${purpose.info.id}`);
  }
};
