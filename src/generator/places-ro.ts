import type { Place } from './place.ts';

type Row = readonly [settlement: string, kind: 'oraș' | 'sat', name: string, municipality: string, county: number, countyName: string, weight: number, homonym?: 1];

// Settlement and municipality codes are SIRUTA's, county numbers those of the CNP (National Institute of Statistics); the weights are drawn.
const ROWS: readonly Row[] = [
  ['95079', 'oraș', 'Iași', '95060', 22, 'Iași', 10],
  ['95408', 'oraș', 'Pașcani', '95391', 22, 'Iași', 3],
  ['97928', 'sat', 'Miroslava', '97919', 22, 'Iași', 3],
  ['97615', 'sat', 'Lespezi', '97606', 22, 'Iași', 2],
  ['54984', 'oraș', 'Cluj-Napoca', '54975', 12, 'Cluj', 9],
  ['55017', 'oraș', 'Dej', '55008', 12, 'Cluj', 3],
  ['55268', 'oraș', 'Turda', '55259', 12, 'Cluj', 3, 1],
  ['55696', 'sat', 'Apahida', '55687', 12, 'Cluj', 2],
  ['55847', 'sat', 'Baciu', '55838', 12, 'Cluj', 2],
  ['56229', 'sat', 'Bonțida', '56210', 12, 'Cluj', 1],
  ['35740', 'oraș', 'Botoșani', '35731', 7, 'Botoșani', 5],
  ['36140', 'sat', 'Albești', '36131', 7, 'Botoșani', 2, 1],
  ['36382', 'sat', 'Brăești', '36373', 7, 'Botoșani', 1, 1],
  ['36505', 'sat', 'Călărași', '36499', 7, 'Botoșani', 1, 1],
  ['36578', 'sat', 'Copălău', '36569', 7, 'Botoșani', 1],
  ['161954', 'oraș', 'Vaslui', '161945', 37, 'Vaslui', 5],
  ['161801', 'oraș', 'Bârlad', '161794', 37, 'Vaslui', 4],
  ['161838', 'oraș', 'Huși', '161829', 37, 'Vaslui', 2, 1],
  ['162023', 'sat', 'Albești', '162014', 37, 'Vaslui', 1, 1],
  ['162390', 'sat', 'Băcești', '162381', 37, 'Vaslui', 1],
  ['162504', 'sat', 'Berezeni', '162498', 37, 'Vaslui', 1.8],
  ['162568', 'sat', 'Blăgești', '162559', 37, 'Vaslui', 1, 1],
  ['162210', 'sat', 'Banca', '162194', 37, 'Vaslui', 1],
  ['20304', 'oraș', 'Bacău', '20297', 4, 'Bacău', 6],
  ['21016', 'sat', 'Agăș', '21007', 4, 'Bacău', 1.5],
  ['21427', 'sat', 'Berzunți', '21418', 4, 'Bacău', 1.5],
  ['21515', 'sat', 'Blăgești', '21506', 4, 'Bacău', 1.5, 1],
  ['21579', 'sat', 'Bogdănești', '21560', 4, 'Bacău', 1, 1],
  ['69919', 'oraș', 'Craiova', '69900', 16, 'Dolj', 7],
  ['70575', 'sat', 'Almăj', '70566', 16, 'Dolj', 1],
  ['70959', 'sat', 'Bârca', '70940', 16, 'Dolj', 1.5],
  ['70904', 'sat', 'Bistreț', '70897', 16, 'Dolj', 1.5],
  ['146272', 'oraș', 'Suceava', '146263', 33, 'Suceava', 5],
  ['146637', 'oraș', 'Rădăuți', '146628', 33, 'Suceava', 3],
];

/** Where the synthetic families of Romania live. */
export const RO_PLACES: readonly Place[] = ROWS.map(([settlement, kind, name, municipality, county, countyName, weight, homonym]) => ({
  country: 'RO',
  settlement,
  kind,
  name,
  municipality,
  municipalityName: name,
  district: countyName,
  unit: name,
  capital: false,
  county,
  weight,
  rural: kind === 'sat',
  homonym: homonym === 1,
}));

/** One commune where nearly all that is known of the missing is hearsay "abroad": drawn, not a fact about it. */
export const RO_HEARSAY_MUNICIPALITY = '162498';

/** Names of streets that many Romanian towns have. */
export const RO_STREETS = [
  'Mihai Eminescu', 'Ion Creangă', 'Ștefan cel Mare', 'Mihai Viteazul', 'Alexandru cel Bun', 'Nicolae Bălcescu', 'Tudor Vladimirescu', 'George Coșbuc', 'Vasile Alecsandri', 'Avram Iancu', 'Unirii',
  'Libertății', 'Independenței', 'Păcii', 'Florilor', 'Trandafirilor', 'Salcâmilor', 'Teilor', 'Castanilor', 'Stejarului', 'Bradului', 'Morii', 'Gării', 'Școlii', 'Bisericii', 'Primăverii', 'Livezii',
  'Viilor', 'Câmpului', 'Izvorului', 'Dealului', 'Luncii', 'Pădurii', 'Fântânii', 'Crângului', 'Mărășești',
] as const;
/** Where those live whom the register knows abroad. */
export const RO_ABROAD = [['IT', 'Torino'], ['IT', 'Roma'], ['IT', 'Bologna'], ['DE', 'Nürnberg'], ['DE', 'Stuttgart'], ['ES', 'Castellón'], ['ES', 'Madrid'], ['GB', 'London'], ['GB', 'Coventry'], ['FR', 'Paris'], ['AT', 'Linz'], ['BE', 'Bruxelles']] as const;
