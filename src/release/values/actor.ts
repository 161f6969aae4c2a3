/**
 * The person or system for whom a process says that it acts, by the variables of a CI. Anybody may set them: a claim,
 * not a proof.
 */
export interface Actor {
  /** A user's name at GitHub or GitLab. */
  name?: string
  /** The page of the CI's run. */
  url?: string
}
