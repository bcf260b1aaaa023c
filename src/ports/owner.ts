/** This process, among all that share the database. */
export interface Owner {
  /** What it signs leases with. */
  readonly name: string;
  /** Whether the process that signed so is certainly dead. False where that cannot be known: then its leases run out. */
  isGone(name: string): boolean;
}
