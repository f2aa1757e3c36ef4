import { type Check, ruleFault } from './check.ts';

/** Only a value that is read can be withheld per child: a filter, sort, count or match on it would tell what the condition keeps back. */
export const conditionsOnReading: Check = function* ({ tree }) {
  for (const purpose of tree.purposes)
    for (const rule of purpose.rules) {
      const verb = rule.verbs.findIndex((each) => each !== 'read');
      if (rule.effect === 'allow' && (rule.guardian !== null || rule.unless !== null) && verb >= 0)
        yield ruleFault(
          purpose,
          rule,
          `verbs.${verb}`,
          'CONDITION_ON_REFERENCE',
          `a condition is settled where a value is read, not to ${rule.verbs[verb]} by it: make two rules`,
        );
    }
};
