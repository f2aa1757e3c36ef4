import { GUARDIAN_SEES } from '../vocabulary.ts';
import { type Check, fault, ruleFault } from './check.ts';

const GUARDIAN = ['authorization', 'opt-out'];
const UNLESS = ['safeguarding'];
const LIMB = /^6\(1\)\([a-f]\)$/;
const CONDITION = /^9\(2\)\([a-j]\)$/;

/** What a rule demands is something that the hub knows how to do; a legal basis is a limb that the GDPR has. */
export const knownObligations: Check = function* ({ tree }) {
  for (const purpose of tree.purposes) {
    const { guardianSees, basis } = purpose.info;
    if (!(GUARDIAN_SEES as readonly string[]).includes(guardianSees))
      yield fault(
        purpose,
        'guardianSees',
        'UNKNOWN_OBLIGATION',
        `guardianSees is one of ${GUARDIAN_SEES.join(', ')}, not "${guardianSees}"`,
      );
    if (!LIMB.test(basis.gdpr6))
      yield fault(purpose, 'basis.gdpr6', 'UNKNOWN_OBLIGATION', `"${basis.gdpr6}" is no limb of GDPR Art. 6(1); write it like 6(1)(e)`);
    if (basis.gdpr9 !== undefined && !CONDITION.test(basis.gdpr9))
      yield fault(
        purpose,
        'basis.gdpr9',
        'UNKNOWN_OBLIGATION',
        `"${basis.gdpr9}" is no condition of GDPR Art. 9(2); write it like 9(2)(g)`,
      );
    for (const rule of purpose.rules) {
      if (rule.guardian !== null && !GUARDIAN.includes(rule.guardian))
        yield ruleFault(
          purpose,
          rule,
          'guardian',
          'UNKNOWN_OBLIGATION',
          `guardian is one of ${GUARDIAN.join(', ')}, not "${rule.guardian}"`,
        );
      if (rule.unless !== null && !UNLESS.includes(rule.unless))
        yield ruleFault(purpose, rule, 'unless', 'UNKNOWN_OBLIGATION', `unless is one of ${UNLESS.join(', ')}, not "${rule.unless}"`);
      if (rule.effect === 'deny' && (rule.guardian !== null || rule.unless !== null || rule.basis !== null))
        yield ruleFault(purpose, rule, '', 'UNKNOWN_OBLIGATION', 'a deny takes no conditions and no basis: it always holds');
      if (rule.basis && (!LIMB.test(rule.basis.gdpr6) || (rule.basis.gdpr9 !== undefined && !CONDITION.test(rule.basis.gdpr9))))
        yield ruleFault(purpose, rule, 'basis', 'UNKNOWN_OBLIGATION', 'the basis of the rule names no limb or condition of the GDPR');
    }
  }
};
