/** A function of a deployed CloudFormation stack. */
export interface StackFunction {
  logicalId: string
  /** The logical ids of the nested stacks on the way to it; absent: none. */
  nested?: readonly string[]
  lambdaName: string
}

/** Deployed CloudFormation stacks. */
export interface Stacks {
  /**
   * The functions of a stack, and those of the stacks nested in it.
   *
   * @throws LambdactlError NOT_FOUND, NOT_PERMITTED
   */
  functions(stack: string): Promise<StackFunction[]>
}
