/** Largest body of a dialect's request, in bytes. */
export const LARGEST_BODY = 262_144;
