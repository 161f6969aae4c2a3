/** A function with its tags. */
export interface TaggedFunction {
  lambdaName: string
  tags: Readonly<Record<string, string>>
}

/** The tagging API. */
export interface Tags {
  /** The functions that have all of these tags. @throws LambdactlError NOT_PERMITTED */
  functions(tags: Readonly<Record<string, string>>): Promise<TaggedFunction[]>
}
