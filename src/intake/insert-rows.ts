import type { Vault } from '../db/vault.ts';
import type { NationalId } from '../kernel/national-id.ts';
import { nationalIdCorrections } from '../kernel/national-id-corrections.ts';
import { statedByNationalId } from '../kernel/national-id-stated.ts';
import { arrayLiteral } from './array-literal.ts';
import type { CellValue, FeedFormat, RowGuardian } from './feed-format.ts';
import type { DeliveryIdentity, Versioned } from './staged-row.ts';

type Column = readonly [name: string, type: string];
type Tuple = readonly (CellValue | Buffer)[];

const FEATURE: readonly Column[] = [
  ['source', 'text'],
  ['country', 'text'],
  ['given_name', 'text'],
  ['patronymic', 'text'],
  ['family_name', 'text'],
  ['birth_year', 'integer'],
  ['birth_month', 'integer'],
  ['birth_day', 'integer'],
  ['sex', 'text'],
  ['settlement', 'text'],
  ['settlement_text', 'text'],
  ['municipality', 'text'],
  ['school_id', 'text'],
  ['mother_name', 'text'],
  ['mother_mac', 'bytea'],
  ['father_mac', 'bytea'],
  ['guardian_mac', 'bytea'],
];
const IDENTIFIER: readonly Column[] = [
  ['scheme', 'text'],
  ['value_enc', 'bytea'],
  ['mac', 'bytea'],
  ['ending', 'text'],
  ['is_valid', 'boolean'],
  ['stated_year', 'smallint'],
  ['stated_month', 'smallint'],
  ['stated_day', 'smallint'],
  ['stated_sex', 'text'],
  ['corrections', 'bytea[]'],
];
const ASSERTION: readonly Column[] = [
  ['ordinal', 'smallint'],
  ['source', 'text'],
  ['claim', 'text'],
  ['country', 'text'],
  ['observed_on', 'date'],
  ['school_year', 'integer'],
  ['claim_date', 'date'],
  ['detail', 'text'],
  ['evidence_grade', 'text'],
];
const GUARDIAN: readonly Column[] = [
  ['ordinal', 'smallint'],
  ['relation', 'text'],
  ['name', 'text'],
  ['scheme', 'text'],
  ['value_enc', 'bytea'],
  ['mac', 'bytea'],
];

/** Tuples of one table; each begins with the line of its record. */
class Part {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly tuples: Tuple[] = [];

  constructor(table: string, columns: readonly Column[]) {
    this.table = table;
    this.columns = columns;
  }

  /** The insert, with its parameters from `$from` on. Names and types are the program's own. */
  text(from: number): string {
    const names = this.columns.map(([name]) => name);
    // `unnest` takes arrays of arrays apart to their elements: an inner array travels as its text.
    const bound = ['integer', ...this.columns.map(([, type]) => (type.endsWith('[]') ? 'text' : type))];
    const arrays = bound.map((type, i) => `$${from + i}::${type}[]`);
    return `insert into ${this.table} (record_id, ${names.join(', ')})
      select m.record_id, ${this.columns.map(([name, type]) => `u.${name}::${type}`).join(', ')} from unnest(${arrays.join(', ')}) as u (line, ${names.join(', ')}) join made m on m.line = u.line`;
  }

  values(): string[] {
    return Array.from({ length: this.columns.length + 1 }, (_, i) =>
      arrayLiteral(this.tuples.map((tuple) => tuple[i] as CellValue | Buffer)),
    );
  }
}

/** An id with what it states, and what an invalid one may have been: both as keyed hashes. */
function identifierOf(vault: Vault, id: NationalId): Tuple {
  const { birth, sex } = statedByNationalId(id);
  const macs = id.valid ? [] : nationalIdCorrections(id.scheme, id.digits).map((digits) => vault.idMac(id.scheme, digits));
  return [
    id.scheme,
    vault.seal('national-id', id.digits),
    vault.idMac(id.scheme, id.digits),
    id.digits.slice(-4),
    id.valid,
    birth?.year ?? null,
    birth?.month ?? null,
    birth?.day ?? null,
    sex,
    arrayLiteral(macs),
  ];
}

function partsOf(vault: Vault, format: FeedFormat, rows: readonly Versioned[]): Part[] {
  // A wrong check digit identifies nobody: such an id is kept but matches nothing.
  const macOf = (id: NationalId | null): Buffer | null => (id?.valid ? vault.idMac(id.scheme, id.digits) : null);
  const seal = (id: NationalId) => vault.seal('national-id', id.digits);
  const room = new Part(format.table.name, format.table.columns);
  const features = new Part('hub.link_feature', FEATURE);
  const identifiers = new Part('hub.child_identifier', IDENTIFIER);
  const assertions = new Part('hub.assertion', ASSERTION);
  const guardians = new Part('hub.guardian_claim', GUARDIAN);
  for (const { line, parsed } of rows) {
    room.tuples.push([line, ...parsed.values]);
    const macs = new Map<RowGuardian['relation'], Buffer | null>();
    parsed.guardians.forEach(({ relation, name, id }, ordinal) => {
      const mac = macOf(id);
      macs.set(relation, mac);
      guardians.tuples.push([line, ordinal, relation, name, id?.scheme ?? null, id ? seal(id) : null, mac]);
    });
    const { feature: f, id } = parsed;
    if (f) {
      const motherName = parsed.guardians.find(({ relation }) => relation === 'mother')?.name ?? null;
      features.tuples.push([
        line,
        f.source,
        parsed.country,
        f.givenName,
        f.patronymic,
        f.familyName,
        f.birthYear,
        f.birthMonth,
        f.birthDay,
        f.sex,
        f.settlement,
        f.settlementText,
        f.municipality,
        f.schoolId,
        motherName,
        macs.get('mother') ?? null,
        macs.get('father') ?? null,
        macs.get('guardian') ?? macs.get('carer') ?? null,
      ]);
    }
    if (id) identifiers.tuples.push([line, ...identifierOf(vault, id)]);
    parsed.assertions.forEach((a, ordinal) => {
      assertions.tuples.push([line, ordinal, format.kind, a.claim, parsed.country, a.observedOn, a.schoolYear, a.date, a.detail, a.grade]);
    });
  }
  return [room, features, identifiers, assertions, guardians].filter((part) => part.tuples.length > 0);
}

const RECORD_VALUES = 10;

/** One statement of bound arrays. */
export interface Insertion {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The insertion of new records with all that is derived from them: the room's row, link feature, id, assertions, guardian claims. `child_id` stays null: linkage decides.
 * One statement a batch, made ready while the server writes the batch before it.
 */
export function insertionOf(vault: Vault, format: FeedFormat, identity: DeliveryIdentity, rows: readonly Versioned[]): Insertion {
  const parts = partsOf(vault, format, rows);
  let from = RECORD_VALUES + 1;
  const inserts = parts.map((part, i) => {
    const text = `part${i} as (${part.text(from)})`;
    from += part.columns.length + 1;
    return text;
  });
  return {
    text: `with made as (
      insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac, version, previous_record)
      select $1, $2, $3::bigint, $4, * from unnest($5::integer[], $6::bytea[], $7::integer[], $8::bytea[], $9::integer[], $10::bigint[]) returning record_id, line
    ), ${inserts.join(', ')} select 1 where false`,
    values: [
      format.kind,
      identity.supplier,
      identity.deliveryId,
      identity.fileName,
      arrayLiteral(rows.map((row) => row.line)),
      arrayLiteral(rows.map((row) => row.contentMac)),
      arrayLiteral(rows.map((row) => row.occurrence)),
      arrayLiteral(rows.map((row) => row.naturalMac)),
      arrayLiteral(rows.map((row) => row.version)),
      arrayLiteral(rows.map((row) => row.previous)),
      ...parts.flatMap((part) => part.values()),
    ],
  };
}
