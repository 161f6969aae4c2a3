/** The owner of the credentials in use. */
export interface Caller {
  /** Twelve digits. */
  account: string
  /** The user or the assumed role. */
  arn: string
}

/** Asks AWS for the caller. */
export interface Identity {
  /** The first answer is kept for later calls. A signal ends the waiting. */
  caller(signal?: AbortSignal): Promise<Caller>
}
