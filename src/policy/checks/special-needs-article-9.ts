import { type DataCategory, SPECIAL_CATEGORIES } from '../vocabulary.ts';
import { type Check, ruleFault } from './check.ts';

/** A special category is permitted only where the rule or its purpose names a condition of GDPR Art. 9(2), also when it is reached through a field. */
export const specialNeedsArticle9: Check = function* ({ tree, coordinates }) {
  const categoryOf = new Map(coordinates.map((each) => [each.coordinate, each.category]));
  for (const purpose of tree.purposes)
    for (const rule of purpose.rules) {
      if (rule.effect === 'deny' || (rule.basis ?? purpose.info.basis).gdpr9 !== undefined) continue;
      const meant = [...rule.categories, ...rule.fields.map((field) => categoryOf.get(field))];
      const special = meant.find((word) => SPECIAL_CATEGORIES.includes(word as DataCategory));
      if (special)
        yield ruleFault(purpose, rule, '', 'SPECIAL_WITHOUT_ARTICLE_9', `${special} needs a condition of GDPR Art. 9(2): basis.gdpr9`);
    }
};
