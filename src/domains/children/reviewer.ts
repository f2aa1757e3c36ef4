import type { Caller } from '../../exchange/context.ts';

/** Who answers a question about links. */
export interface Reviewer {
  /** Of this person at this agency; of the agency alone where the token names no person. */
  readonly id: string;
  readonly name: string | null;
}

const part = encodeURIComponent;

/** The person behind a token. An agency's pseudonyms are its own: the same one at another agency is another person. */
export const reviewerOf = ({ agency, actor }: Pick<Caller, 'agency' | 'actor'>): Reviewer => ({
  id: actor === null ? part(agency.id) : `${part(agency.id)}/${part(actor)}`,
  name: actor ?? agency.name,
});

/** A person at the hub's own command line. */
export const localReviewer = (name: string): Reviewer => ({ id: `local-operator/${part(name.trim().toLowerCase())}`, name: name.trim() });

/**
 * Whether two answers come from two persons for sure. An answer of an agency that names no person may be anybody's there.
 * @param one an id of `Reviewer`. @param other another.
 */
export function areTwoPersons(one: string, other: string): boolean {
  const [agency, person] = one.split('/');
  const [otherAgency, otherPerson] = other.split('/');
  return agency !== otherAgency || (person !== undefined && otherPerson !== undefined && person !== otherPerson);
}
