/** A function as a built output, or a source file, of an infrastructure tool tells of it. */
export interface FoundFunction {
  /**
   * Its id in that tool: `Pay1A2B` of a stack's template, the address `module.shop.aws_lambda_function.this["pay"]` of
   * Terraform, a key of serverless.yml. A person may choose by it (`--function`).
   */
  logicalId: string
  /** Its name in Lambda; undefined where the output leaves it open, and only the deployed stack knows it. */
  lambdaName?: string
  /** The name of its deployed stack, which knows the name in Lambda by the logical id. */
  stack?: string
  /** Whether a stack that a person names wins over this one and its Region: it is the default of the tool's project. */
  isDefaultStack?: true
  /** The logical ids of the nested stacks on the way from the stack to it; absent: it is the stack's own. */
  nested?: readonly string[]
  /** The Region and the account (12 digits) that the output names. */
  region?: string
  account?: string
  /** The names of the aliases that the tool makes for it. */
  aliases?: readonly string[]
  /** Undefined if the output does not tell; a release then takes the code of $LATEST. */
  source?: FoundSource
  /** A command that makes the source, in the form of the field `build` of `lambdactl.yaml`; `in` is an absolute path. */
  build?: Build
  /**
   * Settings in the form of fields of `lambdactl.yaml`, `role` among them, for a function that lambdactl shall manage
   * as a whole. Not written with `manages: code`.
   */
  fields?: Readonly<Record<string, unknown>>
  /** All of it that the fields do not contain. */
  left?: readonly LeftOut[]
  /** The ways in which the tool's triggers reach the alias, where they invoke the function itself now. */
  toAlias?: readonly ToAlias[]
}

/** A folder or a zip by its absolute path, with a part of it as in `STACK/LOGICAL_ID`; or an address, as of S3. */
export type FoundSource = { path: string; part?: string } | { address: string }

export type Build = readonly string[] | { run: readonly string[]; in?: string; timeout?: string }

/**
 * Something that the reader can't express in `lambdactl.yaml`. A person reads it: `template.yaml:12 FunctionUrlConfig: …`.
 */
export interface LeftOut extends Seen {
  /** The reason, and what to do instead; begins in lower case, without a full stop. */
  why: string
  /** Whether the deployed function tells the value. */
  isDeployed?: true
  /** Whether it is told whoever has the settings: it concerns the code, or is to change in the tool. */
  isAdvice?: true
}

/** Triggers that invoke the function past the alias, and the text by which the tool points them at it. */
export interface ToAlias {
  /** The reason, and what to mind; without a full stop. */
  why: string
  triggers: readonly Seen[]
  /** Ready to paste into the tool's file. */
  text: string
}

/** Something in a tool's file: its name, as in `Events.Orders (SQS)`, the file's name as it was given, and the line from 1. */
export interface Seen {
  what: string
  file: string
  /** From 1. */
  line?: number
}

/** The content of one output. */
export interface FoundOutput {
  /** The tool for a person: `CDK`, `Terraform`, `SAM`. */
  tool: string
  functions: readonly FoundFunction[]
  /** Everything left out that belongs to no function. */
  left: readonly LeftOut[]
}
