import { isDataCategory, NEVER } from '../vocabulary.ts';
import { type Check, fault, ruleFault } from './check.ts';

/** Categories are words of the vocabulary; `plumbing` needs no rule and takes none. Words of NEVER are left to their own check. */
export const knownCategories: Check = function* ({ tree }) {
  const unknown = (word: string): boolean => (!isDataCategory(word) && !NEVER.includes(word)) || word === 'plumbing';
  for (const purpose of tree.purposes) {
    for (const rule of purpose.rules)
      for (const [index, word] of rule.categories.entries())
        if (unknown(word))
          yield ruleFault(purpose, rule, `categories.${index}`, 'UNKNOWN_CATEGORY', `${word} is no data category that rules speak of`);
    for (const test of purpose.tests)
      if (test.category !== undefined && unknown(test.category))
        yield fault(purpose, `${test.path}.category`, 'UNKNOWN_CATEGORY', `${test.category} is no data category`);
  }
};
