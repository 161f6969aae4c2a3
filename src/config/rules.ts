import { closest } from './closest.ts'
import type { Problem } from './problems.ts'
import type { ConfigFields, EnvironmentFields, FunctionFields } from './types.ts'

/** What is wrong between fields that are each right. */
export function ruleProblems(config: ConfigFields): Problem[] {
  const functions = Object.entries(config.functions).flatMap(([name, fields]) =>
    functionProblems(name, fields),
  )
  const known = Object.keys(config.functions)
  const environments = Object.entries(config.environments).flatMap(([name, environment]) =>
    overrideProblems(name, environment, known),
  )
  return [...functions, ...environments]
}

function functionProblems(name: string, { runtime, handler, bundle }: FunctionFields): Problem[] {
  const problems: Problem[] = []
  if (handler === undefined && !runtime.startsWith('provided.')) {
    problems.push({
      field: ['functions', name, 'handler'],
      text: "expected the handler's module and export, as in index.handler, got nothing.",
    })
  }
  if (bundle && !runtime.startsWith('nodejs')) {
    problems.push({
      field: ['functions', name, 'bundle'],
      text: `expected false, since only Node runtimes are bundled and this is ${runtime}, got true.`,
    })
  }
  return problems
}

function overrideProblems(
  environment: string,
  { functions = {} }: EnvironmentFields,
  known: string[],
): Problem[] {
  const strangers = Object.keys(functions).filter((name) => !known.includes(name))
  return strangers.map((name) => {
    const meant = closest(name, known)
    const hint = meant ? `Did you mean ${meant}?` : `Expected one of ${known.join(', ')}.`
    const field = ['environments', environment, 'functions', name]
    return { field, text: `there is no such function. ${hint}`, aboutKey: true as const }
  })
}
