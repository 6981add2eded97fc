// What is only needed once somebody records, draws or trims: fetched when it is first asked for.

/** Each tool fills an element and gives back a promise; see their own files. */
export const TOOLS = {};
