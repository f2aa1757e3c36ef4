import type { LinkBirth, LinkId, LinkRecord } from '../../../../src/linkage/engine.ts';

// Half of a keyed hash tells a million children apart, and keeps the file small.
const MAC_DIGITS = 32;
const shortMac = (mac: string | null): string => mac?.slice(0, MAC_DIGITS) ?? '';
const cell = (text: string | null): string => text?.replace(/[\t\n\r]/g, ' ') ?? '';
const orNull = (text: string | undefined): string | null => (text ? text : null);
const ADDRESSES = '\u001f';

const birthText = (birth: LinkBirth | null): string => (birth ? `${birth.year}-${birth.month ?? ''}-${birth.day ?? ''}` : '');
function birthOf(text: string | undefined): LinkBirth | null {
  if (!text) return null;
  const [year, month, day] = text.split('-');
  return { year: Number(year), month: month ? Number(month) : null, day: day ? Number(day) : null };
}
const idText = ({ scheme, mac, valid, birth, sex, corrections }: LinkId): string =>
  [scheme, shortMac(mac), valid ? 1 : 0, birthText(birth), sex ?? '', corrections.map(shortMac).join(',')].join(':');
function idOf(text: string): LinkId {
  const [scheme, mac = '', valid, birth, sex, corrections] = text.split(':');
  return {
    scheme: scheme as LinkId['scheme'],
    mac,
    valid: valid === '1',
    birth: birthOf(birth),
    sex: (orNull(sex) ?? null) as LinkId['sex'],
    corrections: corrections ? corrections.split(',') : [],
  };
}

/** A record as one line, cells parted by tabs. */
export function lineOfRecord(record: LinkRecord): string {
  return [
    record.record,
    record.kind,
    record.source,
    record.country,
    record.ids.map(idText).join(' '),
    cell(record.givenName),
    cell(record.patronymic),
    cell(record.familyName),
    birthText(record.birth),
    record.sex ?? '',
    cell(record.settlement),
    cell(record.settlementText),
    cell(record.municipality),
    cell(record.schoolId),
    record.addresses.map(cell).join(ADDRESSES),
    cell(record.motherName),
    shortMac(record.motherMac),
    shortMac(record.fatherMac),
    shortMac(record.guardianMac),
  ].join('\t');
}

/** The record of a line of `lineOfRecord`. */
export function recordOfLine(line: string): LinkRecord {
  const cells = line.split('\t');
  return {
    record: cells[0] as string,
    kind: cells[1] as LinkRecord['kind'],
    source: cells[2] as LinkRecord['source'],
    country: cells[3] as LinkRecord['country'],
    ids: cells[4] ? cells[4].split(' ').map(idOf) : [],
    givenName: orNull(cells[5]),
    patronymic: orNull(cells[6]),
    familyName: orNull(cells[7]),
    birth: birthOf(cells[8]),
    sex: orNull(cells[9]),
    settlement: orNull(cells[10]),
    settlementText: orNull(cells[11]),
    municipality: orNull(cells[12]),
    schoolId: orNull(cells[13]),
    addresses: cells[14] ? cells[14].split(ADDRESSES) : [],
    motherName: orNull(cells[15]),
    motherMac: orNull(cells[16]),
    fatherMac: orNull(cells[17]),
    guardianMac: orNull(cells[18]),
  };
}
