import { type Check, fault } from './check.ts';

const FIFTEEN_MINUTES = 900;

/** Breaking the glass (GDPR Art. 6(1)(d)) is brief and has a written reason. */
export const vitalInterestBounded: Check = function* ({ tree }) {
  for (const purpose of tree.purposes) {
    const { basis, reasonRequired, maxTokenSeconds, id } = purpose.info;
    if (basis.gdpr6 !== '6(1)(d)') continue;
    if (!reasonRequired)
      yield fault(purpose, 'reasonRequired', 'VITAL_INTEREST_UNBOUNDED', `${id} rests on vital interest and must ask for a reason`);
    if ((maxTokenSeconds ?? Number.POSITIVE_INFINITY) > FIFTEEN_MINUTES)
      yield fault(
        purpose,
        'maxTokenSeconds',
        'VITAL_INTEREST_UNBOUNDED',
        `${id} rests on vital interest and lasts at most ${FIFTEEN_MINUTES} seconds`,
      );
  }
};
