import { NEVER } from '../vocabulary.ts';
import { type Check, ruleFault } from './check.ts';

/** What is held of no child is named by no rule and no field: ethnicity and the like exist in suppressed statistics only (GDPR Art. 9(1)). */
export const neverCategories: Check = function* ({ tree, coordinates }) {
  for (const purpose of tree.purposes)
    for (const rule of purpose.rules)
      for (const [index, word] of rule.categories.entries())
        if (NEVER.includes(word)) yield ruleFault(purpose, rule, `categories.${index}`, 'NEVER_CATEGORY', `${word} is held of no child`);
  for (const { coordinate, category, sources } of coordinates)
    for (const word of [category, ...(sources ?? [])] as string[])
      if (NEVER.includes(word))
        yield { code: 'NEVER_CATEGORY', message: `${coordinate}: ${word} is held of no child`, file: 'schema', coordinate };
};
