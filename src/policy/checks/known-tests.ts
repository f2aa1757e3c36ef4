import { TEST_FACTS } from '../test-facts.ts';
import { type Check, fault } from './check.ts';

const EXPECTATIONS = ['permit', 'deny', 'withheld'];

/** An example asks one thing, as someone who may ask under the purpose, of a child that can be made, and expects a possible answer. */
export const knownTests: Check = function* ({ tree }) {
  for (const purpose of tree.purposes)
    for (const test of purpose.tests) {
      if (!purpose.info.who.includes(test.as))
        yield fault(purpose, `${test.path}.as`, 'UNKNOWN_KIND', `nobody of kind ${test.as} asks under ${purpose.info.id}`);
      if ((test.category === undefined) === (test.coordinate === undefined))
        yield fault(purpose, test.path, 'WRONG_SHAPE', 'a test names a category or a coordinate');
      if (!EXPECTATIONS.includes(test.expect))
        yield fault(
          purpose,
          `${test.path}.expect`,
          'UNKNOWN_EXPECTATION',
          `expect is one of ${EXPECTATIONS.join(', ')}, not "${test.expect}"`,
        );
      for (const [index, fact] of test.child.entries())
        if (!Object.hasOwn(TEST_FACTS, fact))
          yield fault(
            purpose,
            `${test.path}.child.${index}`,
            'UNKNOWN_EXPECTATION',
            `${fact} is no fact of a child; known are ${Object.keys(TEST_FACTS).join(', ')}`,
          );
    }
};
