import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { PolicyError } from './policy-error.ts';

/** A YAML file as plain values, with the line of every part. */
export interface YamlDocument {
  readonly file: string;
  readonly root: unknown;
  readonly errors: readonly PolicyError[];
  /** Line (from 1) of a part by its path, e.g. `rules.2.verbs.0`; of the nearest part above it when that has none. */
  lineOf(path: string): number | undefined;
}

/** Reads YAML 1.2 with the core schema: no tags, no anchors, no doubled keys, one document. Never throws; what is wrong is in `errors`. */
export function readYaml(file: string, text: string): YamlDocument {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, schema: 'core', merge: false, prettyErrors: false });
  const errors: PolicyError[] = [...document.errors, ...document.warnings].map((problem) => ({
    code: 'YAML_UNREADABLE',
    message: problem.message,
    file,
    line: counter.linePos(problem.pos[0]).line,
  }));
  const lines = new Map<string, number>();
  const root = errors.length === 0 ? toValue(document.contents as Node | null, '') : undefined;
  return { file, root, errors, lineOf };

  function lineOf(path: string): number | undefined {
    for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const line = lines.get(at);
      if (line !== undefined || at === '') return line;
    }
  }

  function remember(path: string, node: Node): void {
    if (node.range) lines.set(path, counter.linePos(node.range[0]).line);
  }

  function refuse(node: Node, message: string): void {
    errors.push({ code: 'YAML_UNREADABLE', message, file, line: node.range ? counter.linePos(node.range[0]).line : undefined });
  }

  function toValue(node: Node | null, path: string): unknown {
    if (node === null) return null;
    remember(path, node);
    // An alias would let one line say something far away from where it is read.
    if (isAlias(node) || (node as { anchor?: string }).anchor) refuse(node, 'anchors and aliases are not used in policy');
    if (node.tag !== undefined) refuse(node, 'tags are not used in policy');
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, index) => toValue(item as Node | null, below(path, String(index))));
    if (!isMap(node)) return undefined;
    const value: Record<string, unknown> = Object.create(null);
    for (const { key, value: part } of node.items) {
      const name = isScalar(key) ? String(key.value) : '?';
      value[name] = toValue(part as Node | null, below(path, name));
      remember(below(path, name), key as Node);
    }
    return value;
  }
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
