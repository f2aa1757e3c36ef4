import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { Category, Datum, Stored } from '../../exchange/datum.ts';
import { LocalDate } from '../../exchange/local-date.ts';

/** An object with an id of this agency (Relay, Global Object Identification). */
@InterfaceType({ resolveType: () => 'Child' })
export abstract class Node {
  @Category('child.reference') @Field(() => ID, { nullable: true }) id?: string | null;
}

/** A child as the hub knows it: the card that linkage keeps from its best record. Which fields exist depends on the view. */
@Stored({ table: 'hub.child', where: 'not t.vacant', orderBy: 't.child_id', keys: ['child_id', 'vacant'] })
@ObjectType({ implements: Node, description: 'A child. Every field is nullable: a value may be absent, or withheld (see `withheld`).' })
export class Child extends Node {
  @Datum(() => String, 'identity.name') givenName?: string | null;
  @Datum(() => String, 'identity.name') patronymic?: string | null;
  @Datum(() => String, 'identity.name') familyName?: string | null;
  @Datum(() => LocalDate, 'identity.birth-date') birthDate?: string | null;
  @Datum(() => Int, 'identity.birth-year', { description: 'Year of birth: the generalised birth date.' }) birthYear?: number | null;
  @Datum(() => String, 'identity.sex', { description: 'M or F, as registered.' }) sex?: string | null;
  @Datum(() => String, 'identity.citizenship', { description: 'ISO 3166 alpha-2.' }) citizenship?: string | null;
  @Datum(() => String, 'residence.settlement', { description: 'Code of the settlement (EKATTE, SIRUTA): the generalised address.' })
  settlement?: string | null;
  @Datum(() => String, 'residence.municipality', { description: 'Code of the municipality or commune.' }) municipality?: string | null;
  @Datum(() => String, 'residence.municipality', { description: 'City district in the capital, elsewhere the province or county.' })
  district?: string | null;
  @Datum(() => String, 'residence.address') currentAddress?: string | null;
  @Datum(() => String, 'residence.address') permanentAddress?: string | null;
  @Datum(() => String, 'residence.country', { description: 'Country of the current address in the register, ISO 3166 alpha-2.' })
  currentCountry?: string | null;
  @Datum(() => LocalDate, 'vital.deceased') deceasedOn?: string | null;
}

/** A national id of a child: it tells birth date and sex too, so it is one category with nothing beside it. */
@Stored({ table: 'hub.child_identifier', orderBy: 't.scheme, t.mac', keys: ['child_id', 'is_current', 'scheme', 'mac'], distinct: true })
@ObjectType()
export class NationalId {
  @Datum(() => String, 'identity.national-id', { description: 'EGN, LNCH, IDN or CNP.' }) scheme?: string | null;
  @Datum(() => String, 'identity.national-id', {
    columns: ['value_enc'],
    decode: ({ value_enc }, vault) => vault.open('national-id', value_enc as Buffer).toString(),
  })
  value?: string | null;
  @Datum(() => Boolean, 'identity.national-id', { columns: 'is_valid', description: 'Whether its check digit and date hold.' }) valid?:
    | boolean
    | null;
}

/** The last four characters of a national id: enough to tell two children apart at a door, not enough to use. */
@Stored({ table: 'hub.child_identifier', orderBy: 't.scheme, t.ending', keys: ['child_id', 'is_current', 'scheme'], distinct: true })
@ObjectType()
export class NationalIdEnding {
  @Datum(() => String, 'identity.national-id-ending') scheme?: string | null;
  @Datum(() => String, 'identity.national-id-ending') ending?: string | null;
}
