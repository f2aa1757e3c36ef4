import { type Check, fault } from './check.ts';

/** No rule without a published instrument: a transfer between authorities under an unpublished protocol is unlawful (CJEU C-201/14, Bara). */
export const instrumentPublished: Check = function* ({ tree }) {
  for (const purpose of tree.purposes) {
    const { instrument, law, id } = purpose.info;
    if (instrument.reference === '' || instrument.published === '')
      yield fault(purpose, 'instrument', 'MISSING_INSTRUMENT', `${id} names no published instrument`);
    if (law.length === 0) yield fault(purpose, 'law', 'MISSING_INSTRUMENT', `${id} names no law`);
  }
};
