/** Whom a process says that it acts for, by the variables of a CI. Anybody may set those: a claim, and no proof. */
export interface Actor {
  /** A user's name at GitHub or GitLab. */
  name?: string
  /** The page of the CI's run. */
  url?: string
}
