/** Whose credentials are in use. */
export interface Caller {
  /** Twelve digits. */
  account: string
  /** The user or the assumed role. */
  arn: string
}

/** Asks who calls. */
export interface Identity {
  caller(): Promise<Caller>
}
