/** One linking at a time: two would each give the same child a number. */
export const LINKING_LOCK = `select pg_advisory_xact_lock(hashtextextended('hub/linking', 0))`;
