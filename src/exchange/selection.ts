import { type FieldNode, type FragmentDefinitionNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

type Fragments = Record<string, FragmentDefinitionNode>;
const remembered = new WeakMap<FieldNode, Map<string, string[]>>();

function walk(
  set: SelectionSetNode | undefined,
  fragments: Fragments,
  meet: (field: FieldNode) => void,
  visited = new Set<string>(),
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) meet(selection);
    else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, fragments, meet, visited);
    else if (!visited.has(selection.name.value)) {
      visited.add(selection.name.value);
      walk(fragments[selection.name.value]?.selectionSet, fragments, meet, visited);
    }
  }
}

function below(nodes: readonly FieldNode[], path: readonly string[], fragments: Fragments): FieldNode[] {
  let level = [...nodes];
  for (const name of path) {
    const next: FieldNode[] = [];
    for (const node of level) walk(node.selectionSet, fragments, (field) => field.name.value === name && next.push(field));
    level = next;
  }
  return level;
}

/**
 * The names of the fields asked for below a field (or below the path from it, e.g. `edges`, `node`), sorted, aliases resolved, fragments opened.
 * Fields under `@skip` or `@include` count as asked: the ledger may report too much, never too little. Static per document, so remembered by node.
 */
export function selectedFields(info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>, ...path: string[]): string[] {
  const only = info.fieldNodes.length === 1 ? info.fieldNodes[0] : undefined;
  const key = path.join('.');
  const known = only && remembered.get(only)?.get(key);
  if (known) return known;
  const names = new Set<string>();
  for (const node of below(info.fieldNodes, path, info.fragments))
    walk(node.selectionSet, info.fragments, (field) => names.add(field.name.value));
  names.delete('__typename');
  const fields = [...names].sort();
  if (only) {
    const byPath = remembered.get(only) ?? new Map<string, string[]>();
    byPath.set(key, fields);
    remembered.set(only, byPath);
  }
  return fields;
}
