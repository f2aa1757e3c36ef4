import { isVerb } from '../vocabulary.ts';
import { type Check, fault, ruleFault } from './check.ts';

/** Verbs are words of the vocabulary; there is no word for all of them. */
export const knownVerbs: Check = function* ({ tree }) {
  for (const purpose of tree.purposes) {
    for (const rule of purpose.rules)
      for (const [index, verb] of rule.verbs.entries())
        if (!isVerb(verb)) yield ruleFault(purpose, rule, `verbs.${index}`, 'UNKNOWN_VERB', `${verb} is no verb`);
    for (const test of purpose.tests)
      if (!isVerb(test.verb)) yield fault(purpose, `${test.path}.verb`, 'UNKNOWN_VERB', `${test.verb} is no verb`);
  }
};
