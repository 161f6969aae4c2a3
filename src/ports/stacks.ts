/** A function of a deployed CloudFormation stack. */
export interface StackFunction {
  logicalId: string
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
