import { Field, ObjectType } from 'type-graphql';
import { Category } from './datum.ts';

/** Relay's PageInfo (GraphQL Cursor Connections specification); lists go forward only. */
@ObjectType()
export class PageInfo {
  @Category('plumbing') @Field(() => Boolean, { simple: true }) hasNextPage!: boolean;
  @Category('plumbing') @Field(() => Boolean, { simple: true }) hasPreviousPage!: boolean;
  @Category('plumbing') @Field(() => String, { nullable: true, simple: true }) startCursor!: string | null;
  @Category('plumbing') @Field(() => String, { nullable: true, simple: true }) endCursor!: string | null;
}

/** A page of rows; cursors are made when they are asked for, for each is a sealing. */
export interface Page<T> {
  rows: readonly T[];
  cursorOf: (row: T) => string;
  hasNextPage: boolean;
}

/** A connection's plain value from a page. */
export function connectionOf<T>({ rows, cursorOf, hasNextPage }: Page<T>, after: string | null | undefined) {
  const at = (row: T | undefined) => () => (row === undefined ? null : cursorOf(row));
  return {
    edges: rows.map((node) => ({ node, cursor: () => cursorOf(node) })),
    pageInfo: { hasNextPage, hasPreviousPage: Boolean(after), startCursor: at(rows[0]), endCursor: at(rows.at(-1)) },
  };
}
