import type { PolicyError } from './policy-error.ts';
import type { YamlDocument } from './yaml-document.ts';

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads one mapping of a YAML document key by key and notes every fault with its line; keys that nobody asked for are faults too. */
export class Shape {
  readonly #document: YamlDocument;
  readonly #errors: PolicyError[];
  readonly #value: Mapping;
  readonly #asked = new Set<string>();
  readonly path: string;

  constructor(document: YamlDocument, errors: PolicyError[], value: unknown, path = '') {
    this.#document = document;
    this.#errors = errors;
    this.path = path;
    this.#value = isMapping(value) ? value : {};
    if (!isMapping(value)) this.#fault('WRONG_SHAPE', path, `${path || 'the file'} must be a mapping`);
  }

  get line(): number | undefined {
    return this.#document.lineOf(this.path);
  }

  has(key: string): boolean {
    return this.#value[key] !== undefined && this.#value[key] !== null;
  }

  keys(): string[] {
    return Object.keys(this.#value);
  }

  /** Text that must be there; '' after a fault. Numbers and such are no text: a version `1` is written `'1'`. */
  text(key: string): string {
    return this.#required(key) ? (this.optionalText(key) ?? '') : '';
  }

  optionalText(key: string): string | undefined {
    const value = this.#take(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    this.#fault('WRONG_SHAPE', this.#at(key), `${this.#at(key)} must be text`);
    return undefined;
  }

  /** A list of words; [] when absent. */
  words(key: string): string[] {
    const value = this.#take(key) ?? [];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    this.#fault('WRONG_SHAPE', this.#at(key), `${this.#at(key)} must be a list of words`);
    return [];
  }

  flag(key: string, absent: boolean): boolean {
    const value = this.#take(key) ?? absent;
    if (typeof value === 'boolean') return value;
    this.#fault('WRONG_SHAPE', this.#at(key), `${this.#at(key)} must be true or false`);
    return absent;
  }

  /** A whole number of at least 1, or undefined when absent. */
  count(key: string): number | undefined {
    const value = this.#take(key);
    if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 1)) return value as number | undefined;
    this.#fault('WRONG_SHAPE', this.#at(key), `${this.#at(key)} must be a whole number of at least 1`);
    return undefined;
  }

  one(key: string): Shape | undefined {
    const value = this.#take(key);
    return value === undefined ? undefined : new Shape(this.#document, this.#errors, value, this.#at(key));
  }

  many(key: string): Shape[] {
    const value = this.#take(key) ?? [];
    if (Array.isArray(value)) return value.map((item, index) => new Shape(this.#document, this.#errors, item, `${this.#at(key)}.${index}`));
    this.#fault('WRONG_SHAPE', this.#at(key), `${this.#at(key)} must be a list`);
    return [];
  }

  /** To be called last: every key that was not asked for is a fault. */
  finish(): void {
    for (const key of this.keys()) if (!this.#asked.has(key)) this.#fault('UNKNOWN_KEY', this.#at(key), `unknown key ${this.#at(key)}`);
  }

  #at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  #take(key: string): unknown {
    this.#asked.add(key);
    return this.#value[key] ?? undefined;
  }

  #required(key: string): boolean {
    this.#asked.add(key);
    if (this.has(key)) return true;
    this.#fault('MISSING_KEY', this.path, `${this.#at(key)} is missing`);
    return false;
  }

  #fault(code: PolicyError['code'], path: string, message: string): void {
    this.#errors.push({ code, message, file: this.#document.file, line: this.#document.lineOf(path) });
  }
}
