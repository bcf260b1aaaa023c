/** Milliseconds that no clock jump disturbs: for spacing, never stored. */
export const steady = (): number => performance.now();
