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

/** A connection's plain value from rows and their cursors. */
export function connectionOf<T>(
  page: { rows: readonly T[]; cursors: readonly string[]; hasNextPage: boolean },
  after: string | null | undefined,
) {
  return {
    edges: page.rows.map((node, index) => ({ node, cursor: page.cursors[index] as string })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: Boolean(after),
      startCursor: page.cursors[0] ?? null,
      endCursor: page.cursors.at(-1) ?? null,
    },
  };
}
