import { isScope } from '../vocabulary.ts';
import { type Check, fault } from './check.ts';

/** Every kind that asks has its row scopes, by names that the loaders know; a kind that does not ask has none. */
export const knownScopes: Check = function* ({ tree }) {
  for (const purpose of tree.purposes) {
    for (const kind of purpose.info.who)
      if ((purpose.scopes.get(kind) ?? []).length === 0)
        yield fault(purpose, 'scopes', 'MISSING_SCOPE', `no row scope says which children ${kind} may know of; \`none\` is one`);
    for (const [kind, names] of purpose.scopes) {
      if (!purpose.info.who.includes(kind))
        yield fault(purpose, `scopes.${kind}`, 'UNKNOWN_KIND', `scopes are given for ${kind}, who does not ask under ${purpose.info.id}`);
      for (const [index, name] of names.entries())
        if (!isScope(name)) yield fault(purpose, `scopes.${kind}.${index}`, 'UNKNOWN_SCOPE', `${name} is no row scope`);
      if (names.includes('none') && names.length > 1) yield fault(purpose, `scopes.${kind}`, 'UNKNOWN_SCOPE', '`none` stands alone');
    }
  }
};
