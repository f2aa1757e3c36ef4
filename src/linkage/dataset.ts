import type { AnyValue, LinkSchema } from './link-schema.ts';

/** The distinct values of one field, and which of them each record has (0: none). */
export class Column {
  texts: readonly string[] & { push(text: string): number } = [''] as string[];
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

  /** Nothing is added any more. */
  seal(): void {
    this.#index.clear();
  }

  /** Takes over the values of another thread; nothing can be added to them. */
  adopt(texts: readonly string[], ids: Int32Array<ArrayBufferLike>): void {
    this.texts = texts as string[];
    this.ids = ids;
  }

  /** Forgets parsed values: what parsing knows has changed. */
  reparse(): void {
    this.#values.length = 1;
  }
}

export interface SharedColumns {
  readonly texts: readonly (readonly string[])[];
  readonly ids: readonly Int32Array<SharedArrayBuffer>[];
  readonly sources: Uint8Array<SharedArrayBuffer>;
  readonly size: number;
}
function shared(ids: Int32Array<ArrayBufferLike>, size: number): Int32Array<SharedArrayBuffer> {
  const copy = new Int32Array(new SharedArrayBuffer(size * 4));
  copy.set(ids.subarray(0, size));
  return copy;
}

/** Records as columns of numbers: strings are kept once, and compared once. */
export class Dataset<R> {
  readonly schema: LinkSchema<R>;
  readonly columns: readonly Column[];
  readonly names: string[] = [];
  sources: Uint8Array<ArrayBufferLike> = new Uint8Array(1024);
  size = 0;
  #rows: Int32Array<ArrayBufferLike> = new Int32Array(0);

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

  /** Values of all fields, record by record: what is compared of a record lies together. Reads what was added until now. */
  rows(): Int32Array<ArrayBufferLike> {
    const width = this.columns.length;
    if (this.#rows.length === this.size * width) return this.#rows;
    const rows = new Int32Array(new SharedArrayBuffer(this.size * width * 4));
    this.columns.forEach(({ ids }, f) => {
      for (let i = 0, at = f; i < this.size; i += 1, at += width) rows[at] = ids[i] as number;
    });
    this.#rows = rows;
    return rows;
  }

  /** Puts records in another order: `order[i]` is the number until now of the one that becomes number i. */
  reorder(order: Uint32Array): void {
    for (const column of this.columns) column.ids = Int32Array.from(order, (i) => column.ids[i] as number);
    this.sources = Uint8Array.from(order, (i) => this.sources[i] as number);
    const names = Array.from(order, (i) => this.names[i] as string);
    names.forEach((name, i) => {
      this.names[i] = name;
    });
  }

  /** Moves what records hold where other threads can read it. */
  share(): void {
    for (const column of this.columns) column.ids = shared(column.ids, this.size);
    const sources = new Uint8Array(new SharedArrayBuffer(this.size));
    sources.set(this.sources.subarray(0, this.size));
    this.sources = sources;
  }

  /** The records of another thread. */
  adopt({ texts, ids, sources, size }: SharedColumns): void {
    this.columns.forEach((column, f) => {
      column.adopt(texts[f] as readonly string[], ids[f] as Int32Array<SharedArrayBuffer>);
    });
    this.sources = sources;
    this.size = size;
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
