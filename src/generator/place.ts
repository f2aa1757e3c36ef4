import type { Country } from '../kernel/brands.ts';

/** A settlement, or a district of the capital, where families live. */
export interface Place {
  readonly country: Country;
  /** EKATTE or SIRUTA code. */
  readonly settlement: string;
  /** How the kind of settlement is written before its name in free text. */
  readonly kind: string;
  readonly name: string;
  readonly municipality: string;
  readonly municipalityName: string;
  /** City district in the capital, elsewhere the province or county. */
  readonly district: string;
  /** Whose schools share one roll file: the city district, else the municipality. */
  readonly unit: string;
  readonly capital: boolean;
  /** The county number in a CNP; 0 in Bulgaria. */
  readonly county: number;
  readonly weight: number;
  readonly rural: boolean;
  /** Another settlement of the country has the same name. */
  readonly homonym: boolean;
}
