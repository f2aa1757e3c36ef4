import { GraphQLScalarType } from 'graphql';
import { GraphQLLocalDate } from 'graphql-scalars';

/** A day, `YYYY-MM-DD` (ISO 8601). What comes in is checked; what goes out comes from `date` columns, and is not parsed a second time. */
export const LocalDate = new GraphQLScalarType<string, string>({ ...GraphQLLocalDate.toConfig(), serialize: (value) => value as string });
