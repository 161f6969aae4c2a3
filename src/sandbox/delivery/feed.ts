/** An event that a source took, which hands it to the function. */
export interface Fed {
  /** The ARN of the source: a topic, a rule, a queue or a stream. */
  through: string
  /** The content that the source got. */
  sent: object
}

/**
 * Sends one event through a source of the sandbox to a function that is among its targets.
 *
 * @param target the ARN of the function or alias
 * @param content the content of the event; undefined for one that fits the source's filter
 * @returns undefined if no source has the function as its target
 * @throws LambdactlError USAGE if the filter of the source does not let the content through
 */
export type Feed = (target: string, content: string | undefined) => Promise<Fed | undefined>

/** Feeds by the names that `sandbox event` has for the sources. */
export type Feeds = Readonly<Record<string, Feed>>
