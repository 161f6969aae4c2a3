/** Whose credentials are in use. */
export interface Caller {
  /** Twelve digits. */
  account: string
  /** The user or the assumed role. */
  arn: string
}

/** Asks who calls. */
export interface Identity {
  /** The first answer holds for all later questions. A signal ends the waiting. */
  caller(signal?: AbortSignal): Promise<Caller>
}
