import type { AnyValue, LinkSchema } from './link-schema.ts';

/** The distinct values of one field, and which of them each record has (0: none). */
export class Column {
  readonly texts: string[] = [''];
  readonly #index = new Map<string, number>();
  readonly #values: (AnyValue | undefined)[] = [null];
  readonly #parse: (text: string) => AnyValue;
  ids: Int32Array<ArrayBufferLike> = new Int32Array(1024);

  constructor(parse: (text: string) => AnyValue) {
    this.#parse = parse;
  }

  intern(text: string | null): number {
    if (text === null) return 0;
    let id = this.#index.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.texts.push(text);
      this.#index.set(text, id);
    }
    return id;
  }

  /** The parsed value; read when it is first asked for. */
  value(id: number): AnyValue {
    let value = this.#values[id];
    if (value === undefined) {
      value = this.#parse(this.texts[id] as string);
      this.#values[id] = value;
    }
    return value;
  }

  /** Forgets parsed values: what parsing knows has changed. */
  reparse(): void {
    this.#values.length = 1;
  }
}

/** Records as columns of numbers: strings are kept once, and compared once. */
export class Dataset<R> {
  readonly schema: LinkSchema<R>;
  readonly columns: readonly Column[];
  readonly names: string[] = [];
  sources: Uint8Array<ArrayBufferLike> = new Uint8Array(1024);
  size = 0;

  constructor(schema: LinkSchema<R>) {
    this.schema = schema;
    this.columns = schema.fields.map(({ comparator }) => new Column((text) => comparator.parse(text)));
  }

  add(record: R): number {
    const index = this.size;
    if (index === this.sources.length) this.#grow();
    const { fields, uniqueSourceOf } = this.schema;
    for (let f = 0; f < fields.length; f += 1) {
      const column = this.columns[f] as Column;
      column.ids[index] = column.intern((fields[f] as (typeof fields)[number]).read(record));
    }
    this.sources[index] = uniqueSourceOf ? uniqueSourceOf(record) : 0;
    this.names.push(this.schema.nameOf(record));
    this.size += 1;
    return index;
  }

  #grow(): void {
    const size = this.sources.length * 2;
    const sources = new Uint8Array(size);
    sources.set(this.sources);
    this.sources = sources;
    for (const column of this.columns) {
      const ids = new Int32Array(size);
      ids.set(column.ids);
      column.ids = ids;
    }
  }
}
