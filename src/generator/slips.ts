/** Where a child is seen. */
export type SeenIn = 'population' | 'school-roll' | 'siiir-roll' | 'absences' | 'assistance' | 'parents-abroad' | 'visits';

/** How often an agency makes which slip; all are probabilities. */
export interface SlipRates {
  readonly otherFamily: number;
  readonly doubleFamily: number;
  readonly everyday: number;
  readonly nickname: number;
  readonly givenTypo: number;
  readonly familyTypo: number;
  readonly patronymicMissing: number;
  readonly patronymicTypo: number;
  readonly sexWrong: number;
  readonly swapped: number;
  readonly wrongColumn: number;
  readonly birthWrong: number;
  readonly birthPart: number;
  readonly idMissing: number;
  readonly idTypo: number;
  readonly idMangled: number;
  readonly idOfSibling: number;
  readonly latin: number;
  readonly lookAlike: number;
  readonly noDiacritics: number;
  readonly cedilla: number;
  /** Names are cut at 25 characters. */
  readonly cut: boolean;
}

const OFFICE: SlipRates = {
  otherFamily: 0.22,
  doubleFamily: 0.1,
  everyday: 0.14,
  nickname: 0.006,
  givenTypo: 0.022,
  familyTypo: 0.018,
  patronymicMissing: 0.018,
  patronymicTypo: 0.008,
  sexWrong: 0.002,
  swapped: 0.007,
  wrongColumn: 0.004,
  birthWrong: 0.012,
  birthPart: 0,
  idMissing: 0.009,
  idTypo: 0.009,
  idMangled: 0.0035,
  idOfSibling: 0.006,
  latin: 0.003,
  lookAlike: 0.004,
  noDiacritics: 0.25,
  cedilla: 0.03,
  cut: true,
};

export const SLIPS: Readonly<Record<SeenIn, SlipRates>> = {
  population: {
    ...OFFICE,
    otherFamily: 0.18,
    doubleFamily: 0,
    everyday: 0,
    nickname: 0,
    givenTypo: 0.006,
    familyTypo: 0.006,
    patronymicMissing: 0,
    patronymicTypo: 0.002,
    sexWrong: 0.001,
    swapped: 0.002,
    wrongColumn: 0,
    birthWrong: 0.001,
    idMissing: 0,
    idTypo: 0.002,
    idMangled: 0,
    idOfSibling: 0,
    latin: 0,
    lookAlike: 0.001,
    noDiacritics: 0.03,
    cedilla: 0.02,
    cut: false,
  },
  'school-roll': OFFICE,
  'siiir-roll': { ...OFFICE, cut: false },
  absences: { ...OFFICE, idMissing: 0, idTypo: 0.012, idMangled: 0.002 },
  assistance: { ...OFFICE, nickname: 0.02, patronymicMissing: 0.08, idMissing: 0.06, idTypo: 0.016, birthWrong: 0.018, noDiacritics: 1 },
  'parents-abroad': { ...OFFICE, idMissing: 0.05, noDiacritics: 0.4, cut: false },
  visits: {
    ...OFFICE,
    nickname: 0.17,
    givenTypo: 0.06,
    familyTypo: 0.06,
    patronymicMissing: 0.5,
    swapped: 0.03,
    birthWrong: 0.03,
    birthPart: 0.6,
    idMissing: 0.84,
    latin: 0.2,
    noDiacritics: 0.6,
    cut: false,
  },
};
