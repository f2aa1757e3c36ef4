import 'reflect-metadata';
import { Allow } from 'class-validator';
import type { GraphQLScalarType } from 'graphql';
import { Directive, Field } from 'type-graphql';
import type { Vault } from '../db/vault.ts';
import type { DataCategory, Verb } from '../policy/vocabulary.ts';

/** Whose datum a field is. */
export type Subject = 'child' | 'guardian' | 'agency' | 'institution' | 'none';
// biome-ignore lint/complexity/noBannedTypes: type-graphql names classes by their constructor
type TypeThunk = () => GraphQLScalarType | Function | object | [GraphQLScalarType | Function | object];
/** Makes the value of a field from its stored columns (under their column names). */
export type Decode = (stored: Record<string, unknown>, vault: Vault) => unknown;

/** How a record class is stored, declared once, beside its fields. */
export interface RecordShape {
  /** GraphQL type, the class's own name. */
  type: string;
  /** `schema.table`. */
  table: string;
  /** The column that names the child; null for records that are no child's. */
  child: string | null;
  /** Fixed condition, e.g. `is_current`: no value of a request ever stands in it. */
  where: string;
  /** Fixed order within one child. */
  orderBy: string;
  /** Columns that every reader of the table needs besides the asked ones: keys and fixed conditions. */
  keys: readonly string[];
  /** Field → key column that its resolver needs, selected as `$column` and never shown. */
  hidden: Map<string, string>;
  /** Equal rows of one child are shown once (several records may state the same). */
  distinct: boolean;
  /** GraphQL field → stored columns; the loader selects only the asked ones. */
  fields: Map<string, { columns: readonly string[]; decode?: Decode }>;
}

const shapes = new Map<string, RecordShape>();

function shapeOf(type: string): RecordShape {
  let shape = shapes.get(type);
  if (!shape) {
    shape = { type, table: '', child: null, where: 'true', orderBy: '1', keys: [], distinct: false, hidden: new Map(), fields: new Map() };
    shapes.set(type, shape);
  }
  return shape;
}

/** Declares the table of a record class. Every column that may leave is then named by a `@Datum` of the class; a column without one never does. */
export function Stored(options: {
  table: string;
  child?: string | null;
  where?: string;
  orderBy: string;
  keys?: readonly string[];
  distinct?: boolean;
  hidden?: Readonly<Record<string, string>>;
}): ClassDecorator {
  return (target) => {
    const shape = shapeOf(target.name);
    shape.table = options.table;
    shape.child = options.child === undefined ? 'child_id' : options.child;
    shape.where = options.where ?? 't.is_current';
    shape.orderBy = options.orderBy;
    shape.keys = options.keys ?? ['child_id', 'record_id', 'is_current'];
    shape.distinct = options.distinct ?? false;
    shape.hidden = new Map(Object.entries(options.hidden ?? {}));
  };
}

/** The shape that a class declared with `@Stored`. @throws Error when it declared none. */
export function storedShape(type: string): RecordShape {
  const shape = shapes.get(type);
  if (!shape?.table) throw new Error(`no @Stored on ${type}`);
  return shape;
}

/** Columns of a table that a computed field, argument or filter of the schema reads; they are granted to a view that permits the coordinate. */
export interface ReadsColumns {
  coordinate: string;
  table: string;
  columns: readonly string[];
}
const computed: ReadsColumns[] = [];
/** Declares what a coordinate reads that no `@Datum` states. */
export function reads(coordinate: string, table: string, columns: readonly string[]): void {
  computed.push({ coordinate, table, columns });
}
/** Every coordinate with the columns it reads: those of `@Datum` and those declared by `reads`. */
export function storedCoordinates(): ReadsColumns[] {
  const ofFields = storedShapes().flatMap((shape) =>
    [...shape.fields].map(([field, { columns }]) => ({ coordinate: `${shape.type}.${field}`, table: shape.table, columns })),
  );
  return [...ofFields, ...computed];
}

/** All declared shapes, for column grants and the house's own checks. */
export const storedShapes = (): RecordShape[] => [...shapes.values()].filter((shape) => shape.table !== '');

/** The category directive of the schema: what kind of datum a field, argument or input member is, and by which verb it is referred to. */
export function Category(category: DataCategory, options: { subject?: Subject; verb?: Verb; sources?: DataCategory[] } = {}) {
  const subject = options.subject ?? (category === 'plumbing' ? 'none' : 'child');
  const verb = options.verb ? `, verb: "${options.verb}"` : '';
  const sources = options.sources ? `, sources: [${options.sources.map((s) => `"${s}"`).join(', ')}]` : '';
  const directive = Directive(`@category(is: "${category}", subject: "${subject}"${verb}${sources})`) as PropertyDecorator &
    MethodDecorator &
    ParameterDecorator;
  return ((target: object, key: string | symbol, place?: unknown) => {
    directive(target, key, place as never);
    // Validation strips what no decorator names: a member that has a category is one that may come in.
    if (place === undefined) Allow()(target, key as string);
  }) as PropertyDecorator & MethodDecorator & ParameterDecorator;
}

/**
 * A releasable field that is stored: its GraphQL type, its category and its columns in one place. Always nullable, for any value may be withheld.
 * @param options.columns the stored column, or several with a `decode`; the default is the field's name in snake case.
 */
export function Datum(
  type: TypeThunk,
  category: DataCategory,
  options: {
    columns?: string | readonly string[];
    decode?: Decode;
    subject?: Subject;
    description?: string;
    sources?: DataCategory[];
  } = {},
): PropertyDecorator {
  return (target, key) => {
    const field = String(key);
    Field(type as never, { nullable: true, simple: true, description: options.description })(target, field);
    Category(category, { subject: options.subject, sources: options.sources })(target, field);
    const columns = options.columns ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    shapeOf((target.constructor as { name: string }).name).fields.set(field, {
      columns: typeof columns === 'string' ? [columns] : columns,
      decode: options.decode,
    });
  };
}
