import { type Check, fault } from './check.ts';

/** No rule of which the families were not told (GDPR Art. 14; CJEU C-201/14, Bara). */
export const noticeGiven: Check = function* ({ tree }) {
  for (const purpose of tree.purposes) {
    const { notice, id } = purpose.info;
    if (notice.reference === '' || notice.version === '')
      yield fault(purpose, 'notice', 'MISSING_NOTICE', `${id} names no notice to families, or not its version`);
  }
};
