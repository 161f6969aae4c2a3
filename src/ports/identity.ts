/** The owner of the credentials in use. */
export interface Caller {
  /** Twelve digits. */
  account: string
  /** The user or the assumed role. */
  arn: string
}

/** How long the credentials in use are valid. */
export interface Lifetime {
  /** False for the access keys of a user, which do not expire. */
  isTemporary: boolean
  /** Milliseconds since the epoch; absent if nothing tells it. */
  until?: number
  /** Whether new ones come without a person, as of SSO, a role or a container. */
  isRenewed: boolean
}

/** Asks AWS for the caller. */
export interface Identity {
  /** The first answer is kept for later calls. A signal ends the waiting. */
  caller(signal?: AbortSignal): Promise<Caller>
  /** Reads the credentials that the calls use; calls nothing if they are there. */
  lifetime(): Promise<Lifetime>
  /** The Region of the calls; calls nothing. */
  region(): Promise<string>
}
