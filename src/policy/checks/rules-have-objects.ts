import { type Check, ruleFault } from './check.ts';

/** A rule says what of and by which verbs; one that says neither would read as "all" to a person and as "nothing" to the machine. */
export const rulesHaveObjects: Check = function* ({ tree }) {
  for (const purpose of tree.purposes)
    for (const rule of purpose.rules) {
      if (rule.categories.length + rule.fields.length === 0)
        yield ruleFault(purpose, rule, '', 'RULE_WITHOUT_OBJECT', 'the rule names neither categories nor fields');
      if (rule.verbs.length === 0) yield ruleFault(purpose, rule, '', 'RULE_WITHOUT_OBJECT', 'the rule names no verb');
    }
};
