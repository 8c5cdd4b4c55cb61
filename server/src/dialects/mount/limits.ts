/** Maximum size of a dialect's request body, in bytes. */
export const LARGEST_BODY = 262_144;
